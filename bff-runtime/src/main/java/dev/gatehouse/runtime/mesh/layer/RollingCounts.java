package dev.gatehouse.runtime.mesh.layer;

import java.time.Duration;
import java.util.Arrays;

/** How often two kinds of things happened lately: over a window that moves on by a tenth of its length. */
public final class RollingCounts {
  private static final int SLICES = 10;

  private final long sliceNanos;
  private final long originNanos;
  private final int[] firsts = new int[SLICES];
  private final int[] seconds = new int[SLICES];
  private long slice;
  private int first;
  private int second;

  public RollingCounts(Duration window, long nowNanos) {
    this.sliceNanos = Math.max(1, window.toNanos() / SLICES);
    this.originNanos = nowNanos;
  }

  public void addFirst(long nowNanos) {
    moveTo(nowNanos);
    firsts[(int) (slice % SLICES)]++;
    first++;
  }

  /** Adds several to the slice that it was last moved to. */
  public void addFirsts(int count) {
    firsts[(int) (slice % SLICES)] += count;
    first += count;
  }

  /** When the slice ends that it was last moved to. */
  public long sliceEndNanos() {
    return originNanos + (slice + 1) * sliceNanos;
  }

  public void addSecond(long nowNanos) {
    moveTo(nowNanos);
    seconds[(int) (slice % SLICES)]++;
    second++;
  }

  /** Takes the latest of the second kind out again, if it is not too old to count. */
  public void takeBackSecond(long nowNanos) {
    moveTo(nowNanos);
    for (long back = slice; back > slice - SLICES && back >= 0; back--) {
      int at = (int) (back % SLICES);
      if (seconds[at] > 0) {
        seconds[at]--;
        second--;
        return;
      }
    }
  }

  /** Forgets what is older than the window. */
  public void moveTo(long nowNanos) {
    long now = (nowNanos - originNanos) / sliceNanos;
    if (now - slice >= SLICES) {
      clear();
    } else {
      for (long next = slice + 1; next <= now; next++) {
        int at = (int) (next % SLICES);
        first -= firsts[at];
        second -= seconds[at];
        firsts[at] = 0;
        seconds[at] = 0;
      }
    }
    slice = Math.max(slice, now);
  }

  public void clear() {
    Arrays.fill(firsts, 0);
    Arrays.fill(seconds, 0);
    first = 0;
    second = 0;
  }

  /** As of when it was last moved. */
  public int first() {
    return first;
  }

  /** As of when it was last moved. */
  public int second() {
    return second;
  }
}
