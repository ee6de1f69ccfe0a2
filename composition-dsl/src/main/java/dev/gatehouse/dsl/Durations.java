package dev.gatehouse.dsl;

import dev.gatehouse.dsl.finding.CallFinding.OutOfRange;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.Place;
import java.time.Duration;
import java.util.Optional;

/** Time limits: what they may be, and how messages write them. */
final class Durations {
  private static final Duration LONGEST = Duration.ofHours(1);

  private Durations() {}

  static Optional<Finding> check(String what, Duration limit, Place place) {
    return limit.isZero() || limit.isNegative() || limit.compareTo(LONGEST) > 0
        ? Optional.of(new OutOfRange(place, what, text(limit), "more than 0 ms, and at most 1 h"))
        : Optional.empty();
  }

  static String text(Duration limit) {
    if (limit.compareTo(Duration.ofSeconds(10)) < 0) {
      return limit.toNanos() % 1_000_000 == 0 ? limit.toMillis() + " ms" : limit.toNanos() + " ns";
    }
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }
}
