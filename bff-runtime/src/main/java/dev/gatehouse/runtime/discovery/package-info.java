/**
 * Where services are: Vert.x Service Discovery as the registry, what feeds it, and which instances a service has.
 *
 * <p>Used by the mesh client. A package below holds one kind of source each, and depends on this one; {@link
 * dev.gatehouse.runtime.discovery.SourceSettings} opens it. Everything here belongs to one event loop.
 */
@NullMarked
package dev.gatehouse.runtime.discovery;

import org.jspecify.annotations.NullMarked;
