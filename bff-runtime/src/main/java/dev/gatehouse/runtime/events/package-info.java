/**
 * Subscribing to sources of events: services (event streams and WebSockets), the event bus and Java publishers.
 *
 * <p>Called by doors. Everything here is confined to the event loop of one BFF instance.
 */
@NullMarked
package dev.gatehouse.runtime.events;

import org.jspecify.annotations.NullMarked;
