/**
 * How many calls are sent to a service: in a time, and at once.
 *
 * <p>Used by the mesh client. Everything here belongs to one event loop.
 */
@NullMarked
package dev.gatehouse.runtime.mesh.limit;

import org.jspecify.annotations.NullMarked;
