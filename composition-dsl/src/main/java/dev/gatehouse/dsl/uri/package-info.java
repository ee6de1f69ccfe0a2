/** URI templates after RFC 6570. */
@NullMarked
package dev.gatehouse.dsl.uri;

import org.jspecify.annotations.NullMarked;
