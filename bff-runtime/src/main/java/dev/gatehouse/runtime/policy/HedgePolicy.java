package dev.gatehouse.runtime.policy;

import java.time.Duration;

/**
 * When a safe call that takes unusually long is sent a second time, the first answer winning. Immutable. Paid for by
 * {@link RetryPolicy#budget()}.
 *
 * @param percentile of the operation's recent latencies after which it is sent again, such as 95; 0 for never
 * @param least never sooner than this
 */
public record HedgePolicy(int percentile, Duration least) {
  /** No hedges. */
  public static final HedgePolicy OFF = new HedgePolicy(0, Duration.ofMillis(10));

  public HedgePolicy {
    Range.check("percentile", percentile, 0, 99);
    Range.check("least", least, Duration.ZERO);
  }

  public boolean enabled() {
    return percentile > 0;
  }
}
