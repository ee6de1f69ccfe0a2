/** Instances from Redis. Opened through its settings; everything else here is its own. */
@NullMarked
package dev.gatehouse.runtime.discovery.redis;

import org.jspecify.annotations.NullMarked;
