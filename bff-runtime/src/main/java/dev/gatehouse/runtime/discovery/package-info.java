/**
 * Where services are: Vert.x Service Discovery as the registry, what feeds it, and which endpoint a call goes to.
 *
 * <p>Used by the upstream clients. Everything here belongs to one event loop.
 */
@NullMarked
package dev.gatehouse.runtime.discovery;

import org.jspecify.annotations.NullMarked;
