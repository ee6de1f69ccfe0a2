/**
 * What the layers of the mesh client have in common.
 *
 * <p>Used by each layer's package. Everything here belongs to one event loop.
 */
@NullMarked
package dev.gatehouse.runtime.mesh.layer;

import org.jspecify.annotations.NullMarked;
