package dev.gatehouse.runtime.mesh.balance;

/**
 * What calls have shown of an instance: how it answered lately, and how soon. Inherited rather than referred to, so that all of an
 * instance lies together: among thousands, each further object is a further wait for memory.
 *
 * <p>Its latency is a moving average that follows a peak at once and forgets it slowly, so that an instance that stalls is avoided
 * from the first slow answer on.
 */
abstract class CallRecord {
  /** After as long, what was seen counts for a third. */
  private static final double FADES_AFTER = 10e9;
  /** What is assumed of an instance that never answered: little, so that it is tried. */
  private static final double UNKNOWN = 1e6;

  private double latencyNanos = UNKNOWN;
  private long seenAt;
  private boolean seen;

  /** When it began to get its share slowly; {@link Long#MIN_VALUE} where it has it in full. */
  long startedAt = Long.MIN_VALUE;
  /** Calls under way. */
  int active;

  int failuresInARow;
  /** Since the last comparison. */
  int calls;

  int failures;
  int ejections;
  /** Whether it is on the list of those that had calls since the last comparison. */
  boolean listed;

  long ejectedUntil;
  private boolean ejected;
  private boolean onTrial;

  /** Takes how long an answer took. */
  void answered(long nanos, long now) {
    if (!seen || nanos > latencyNanos) {
      latencyNanos = nanos;
    } else {
      double old = Math.exp(-(now - seenAt) / FADES_AFTER);
      latencyNanos = latencyNanos * old + nanos * (1 - old);
    }
    seen = true;
    seenAt = now;
  }

  /** Takes how long a failure took. One that comes soon is no reason to call the instance more: each doubles what is expected of it. */
  void failed(long nanos, long now) {
    answered(Math.max(nanos, (long) Math.min(2 * latency(now), FADES_AFTER)), now);
  }

  /** In nanoseconds; a peak of long ago has faded even where nothing was seen since. */
  double latency(long now) {
    return seen
        ? Math.max(UNKNOWN, latencyNanos * Math.exp(-(now - seenAt) / FADES_AFTER))
        : UNKNOWN;
  }

  boolean ejected() {
    return ejected;
  }

  void eject(long until) {
    ejected = true;
    onTrial = false;
    ejectedUntil = until;
    ejections++;
  }

  /**
   * Has it be called again.
   *
   * @param trial whether few calls at once must do until one of them has succeeded
   */
  void readmit(boolean trial) {
    ejected = false;
    onTrial = trial;
  }

  /** Whether it has come back and not shown yet that it answers: the half-open state of a circuit breaker. */
  boolean onTrial() {
    return onTrial;
  }

  void passed() {
    onTrial = false;
  }
}
