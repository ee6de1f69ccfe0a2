package dev.gatehouse.runtime.policy;

import java.time.Duration;

/**
 * How one of a service's instances is chosen for a call. Immutable.
 *
 * @param algorithm which of those that may be called
 * @param key of what a hash is made, where the algorithm takes one
 * @param zone where the BFF runs, whose instances are preferred; empty for none
 * @param slowStart how long an instance that is new, or has come back, gets less than its share; zero for not at all
 * @param anyForEmptySubset whether a call for a subset without instances goes to any instance, and is not refused
 */
public record BalancePolicy(
    Algorithm algorithm, HashKey key, String zone, Duration slowStart, boolean anyForEmptySubset) {
  /** The less busy of two, wherever they are. */
  public static final BalancePolicy DEFAULT =
      new BalancePolicy(Algorithm.LEAST_REQUESTS, HashKey.INPUT, "", Duration.ZERO, false);

  /** Ways to choose. All but the hashes respect weights at each choice, the hashes in how many keys an instance gets. */
  public enum Algorithm {
    /** Each in turn; those with more weight more often, spread evenly (earliest deadline first). */
    ROUND_ROBIN,
    /** Any. */
    RANDOM,
    /** Of two at random, the one with fewer calls under way (Mitzenmacher, "The Power of Two Choices", 2001). */
    LEAST_REQUESTS,
    /** Of two at random, the one whose latency, weighed by its calls under way, is lower; a peak counts at once, and fades. */
    PEAK_EWMA,
    /** The same for the same key (Karger et al., "Consistent Hashing and Random Trees", 1997). */
    RING_HASH,
    /** The same for the same key, with shares more even and more keys moved on a change (Eisenbud et al., "Maglev", 2016). */
    MAGLEV
  }

  /**
   * Of what a hash is made. A call that lacks it goes to the less busy of two.
   *
   * @param source where the key is
   * @param name of the header or cookie; empty for the other sources
   */
  public record HashKey(Source source, String name) {
    /** The call's path, query and body. */
    public static final HashKey INPUT = new HashKey(Source.INPUT, "");

    /** Where a key is. */
    public enum Source {
      /** A header of the request from outside. */
      HEADER,
      /** A cookie of the request from outside. */
      COOKIE,
      /** Who asks. */
      CALLER,
      /** The call's path, query and body. */
      INPUT
    }
  }

  public BalancePolicy withAlgorithm(Algorithm algorithm) {
    return new BalancePolicy(algorithm, key, zone, slowStart, anyForEmptySubset);
  }

  public BalancePolicy withKey(HashKey key) {
    return new BalancePolicy(algorithm, key, zone, slowStart, anyForEmptySubset);
  }

  public BalancePolicy withZone(String zone) {
    return new BalancePolicy(algorithm, key, zone, slowStart, anyForEmptySubset);
  }

  public BalancePolicy withSlowStart(Duration slowStart) {
    return new BalancePolicy(algorithm, key, zone, slowStart, anyForEmptySubset);
  }

  public BalancePolicy withAnyForEmptySubset(boolean anyForEmptySubset) {
    return new BalancePolicy(algorithm, key, zone, slowStart, anyForEmptySubset);
  }
}
