/**
 * Sending calls to services: the interface that every layer of the mesh client implements, the one that every protocol implements,
 * and what can go wrong.
 *
 * <p>Called by the engine. Everything here belongs to one event loop.
 */
@NullMarked
package dev.gatehouse.runtime.upstream;

import org.jspecify.annotations.NullMarked;
