/**
 * The contestant that an expert writes who counts every byte: vertx-core alone, idle connections kept on stacks of its
 * own, coarse timeouts, and upstream bytes spliced into the answer by a hand-written scanner. It is the fastest way we
 * know to do the work on Vert.x. Started by the harness as a process of its own.
 */
@NullMarked
package dev.gatehouse.benchmarks.spliced;

import org.jspecify.annotations.NullMarked;
