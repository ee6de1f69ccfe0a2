package dev.gatehouse.runtime.policy;

/**
 * How one of a service's instances is chosen for a call. Immutable.
 *
 * @param algorithm which of those that may be called
 */
public record BalancePolicy(Algorithm algorithm) {
  /** Each in turn. */
  public static final BalancePolicy DEFAULT = new BalancePolicy(Algorithm.ROUND_ROBIN);

  /** Ways to choose. */
  public enum Algorithm {
    /** Each in turn. */
    ROUND_ROBIN
  }
}
