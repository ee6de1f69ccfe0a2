/**
 * Which instance of a service a call goes to.
 *
 * <p>Used by the mesh client. Everything here belongs to one event loop.
 */
@NullMarked
package dev.gatehouse.runtime.mesh.balance;

import org.jspecify.annotations.NullMarked;
