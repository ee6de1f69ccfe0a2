/**
 * The data-flow engine: runs a plan for one request on one event loop, without locks, ticks or rounds.
 *
 * <p>Called by doors; calls services through
 * {@link dev.gatehouse.runtime.upstream.Upstream}.
 */
@NullMarked
package dev.gatehouse.runtime.engine;

import org.jspecify.annotations.NullMarked;
