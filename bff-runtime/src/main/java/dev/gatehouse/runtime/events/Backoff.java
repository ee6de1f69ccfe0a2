package dev.gatehouse.runtime.events;

import java.util.concurrent.ThreadLocalRandom;

/** Pauses that double, up to half a minute, with a random half taken off so that clients do not come back together. */
final class Backoff {
  private static final long FIRST = 1_000;
  private static final long LONGEST = 30_000;
  private static final long SHORTEST = 10;
  private static final int MOST_DOUBLINGS = 12;

  private long base = FIRST;
  private int attempts;

  /** How many pauses there were since the last {@link #reset()}. */
  int attempts() {
    return attempts;
  }

  /** Sets the first pause, in milliseconds, within what is sensible. */
  void base(long millis) {
    base = Math.min(Math.max(millis, SHORTEST), LONGEST);
  }

  void reset() {
    attempts = 0;
  }

  /** The next pause, in milliseconds. */
  long next() {
    long whole = Math.min(LONGEST, base << Math.min(attempts, MOST_DOUBLINGS));
    attempts++;
    return Math.max(1, whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
  }
}
