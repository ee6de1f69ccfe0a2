/**
 * The work that every contestant does: a shop's data, its six services, the two jobs in front of them and their right
 * answers. Contestants use {@link dev.gatehouse.benchmarks.workload.Endpoints} only; the rest is for the harness.
 */
@NullMarked
package dev.gatehouse.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
