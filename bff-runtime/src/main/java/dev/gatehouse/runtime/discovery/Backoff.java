package dev.gatehouse.runtime.discovery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pauses between attempts to reach a source: they double from half a second to half a minute, and half of each is random, so
 * that the many processes that lost a registry together do not come back together. Not thread-safe.
 */
public final class Backoff {
  private static final long FIRST_MILLIS = 500;

  private final long longestMillis;
  private final RandomGenerator random;
  private long next = FIRST_MILLIS;

  public Backoff() {
    this(RandomGenerator.getDefault(), Duration.ofSeconds(30));
  }

  /** Pauses that grow to another one than half a minute. */
  public Backoff(RandomGenerator random, Duration longest) {
    this.random = random;
    this.longestMillis = longest.toMillis();
  }

  /** The next pause, in milliseconds; at least 1. */
  public long nextMillis() {
    long pause = next;
    next = Math.min(longestMillis, next * 2);
    return pause / 2 + random.nextLong(pause / 2) + 1;
  }

  /** It worked: begin with short pauses again. */
  public void reset() {
    next = FIRST_MILLIS;
  }
}
