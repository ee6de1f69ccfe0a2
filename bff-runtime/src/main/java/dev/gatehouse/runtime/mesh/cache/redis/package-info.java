/**
 * Keeps answers of services in Redis.
 *
 * <p>Made by the mesh client; everything else here is its own. Confined to one event loop.
 */
@NullMarked
package dev.gatehouse.runtime.mesh.cache.redis;

import org.jspecify.annotations.NullMarked;
