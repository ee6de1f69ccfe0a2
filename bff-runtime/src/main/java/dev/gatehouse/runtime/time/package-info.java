/**
 * Deadlines without a timer per call: one wheel for everything that happens on an event loop.
 *
 * <p>Used by the engine and by the upstream clients; depends on nothing else in the runtime.
 */
@NullMarked
package dev.gatehouse.runtime.time;

import org.jspecify.annotations.NullMarked;
