package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.policy.LimitPolicy;
import dev.gatehouse.runtime.policy.LimitPolicy.Adaptive;
import dev.gatehouse.runtime.policy.LimitPolicy.Algorithm;
import dev.gatehouse.runtime.policy.LimitPolicy.Concurrency;
import dev.gatehouse.runtime.policy.LimitPolicy.Rate;
import java.time.Duration;
import java.util.List;

/** How many calls one BFF instance sends to a service. */
final class LimitKeys {
  private static final LimitPolicy OFF = LimitPolicy.OFF;

  static final Setting<Integer> RATE_CALLS = Setting.of(
      Section.SERVICE,
      "limit.rate.calls",
      ValueTypes.number(0, 10_000_000),
      OFF.rate().calls(),
      "The most calls in each interval, per BFF instance; 0 for any number.");
  static final Setting<Duration> RATE_INTERVAL = Setting.of(
      Section.SERVICE,
      "limit.rate.interval",
      ValueTypes.duration(Duration.ofMillis(1), Duration.ofHours(24)),
      OFF.rate().interval(),
      "Over which they are evenly spread.");
  static final Setting<Integer> RATE_BURST = Setting.of(
      Section.SERVICE,
      "limit.rate.burst",
      ValueTypes.number(1, 10_000_000),
      OFF.rate().burst(),
      "How many may be sent at once after a pause.");
  static final Setting<Duration> RATE_MAX_WAIT = Setting.of(
      Section.SERVICE,
      "limit.rate.max-wait",
      ValueTypes.duration(Duration.ZERO, Duration.ofMinutes(1)),
      OFF.rate().maxWait(),
      "How long a call may wait for its turn before it is refused.");
  static final Setting<Integer> CONCURRENCY_CALLS = Setting.of(
      Section.SERVICE,
      "limit.concurrency.calls",
      ValueTypes.number(0, 1_000_000),
      OFF.concurrency().calls(),
      "The most calls under way at once, per BFF instance; 0 for any number.");
  static final Setting<Integer> CONCURRENCY_QUEUE = Setting.of(
      Section.SERVICE,
      "limit.concurrency.queue",
      ValueTypes.number(0, 1_000_000),
      OFF.concurrency().queue(),
      "The most calls that wait for one of these to end; further ones are refused.");
  static final Setting<Algorithm> ADAPTIVE_ALGORITHM = Setting.of(
      Section.SERVICE,
      "limit.adaptive.algorithm",
      ValueTypes.choice(Algorithm.class),
      OFF.adaptive().algorithm(),
      "Finds out how many calls at once the service can bear, by how long they take.");
  static final Setting<Integer> ADAPTIVE_LEAST = Setting.of(
      Section.SERVICE,
      "limit.adaptive.least",
      ValueTypes.number(1, 1_000_000),
      OFF.adaptive().least(),
      "Never fewer than this.");
  static final Setting<Integer> ADAPTIVE_MOST = Setting.of(
      Section.SERVICE,
      "limit.adaptive.most",
      ValueTypes.number(1, 1_000_000),
      OFF.adaptive().most(),
      "Never more than this, and the first guess.");

  static final List<Setting<?>> ALL = List.of(
      RATE_CALLS,
      RATE_INTERVAL,
      RATE_BURST,
      RATE_MAX_WAIT,
      CONCURRENCY_CALLS,
      CONCURRENCY_QUEUE,
      ADAPTIVE_ALGORITHM,
      ADAPTIVE_LEAST,
      ADAPTIVE_MOST);

  private LimitKeys() {}

  static LimitPolicy read(Values values, String service) {
    int least = values.get(ADAPTIVE_LEAST, service);
    int most = values.get(ADAPTIVE_MOST, service);
    if (least > most) {
      values.problem(ADAPTIVE_LEAST.key(service) + ": " + least + " (expected: at most "
          + ADAPTIVE_MOST.key(service) + ", which is " + most + ")");
    }
    return new LimitPolicy(
        new Rate(
            values.get(RATE_CALLS, service),
            values.get(RATE_INTERVAL, service),
            values.get(RATE_BURST, service),
            values.get(RATE_MAX_WAIT, service)),
        new Concurrency(
            values.get(CONCURRENCY_CALLS, service), values.get(CONCURRENCY_QUEUE, service)),
        new Adaptive(values.get(ADAPTIVE_ALGORITHM, service), least, Math.max(least, most)));
  }
}
