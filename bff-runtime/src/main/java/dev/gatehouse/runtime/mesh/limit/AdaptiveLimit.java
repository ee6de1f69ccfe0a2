package dev.gatehouse.runtime.mesh.limit;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import dev.gatehouse.runtime.policy.LimitPolicy.Adaptive;
import dev.gatehouse.runtime.policy.LimitPolicy.Algorithm;
import java.util.concurrent.TimeUnit;

/**
 * The number of calls at once that a service can bear, found out by Netflix's algorithms. They are given what happened in windows of
 * a second, and begin with the most, so that nothing is refused before there is a reason.
 */
final class AdaptiveLimit {
  private static final int LEAST_ROOM = 4;

  private final Limit limit;
  private final long originNanos;

  AdaptiveLimit(Adaptive policy, long nowNanos) {
    this.originNanos = nowNanos;
    this.limit = WindowedLimit.newBuilder()
        .minRttThreshold(0, TimeUnit.NANOSECONDS)
        .build(
            policy.algorithm() == Algorithm.AIMD
                ? AIMDLimit.newBuilder()
                    .initialLimit(policy.most())
                    .minLimit(policy.least())
                    .maxLimit(policy.most())
                    .timeout(1, TimeUnit.DAYS) // what is too long, calls' own timeouts say
                    .build()
                : Gradient2Limit.newBuilder()
                    .initialLimit(policy.most())
                    .minLimit(policy.least())
                    .maxConcurrency(policy.most())
                    .queueSizeFunction(now -> Math.max(LEAST_ROOM, (int) Math.sqrt(now)))
                    .build());
  }

  int current() {
    return limit.getLimit();
  }

  /**
   * A call has ended that says something about the service's load.
   *
   * @param atOnce how many were under way when it began, itself included
   * @param overloaded whether it came to nothing because there was too much to do
   */
  void ended(long startNanos, long nowNanos, int atOnce, boolean overloaded) {
    // On a clock that begins at zero, as the windows do.
    limit.onSample(
        startNanos - originNanos, Math.max(1, nowNanos - startNanos), atOnce, overloaded);
  }
}
