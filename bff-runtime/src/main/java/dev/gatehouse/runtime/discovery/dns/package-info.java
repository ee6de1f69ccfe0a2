/** Instances from DNS. Opened through its settings; everything else here is its own. */
@NullMarked
package dev.gatehouse.runtime.discovery.dns;

import org.jspecify.annotations.NullMarked;
