/**
 * Faults that an operator has injected into calls.
 *
 * <p>Used by the mesh client. Everything here belongs to one event loop.
 */
@NullMarked
package dev.gatehouse.runtime.mesh.fault;

import org.jspecify.annotations.NullMarked;
