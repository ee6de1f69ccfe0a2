package dev.gatehouse.runtime.mesh.layer;

import java.util.concurrent.TimeUnit;

/**
 * How long answers usually take at most: their mean and four mean deviations, as TCP reckons its round trips (Jacobson, 1988; RFC 6298).
 * Confined to one event loop.
 */
public final class UsualTime {
  private static final long UNKNOWN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private double mean = -1;
  private double deviation;

  /** An answer came after that time. */
  public void took(long nanos) {
    if (mean < 0) {
      mean = nanos;
      deviation = nanos / 2.0;
    } else {
      deviation += (Math.abs(nanos - mean) - deviation) / 4;
      mean += (nanos - mean) / 8;
    }
  }

  /** A tenth of a second as long as nothing is known. */
  public long nanos() {
    return mean < 0 ? UNKNOWN_NANOS : (long) (mean + 4 * deviation);
  }
}
