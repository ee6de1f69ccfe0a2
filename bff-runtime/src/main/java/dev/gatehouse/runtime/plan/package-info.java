/**
 * From a composite's graph and a selection to a plan: pruned, compiled, explained and cached.
 *
 * <p>Called by doors; read by the engine. Plans are immutable and safe to share between event loops.
 */
@NullMarked
package dev.gatehouse.runtime.plan;

import org.jspecify.annotations.NullMarked;
