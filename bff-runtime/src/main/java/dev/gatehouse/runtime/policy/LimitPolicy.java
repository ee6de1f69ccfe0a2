package dev.gatehouse.runtime.policy;

import java.time.Duration;

/**
 * How many calls one BFF instance may send to a service: in a time, and at once. Immutable.
 *
 * @param rate calls in a time
 * @param concurrency calls at once, fixed
 * @param adaptive calls at once, found out by how long they take
 */
public record LimitPolicy(Rate rate, Concurrency concurrency, Adaptive adaptive) {
  /** No limit but that of connections. */
  public static final LimitPolicy OFF = new LimitPolicy(Rate.OFF, Concurrency.OFF, Adaptive.OFF);

  /**
   * Evenly spread calls, with some at once.
   *
   * @param calls in each interval; 0 for no limit
   * @param burst how many may come at once after a pause; at least 1
   * @param maxWait how long a call may wait for its turn
   */
  public record Rate(int calls, Duration interval, int burst, Duration maxWait) {
    /** No limit. */
    public static final Rate OFF = new Rate(0, Duration.ofSeconds(1), 1, Duration.ZERO);

    public Rate {
      Range.check("calls", calls, 0, Integer.MAX_VALUE);
      Range.check("interval", interval, Duration.ofMillis(1));
      Range.check("burst", burst, 1, Integer.MAX_VALUE);
      Range.check("maxWait", maxWait, Duration.ZERO);
    }

    public boolean enabled() {
      return calls > 0;
    }
  }

  /**
   * A bulkhead: so many calls, the others in line, first come first served.
   *
   * @param calls at once; 0 for no limit
   * @param queue how many may wait for one of these, or of the adaptive limit's, to end
   */
  public record Concurrency(int calls, int queue) {
    /** No limit. */
    public static final Concurrency OFF = new Concurrency(0, 100);

    public Concurrency {
      Range.check("calls", calls, 0, Integer.MAX_VALUE);
      Range.check("queue", queue, 0, Integer.MAX_VALUE);
    }

    public boolean enabled() {
      return calls > 0;
    }
  }

  /**
   * A limit that grows as long as calls take no longer than usual, and shrinks when they do.
   *
   * @param algorithm how it is found
   * @param least never fewer at once
   * @param most never more at once
   */
  public record Adaptive(Algorithm algorithm, int least, int most) {
    /** No limit. */
    public static final Adaptive OFF = new Adaptive(Algorithm.OFF, 10, 200);

    public Adaptive {
      Range.check("least", least, 1, Integer.MAX_VALUE);
      Range.check("most", most, least, Integer.MAX_VALUE);
    }

    public boolean enabled() {
      return algorithm != Algorithm.OFF;
    }
  }

  /** Ways to find the number of calls that a service can bear. */
  public enum Algorithm {
    /** There is no such limit. */
    OFF,
    /** By the ratio of usual to current latency. */
    GRADIENT,
    /** One more for each full house that goes well, a tenth less for each failure. */
    AIMD
  }

  public boolean enabled() {
    return rate.enabled() || concurrency.enabled() || adaptive.enabled();
  }

  public LimitPolicy withRate(Rate rate) {
    return new LimitPolicy(rate, concurrency, adaptive);
  }

  public LimitPolicy withConcurrency(Concurrency concurrency) {
    return new LimitPolicy(rate, concurrency, adaptive);
  }

  public LimitPolicy withAdaptive(Adaptive adaptive) {
    return new LimitPolicy(rate, concurrency, adaptive);
  }
}
