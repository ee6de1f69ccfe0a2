/**
 * The contestant that is written with Gatehouse, as its users write: contracts as records, operations, two composites and a
 * door. Started by the harness as a process of its own.
 */
@NullMarked
package dev.gatehouse.benchmarks.gatehouse;

import org.jspecify.annotations.NullMarked;
