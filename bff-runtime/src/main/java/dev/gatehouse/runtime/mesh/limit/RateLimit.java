package dev.gatehouse.runtime.mesh.limit;

import dev.gatehouse.runtime.policy.LimitPolicy.Rate;

/**
 * So many calls in a time, evenly spread but for a burst: the generic cell rate algorithm (ITU-T I.371), a leaky bucket that is one
 * number.
 */
final class RateLimit {
  /** When the next call would be due if all were evenly spread. */
  private long dueNanos;

  RateLimit(long nowNanos) {
    this.dueNanos = nowNanos;
  }

  /**
   * Reserves a turn.
   *
   * @param mostNanos how long a call may wait for it
   * @return how long it has to wait; negative, and nothing reserved, where that would be too long
   */
  long reserve(Rate rate, long mostNanos, long nowNanos) {
    long spacing = spacing(rate);
    long due = dueNanos - nowNanos < 0 ? nowNanos : dueNanos;
    long wait = Math.max(0, due - nowNanos - burst(rate, spacing));
    if (wait > mostNanos) {
      return -1;
    }
    dueNanos = due + spacing;
    return wait;
  }

  /** Gives back a turn that nobody will take. */
  void giveBack(Rate rate) {
    dueNanos -= spacing(rate);
  }

  /** How far ahead of an even spread calls may be. */
  private static long burst(Rate rate, long spacing) {
    int ahead = rate.burst() - 1;
    return ahead > Long.MAX_VALUE / spacing ? Long.MAX_VALUE : ahead * spacing;
  }

  private static long spacing(Rate rate) {
    return Math.max(1, rate.interval().toNanos() / Math.max(1, rate.calls()));
  }
}
