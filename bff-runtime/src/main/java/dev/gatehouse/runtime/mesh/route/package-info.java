/**
 * Decides where a call is sent: to which of a service's instances, or to which other service; sends copies of some.
 *
 * <p>Used by the chain of layers. Confined to one event loop.
 */
@NullMarked
package dev.gatehouse.runtime.mesh.route;

import org.jspecify.annotations.NullMarked;
