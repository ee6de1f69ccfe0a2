package dev.gatehouse.runtime.policy;

import java.time.Duration;

/**
 * When an instance is not called for a while, because of how it answered: a circuit breaker for each instance. Immutable.
 *
 * @param consecutiveFailures in a row that eject it; 0 for no ejection at all
 * @param interval at which success rates are compared; zero for never
 * @param leastInstances with as many calls in an interval for rates to be compared
 * @param leastCalls that an instance must have had in an interval for its rate to count
 * @param deviations by how many thousandths of a standard deviation a rate must be below the mean
 * @param ejectFor the first time; twice that the second, and so on
 * @param maxEjectFor no ejection is longer
 * @param probes that an instance which comes back gets at once, until one of them succeeds
 * @param maxEjectedPercent of the instances; at least one, unless there is only one
 * @param panicPercent with a smaller share of the instances in use, ejections and checks are ignored; 0 for never
 */
public record OutlierPolicy(
    int consecutiveFailures,
    Duration interval,
    int leastInstances,
    int leastCalls,
    int deviations,
    Duration ejectFor,
    Duration maxEjectFor,
    int probes,
    int maxEjectedPercent,
    int panicPercent) {
  /** After five failures in a row, or a success rate far below that of the others; at most half of the instances. */
  public static final OutlierPolicy DEFAULT = new OutlierPolicy(
      5,
      Duration.ofSeconds(10),
      5,
      100,
      1900,
      Duration.ofSeconds(10),
      Duration.ofMinutes(5),
      1,
      50,
      30);
  /** Every instance is called, however it answers. */
  public static final OutlierPolicy OFF = DEFAULT.withConsecutiveFailures(0);

  public boolean enabled() {
    return consecutiveFailures > 0;
  }

  public OutlierPolicy withConsecutiveFailures(int consecutiveFailures) {
    return new OutlierPolicy(
        consecutiveFailures,
        interval,
        leastInstances,
        leastCalls,
        deviations,
        ejectFor,
        maxEjectFor,
        probes,
        maxEjectedPercent,
        panicPercent);
  }

  public OutlierPolicy withProbes(int probes) {
    return new OutlierPolicy(
        consecutiveFailures,
        interval,
        leastInstances,
        leastCalls,
        deviations,
        ejectFor,
        maxEjectFor,
        probes,
        maxEjectedPercent,
        panicPercent);
  }

  public OutlierPolicy withMaxEjectedPercent(int maxEjectedPercent) {
    return new OutlierPolicy(
        consecutiveFailures,
        interval,
        leastInstances,
        leastCalls,
        deviations,
        ejectFor,
        maxEjectFor,
        probes,
        maxEjectedPercent,
        panicPercent);
  }

  public OutlierPolicy withPanicPercent(int panicPercent) {
    return new OutlierPolicy(
        consecutiveFailures,
        interval,
        leastInstances,
        leastCalls,
        deviations,
        ejectFor,
        maxEjectFor,
        probes,
        maxEjectedPercent,
        panicPercent);
  }
}
