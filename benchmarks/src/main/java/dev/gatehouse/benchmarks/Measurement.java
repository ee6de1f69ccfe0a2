package dev.gatehouse.benchmarks;

import dev.gatehouse.benchmarks.load.LoadResult;
import dev.gatehouse.benchmarks.process.CpuUsage;
import org.jspecify.annotations.Nullable;

/**
 * One round of one contestant.
 *
 * @param closedLoop what the load generator saw with all connections busy
 * @param cpu what the server used meanwhile
 * @param allocatedBytes what the server allocated meanwhile; null where the JDK's tools could not tell
 * @param others the part of the server's core, from 0 to 1, that others took; null where it has no core of its own
 * @param fixedRate what the load generator saw at the fixed rate
 */
record Measurement(
    LoadResult closedLoop,
    CpuUsage.Share cpu,
    @Nullable Long allocatedBytes,
    @Nullable Double others,
    LoadResult fixedRate) {

  double cpuMicrosPerRequest() {
    return cpu.nanos() / 1e3 / closedLoop.answers();
  }

  @Nullable Double allocatedBytesPerRequest() {
    return allocatedBytes == null ? null : (double) allocatedBytes / closedLoop.answers();
  }

  long errors() {
    return closedLoop.errors() + fixedRate.errors();
  }
}
