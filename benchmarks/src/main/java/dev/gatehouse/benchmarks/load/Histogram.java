package dev.gatehouse.benchmarks.load;

/**
 * Counts durations in buckets that are at most 1/64 of their value wide, so that a percentile is right to 1.6 %. Not
 * thread-safe.
 */
final class Histogram {
  /** Each power of two is divided into this many buckets. */
  private static final int DIVISIONS = 64;

  private static final int DIVISION_BITS = 6;

  private final long[] counts = new long[(Long.SIZE - DIVISION_BITS) * DIVISIONS];
  private long total;

  /** Negative durations count as zero. */
  void record(long nanos) {
    counts[bucket(Math.max(0, nanos))]++;
    total++;
  }

  long total() {
    return total;
  }

  /**
   * The duration in nanoseconds that the given share of all recorded ones do not exceed; 0 where nothing was recorded.
   *
   * @param share from 0 to 1
   */
  long percentile(double share) {
    long rank = Math.max(1, (long) Math.ceil(total * share));
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (seen >= rank) {
        return upperBound(bucket);
      }
    }
    return 0;
  }

  private static int bucket(long nanos) {
    if (nanos < DIVISIONS) {
      return (int) nanos;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - DIVISION_BITS;
    return (shift + 1) * DIVISIONS + (int) (nanos >>> shift) - DIVISIONS;
  }

  private static long upperBound(int bucket) {
    if (bucket < DIVISIONS) {
      return bucket;
    }
    int shift = bucket / DIVISIONS - 1;
    long lower = (long) (bucket % DIVISIONS + DIVISIONS) << shift;
    return lower + (1L << shift) - 1;
  }
}
