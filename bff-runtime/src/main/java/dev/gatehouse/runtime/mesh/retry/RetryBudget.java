package dev.gatehouse.runtime.mesh.retry;

import dev.gatehouse.runtime.policy.RetryPolicy.Budget;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What a service's calls may cost in further attempts. Counts calls and further attempts over the last ten seconds, so that in
 * any ten seconds, and so over any time, there are no more than the policy's share: what is not used cannot be saved up.
 */
final class RetryBudget {
  /** The window, in slices of a second. */
  private static final int SLICES = 10;

  private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long originNanos;
  private final int[] calls = new int[SLICES];
  private final int[] further = new int[SLICES];
  private long slice;
  private int callsInWindow;
  private int furtherInWindow;

  RetryBudget(long nowNanos) {
    this.originNanos = nowNanos;
  }

  /** A call was made for the first time. */
  void called(long nowNanos) {
    advance(nowNanos);
    calls[(int) (slice % SLICES)]++;
    callsInWindow++;
  }

  /** Takes a further attempt out, unless there is none. */
  boolean take(Budget budget, long nowNanos) {
    advance(nowNanos);
    if (furtherInWindow >= allowed(budget)) {
      return false;
    }
    further[(int) (slice % SLICES)]++;
    furtherInWindow++;
    return true;
  }

  /** How many further attempts there may be now. */
  int left(Budget budget, long nowNanos) {
    advance(nowNanos);
    return (int) Math.max(0, allowed(budget) - furtherInWindow);
  }

  private long allowed(Budget budget) {
    return Math.max((long) callsInWindow * budget.percent() / 100, budget.least());
  }

  private void advance(long nowNanos) {
    long now = (nowNanos - originNanos) / SLICE_NANOS;
    if (now <= slice) {
      return;
    }
    if (now - slice >= SLICES) {
      Arrays.fill(calls, 0);
      Arrays.fill(further, 0);
      callsInWindow = 0;
      furtherInWindow = 0;
    } else {
      for (long next = slice + 1; next <= now; next++) {
        int at = (int) (next % SLICES);
        callsInWindow -= calls[at];
        furtherInWindow -= further[at];
        calls[at] = 0;
        further[at] = 0;
      }
    }
    slice = now;
  }
}
