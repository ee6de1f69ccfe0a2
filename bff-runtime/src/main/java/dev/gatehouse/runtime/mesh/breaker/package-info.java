/**
 * The circuit breaker of each service.
 *
 * <p>Used by the mesh client. Everything here belongs to one event loop.
 */
@NullMarked
package dev.gatehouse.runtime.mesh.breaker;

import org.jspecify.annotations.NullMarked;
