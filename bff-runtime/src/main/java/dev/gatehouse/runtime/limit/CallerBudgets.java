package dev.gatehouse.runtime.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.runtime.config.RateSettings;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.function.LongSupplier;

/**
 * A token bucket for each caller. At most 100,000 callers are remembered; one that was not seen for as long as a bucket takes to fill
 * has a full one again, so that nothing is lost by forgetting. Thread-safe, so that all instances of a BFF charge the same bucket.
 */
public final class CallerBudgets implements Shareable {
  private static final String SHARED = "gatehouse.limit.budgets";
  private static final int MOST_CALLERS = 100_000;

  private final double capacity;
  private final double perNano;
  private final LongSupplier nanos;
  private final Cache<String, Bucket> buckets;

  /** What a caller had at a moment; below zero for what was lent. */
  private record Bucket(double tokens, long at, boolean charged) {}

  /**
   * @param settings with a limit
   * @param nanos a clock that only goes forward
   */
  public CallerBudgets(RateSettings settings, LongSupplier nanos) {
    this.capacity = settings.capacity();
    this.perNano = (double) settings.budget() / settings.interval().toNanos();
    this.nanos = nanos;
    // The clock of the entries is their own: the cache only bounds how many there are.
    this.buckets =
        Caffeine.newBuilder().maximumSize(MOST_CALLERS).executor(Runnable::run).build();
  }

  /**
   * The budgets of all instances of a BFF in this process.
   *
   * @param settings with a limit
   */
  public static CallerBudgets of(Vertx vertx, String bff, RateSettings settings) {
    return vertx
        .sharedData()
        .<String, CallerBudgets>getLocalMap(SHARED)
        .computeIfAbsent(
            bff + " " + settings, any -> new CallerBudgets(settings, System::nanoTime));
  }

  /**
   * Charges a caller. What costs more than a full bucket is let through where the bucket is full, and is paid for afterwards.
   *
   * @param cost at least 0
   * @return 0 where it was charged; else nothing was, and it may be tried again after so many nanoseconds
   */
  public long charge(String caller, long cost) {
    long now = nanos.getAsLong();
    double needed = Math.min(cost, capacity);
    Bucket bucket = buckets.asMap().compute(caller, (key, before) -> {
      double tokens = before == null
          ? capacity
          : Math.min(capacity, before.tokens() + (now - before.at()) * perNano);
      return tokens >= needed
          ? new Bucket(tokens - cost, now, true)
          : new Bucket(tokens, now, false);
    });
    return bucket.charged()
        ? 0
        : Math.max(1, (long) Math.ceil((needed - bucket.tokens()) / perNano));
  }
}
