/**
 * Sending calls to services: the one interface that every protocol implements and every mesh layer wraps, and what can go wrong.
 *
 * <p>Called by the engine. Everything here belongs to one event loop.
 */
@NullMarked
package dev.gatehouse.runtime.upstream;

import org.jspecify.annotations.NullMarked;
