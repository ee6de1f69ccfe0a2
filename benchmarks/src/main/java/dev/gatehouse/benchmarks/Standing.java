package dev.gatehouse.benchmarks;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a contestant at the end.
 *
 * @param contestant who
 * @param upstreamCalls per answer
 * @param starts the times to the first answer
 * @param rounds its measurements
 * @param residentBytes its memory after the last round
 */
record Standing(
    Contestant contestant,
    double upstreamCalls,
    List<Duration> starts,
    List<Measurement> rounds,
    long residentBytes) {

  @Nullable Double cpuMicros() {
    return Median.of(rounds, Measurement::cpuMicrosPerRequest);
  }

  @Nullable Double throughput() {
    return Median.of(rounds, round -> round.closedLoop().throughput());
  }

  @Nullable Double p50Millis() {
    return Median.of(rounds, round -> round.closedLoop().p50Nanos() / 1e6);
  }

  @Nullable Double p99Millis() {
    return Median.of(rounds, round -> round.closedLoop().p99Nanos() / 1e6);
  }

  @Nullable Double fixedP50Millis() {
    return Median.of(rounds, round -> round.fixedRate().p50Nanos() / 1e6);
  }

  @Nullable Double fixedP99Millis() {
    return Median.of(rounds, round -> round.fixedRate().p99Nanos() / 1e6);
  }

  @Nullable Double allocatedKilobytes() {
    Double bytes = Median.of(rounds, Measurement::allocatedBytesPerRequest);
    return bytes == null ? null : bytes / 1024;
  }

  @Nullable Double firstAnswerMillis() {
    return Median.of(starts, start -> start.toNanos() / 1e6);
  }

  double residentMegabytes() {
    return residentBytes / (1024.0 * 1024.0);
  }

  @Nullable Double compilingPercent() {
    return Median.of(rounds, round -> 100 * round.cpu().compiling());
  }

  @Nullable Double othersPercent() {
    return Median.of(rounds, round -> round.others() == null ? null : 100 * round.others());
  }

  long errors() {
    return rounds.stream().mapToLong(Measurement::errors).sum();
  }
}
