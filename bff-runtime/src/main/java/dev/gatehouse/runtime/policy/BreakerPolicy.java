package dev.gatehouse.runtime.policy;

import java.time.Duration;

/**
 * When a service that fails is given a rest. Immutable.
 *
 * @param failurePercent the share of failed calls in the window from which on no calls are sent; 0 for never
 * @param leastCalls in the window for the share to mean anything
 * @param window over which calls are counted
 * @param openFor the first rest; each further one without a recovery between is twice as long
 * @param maxOpenFor no rest is longer
 * @param probes how many calls may try at once after a rest, and must succeed for it to be over
 */
public record BreakerPolicy(
    int failurePercent,
    int leastCalls,
    Duration window,
    Duration openFor,
    Duration maxOpenFor,
    int probes) {
  /** From half of at least 20 calls in ten seconds on. */
  public static final BreakerPolicy DEFAULT = new BreakerPolicy(
      50, 20, Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(30), 3);
  /** No breaker. */
  public static final BreakerPolicy OFF = DEFAULT.withFailurePercent(0);

  public BreakerPolicy {
    Range.check("failurePercent", failurePercent, 0, 100);
    Range.check("leastCalls", leastCalls, 1, Integer.MAX_VALUE);
    Range.check("window", window, Duration.ofMillis(10));
    Range.check("openFor", openFor, Duration.ofMillis(1));
    Range.check("maxOpenFor", maxOpenFor, Duration.ofMillis(1));
    Range.check("probes", probes, 1, Integer.MAX_VALUE);
  }

  public boolean enabled() {
    return failurePercent > 0;
  }

  public BreakerPolicy withFailurePercent(int failurePercent) {
    return new BreakerPolicy(failurePercent, leastCalls, window, openFor, maxOpenFor, probes);
  }

  public BreakerPolicy withLeastCalls(int leastCalls) {
    return new BreakerPolicy(failurePercent, leastCalls, window, openFor, maxOpenFor, probes);
  }

  public BreakerPolicy withOpenFor(Duration openFor, Duration maxOpenFor) {
    return new BreakerPolicy(failurePercent, leastCalls, window, openFor, maxOpenFor, probes);
  }

  public BreakerPolicy withProbes(int probes) {
    return new BreakerPolicy(failurePercent, leastCalls, window, openFor, maxOpenFor, probes);
  }
}
