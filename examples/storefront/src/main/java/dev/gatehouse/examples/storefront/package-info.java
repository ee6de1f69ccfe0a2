/** The storefront: two BFFs over the same services. */
@NullMarked
package dev.gatehouse.examples.storefront;

import org.jspecify.annotations.NullMarked;
