/**
 * Spans of the attempts that calls make.
 *
 * <p>Used by the mesh client. Everything here belongs to one event loop.
 */
@NullMarked
package dev.gatehouse.runtime.mesh.trace;

import org.jspecify.annotations.NullMarked;
