/**
 * The contestant that a competent team writes: vertx-web's router, its web client, and {@code JsonObject}s merged by hand.
 * Started by the harness as a process of its own.
 */
@NullMarked
package dev.gatehouse.benchmarks.handwritten;

import org.jspecify.annotations.NullMarked;
