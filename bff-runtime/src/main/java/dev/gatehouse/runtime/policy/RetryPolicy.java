package dev.gatehouse.runtime.policy;

import java.time.Duration;
import java.util.Set;

/**
 * Which calls are tried again, and when. Immutable.
 *
 * @param attempts the most attempts of one call, the first included; 1 for no retries
 * @param attemptTimeout for one attempt; zero for as long as the whole call may take
 * @param statuses which are tried again where sending twice does no harm
 * @param backoff the first pause is a random time up to this; each further one may be twice as long
 * @param maxBackoff no pause is longer, unless the service asks for it
 * @param budget how many further attempts a service's calls may have together, hedges included
 */
public record RetryPolicy(
    int attempts,
    Duration attemptTimeout,
    Set<Integer> statuses,
    Duration backoff,
    Duration maxBackoff,
    Budget budget) {
  /** Two retries at most, after short pauses. */
  public static final RetryPolicy DEFAULT = new RetryPolicy(
      3,
      Duration.ZERO,
      Set.of(429, 502, 503, 504),
      Duration.ofMillis(25),
      Duration.ofMillis(250),
      Budget.DEFAULT);
  /** No retries. */
  public static final RetryPolicy OFF = DEFAULT.withAttempts(1);

  /**
   * How many further attempts there may be in any ten seconds, for all instances of a BFF in a process: the larger of the two.
   *
   * @param percent of the calls in these ten seconds; 0 to 100
   * @param least even where that is less, so that a service that is rarely called has retries, too, as long as calls have earned them:
   *     each earns {@code percent} of one, of which so many are saved up at most, and so many are there to begin with
   */
  public record Budget(int percent, int least) {
    /** A tenth, and one. */
    public static final Budget DEFAULT = new Budget(10, 1);

    public Budget {
      Range.check("percent", percent, 0, 100);
      Range.check("least", least, 0, Integer.MAX_VALUE);
    }
  }

  public RetryPolicy {
    Range.check("attempts", attempts, 1, 100);
    Range.check("attemptTimeout", attemptTimeout, Duration.ZERO);
    Range.check("backoff", backoff, Duration.ZERO);
    Range.check("maxBackoff", maxBackoff, Duration.ZERO);
    statuses.forEach(status -> Range.check("statuses", status, 400, 599));
    statuses = Set.copyOf(statuses);
  }

  public RetryPolicy withAttempts(int attempts) {
    return new RetryPolicy(attempts, attemptTimeout, statuses, backoff, maxBackoff, budget);
  }

  public RetryPolicy withAttemptTimeout(Duration attemptTimeout) {
    return new RetryPolicy(attempts, attemptTimeout, statuses, backoff, maxBackoff, budget);
  }

  public RetryPolicy withStatuses(Set<Integer> statuses) {
    return new RetryPolicy(attempts, attemptTimeout, statuses, backoff, maxBackoff, budget);
  }

  public RetryPolicy withBackoff(Duration backoff, Duration maxBackoff) {
    return new RetryPolicy(attempts, attemptTimeout, statuses, backoff, maxBackoff, budget);
  }

  public RetryPolicy withBudget(Budget budget) {
    return new RetryPolicy(attempts, attemptTimeout, statuses, backoff, maxBackoff, budget);
  }
}
