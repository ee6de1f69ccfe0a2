package dev.gatehouse.runtime.mesh.retry;

import dev.gatehouse.runtime.mesh.layer.RollingCounts;
import dev.gatehouse.runtime.policy.RetryPolicy.Budget;
import java.time.Duration;

/**
 * What a service's calls may cost in further attempts. Counts calls and further attempts over the last ten seconds, so that in
 * any ten seconds, and so over any time, there are no more than the policy's share: what is not used cannot be saved up.
 */
final class RetryBudget {
  private static final Duration WINDOW = Duration.ofSeconds(10);

  /** Calls, and further attempts. */
  private final RollingCounts counts;

  RetryBudget(long nowNanos) {
    this.counts = new RollingCounts(WINDOW, nowNanos);
  }

  /** A call was made for the first time. */
  void called(long nowNanos) {
    counts.addFirst(nowNanos);
  }

  /** Takes a further attempt out, unless there is none. */
  boolean take(Budget budget, long nowNanos) {
    if (left(budget, nowNanos) == 0) {
      return false;
    }
    counts.addSecond(nowNanos);
    return true;
  }

  /** How many further attempts there may be now. */
  int left(Budget budget, long nowNanos) {
    counts.moveTo(nowNanos);
    long allowed = Math.max((long) counts.first() * budget.percent() / 100, budget.least());
    return (int) Math.max(0, allowed - counts.second());
  }
}
