/**
 * The load harness: starts the services and the contestants, checks their answers, puts load on them by turns, and
 * reports. {@link dev.gatehouse.benchmarks.Harness} is its entry; the scripts {@code run} and {@code jmh} start it all.
 */
@NullMarked
package dev.gatehouse.benchmarks;

import org.jspecify.annotations.NullMarked;
