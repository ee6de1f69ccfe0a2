package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.policy.BreakerPolicy;
import java.time.Duration;
import java.util.List;

/** When no calls are sent to a service for a while. */
final class BreakerKeys {
  private static final BreakerPolicy DEFAULT = BreakerPolicy.DEFAULT;
  private static final Duration HOUR = Duration.ofHours(1);

  static final Setting<Integer> FAILURE_PERCENT = Setting.of(
      Section.SERVICE,
      "breaker.failure-percent",
      ValueTypes.number(0, 100),
      DEFAULT.failurePercent(),
      "The share of failed calls from which on no calls are sent for a while; 0 for never.");
  static final Setting<Integer> LEAST_CALLS = Setting.of(
      Section.SERVICE,
      "breaker.least-calls",
      ValueTypes.number(1, 100_000),
      DEFAULT.leastCalls(),
      "With fewer calls in the window, the share means nothing.");
  static final Setting<Duration> WINDOW = Setting.of(
      Section.SERVICE,
      "breaker.window",
      ValueTypes.duration(Duration.ofSeconds(1), HOUR),
      DEFAULT.window(),
      "Over which calls are counted.");
  static final Setting<Duration> OPEN_FOR = Setting.of(
      Section.SERVICE,
      "breaker.open-for",
      ValueTypes.duration(Duration.ofMillis(10), HOUR),
      DEFAULT.openFor(),
      "How long no calls are sent; twice as long each time until the service recovers.");
  static final Setting<Duration> MAX_OPEN_FOR = Setting.of(
      Section.SERVICE,
      "breaker.max-open-for",
      ValueTypes.duration(Duration.ofMillis(10), HOUR),
      DEFAULT.maxOpenFor(),
      "Never longer than this.");
  static final Setting<Integer> PROBES = Setting.of(
      Section.SERVICE,
      "breaker.probes",
      ValueTypes.number(1, 1000),
      DEFAULT.probes(),
      "How many calls may try at once afterwards, and must succeed for all to be sent again.");

  static final List<Setting<?>> ALL =
      List.of(FAILURE_PERCENT, LEAST_CALLS, WINDOW, OPEN_FOR, MAX_OPEN_FOR, PROBES);

  private BreakerKeys() {}

  static BreakerPolicy read(Values values, String service) {
    return new BreakerPolicy(
        values.get(FAILURE_PERCENT, service),
        values.get(LEAST_CALLS, service),
        values.get(WINDOW, service),
        values.get(OPEN_FOR, service),
        values.get(MAX_OPEN_FOR, service),
        values.get(PROBES, service));
  }
}
