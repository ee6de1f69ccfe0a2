/**
 * The mesh client: a chain of layers per service, from the call that the engine makes to the connection it is sent on.
 *
 * <p>Used by the BFF's instance. Everything here belongs to one event loop.
 */
@NullMarked
package dev.gatehouse.runtime.mesh;

import org.jspecify.annotations.NullMarked;
