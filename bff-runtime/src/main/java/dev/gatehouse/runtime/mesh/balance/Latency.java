package dev.gatehouse.runtime.mesh.balance;

/**
 * A moving average of latencies that follows a peak at once and forgets it slowly, so that an instance that stalls is avoided
 * from the first slow answer on.
 */
final class Latency {
  /** After as long, what was seen counts for a third. */
  private static final double FADES_AFTER = 10e9;
  /** What is assumed of an instance that never answered: little, so that it is tried. */
  private static final double UNKNOWN = 1e6;

  private double nanos = UNKNOWN;
  private long seenAt;
  private boolean known;

  void seen(long latencyNanos, long now) {
    if (!known || latencyNanos > nanos) {
      nanos = latencyNanos;
    } else {
      double old = Math.exp(-(now - seenAt) / FADES_AFTER);
      nanos = nanos * old + latencyNanos * (1 - old);
    }
    known = true;
    seenAt = now;
  }

  /** In nanoseconds; a peak of long ago has faded even where nothing was seen since. */
  double at(long now) {
    return known ? Math.max(UNKNOWN, nanos * Math.exp(-(now - seenAt) / FADES_AFTER)) : UNKNOWN;
  }
}
