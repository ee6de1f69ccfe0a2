package dev.gatehouse.runtime.mesh.retry;

/**
 * How long an operation's calls took lately: a histogram whose buckets grow by about a fifth, and that is halved each time it has seen
 * enough, so that what is long ago counts ever less.
 */
final class Latencies {
  /** Below this many, a percentile would be guessed. */
  static final int LEAST = 20;

  private static final int MOST = 1000;
  private static final int STEPS_PER_OCTAVE = 4;
  private static final int FIRST_OCTAVE = 16; // 65 microseconds
  private static final int OCTAVES = 20; // to 68 seconds

  private final int[] counts = new int[OCTAVES * STEPS_PER_OCTAVE];
  private int total;

  void record(long nanos) {
    counts[bucket(nanos)]++;
    if (++total >= MOST) {
      halve();
    }
  }

  /** The upper end of the bucket in which a percentile lies, in nanoseconds; -1 where too little is known. */
  long percentile(int percent) {
    if (total < LEAST) {
      return -1;
    }
    long rank = ((long) total * percent + 99) / 100;
    long seen = 0;
    int bucket = 0;
    for (; bucket < counts.length - 1; bucket++) {
      seen += counts[bucket];
      if (seen >= rank) {
        break;
      }
    }
    return end(bucket);
  }

  private void halve() {
    total = 0;
    for (int i = 0; i < counts.length; i++) {
      counts[i] /= 2;
      total += counts[i];
    }
  }

  /** The octave, and the quarter of it that the two bits after the highest one tell. */
  private static int bucket(long nanos) {
    if (nanos < 1L << FIRST_OCTAVE) {
      return 0;
    }
    int octave = 63 - Long.numberOfLeadingZeros(nanos);
    int step = (int) (nanos >>> octave - 2) & STEPS_PER_OCTAVE - 1;
    return Math.min(
        (octave - FIRST_OCTAVE) * STEPS_PER_OCTAVE + step, OCTAVES * STEPS_PER_OCTAVE - 1);
  }

  private static long end(int bucket) {
    int octave = FIRST_OCTAVE + bucket / STEPS_PER_OCTAVE;
    return (STEPS_PER_OCTAVE + bucket % STEPS_PER_OCTAVE + 1L) << octave - 2;
  }
}
