package dev.gatehouse.runtime.mesh.retry;

import dev.gatehouse.runtime.mesh.layer.RollingCounts;
import dev.gatehouse.runtime.policy.RetryPolicy.Budget;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a service's calls may cost in further attempts. A share of the calls of the last ten seconds; or, where these are too few for
 * even one, what earlier calls have earned at the same rate and nobody used, which is a few at most. So over any time there are no
 * more than the share of all calls, and those few that were there to begin with.
 *
 * <p>All instances of a BFF in a process have one together: a few of each would add up. Thread-safe; a call costs the increment of a
 * {@link LongAdder}, and only once in a while, as a further attempt does, a short lock that nobody holds for long.
 */
final class RetryBudget implements Shareable {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  /** A call earns per cent of a further attempt. */
  private static final int ONE = 100;

  /** Calls that are not in the counts yet. */
  private final LongAdder calls = new LongAdder();
  /** From when on they must be, so that they are counted in the slice of the window in which they were made. */
  private volatile long sliceEndNanos;
  /** Calls, and further attempts. */
  private final RollingCounts counts;
  /** Calls since it was last settled what they have earned. */
  private long earning;
  /** How much of what can be saved has been used, and was not earned again. */
  private long used;

  RetryBudget(long nowNanos) {
    this.counts = new RollingCounts(WINDOW, nowNanos);
    this.sliceEndNanos = counts.sliceEndNanos();
  }

  /** That of all instances of a BFF for a service. */
  static RetryBudget shared(Vertx vertx, String owner, long nowNanos) {
    return vertx
        .sharedData()
        .<String, RetryBudget>getLocalMap("dev.gatehouse.mesh.retry-budgets")
        .computeIfAbsent(owner, any -> new RetryBudget(nowNanos));
  }

  /** A call was made for the first time. */
  void called(long nowNanos) {
    if (nowNanos - sliceEndNanos >= 0) {
      count(nowNanos);
    }
    calls.increment();
  }

  /** Takes a further attempt out, unless there is none. */
  synchronized boolean take(Budget budget, long nowNanos) {
    if (left(budget, nowNanos) == 0) {
      return false;
    }
    counts.addSecond(nowNanos);
    used = Math.min((long) budget.least() * ONE, used + ONE);
    return true;
  }

  /** Puts one back that was taken out and not used. */
  synchronized void giveBack(long nowNanos) {
    counts.takeBackSecond(nowNanos);
    used = Math.max(0, used - ONE);
  }

  /** How many further attempts there may be now. */
  synchronized int left(Budget budget, long nowNanos) {
    count(nowNanos);
    used = Math.max(0, used - earning * budget.percent());
    earning = 0;
    long most = (long) budget.least() * ONE;
    long saved = Math.max(0, most - used) / ONE;
    long ofShare = (long) counts.first() * budget.percent() / ONE - counts.second();
    long ofSaved = Math.min(saved, budget.least() - counts.second());
    return (int) Math.max(0, Math.max(ofShare, ofSaved));
  }

  private synchronized void count(long nowNanos) {
    long made = calls.sumThenReset();
    earning += made;
    counts.addFirsts((int) Math.min(made, Integer.MAX_VALUE));
    counts.moveTo(nowNanos);
    sliceEndNanos = counts.sliceEndNanos();
  }
}
