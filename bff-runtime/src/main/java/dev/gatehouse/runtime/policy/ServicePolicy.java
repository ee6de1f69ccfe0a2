package dev.gatehouse.runtime.policy;

/**
 * How the calls to one service are treated. Immutable.
 *
 * @param balance how an instance is chosen
 */
public record ServicePolicy(BalancePolicy balance) {
  /** Defaults that are safe for any service. */
  public static final ServicePolicy DEFAULT = new ServicePolicy(BalancePolicy.DEFAULT);

  public ServicePolicy withBalance(BalancePolicy balance) {
    return new ServicePolicy(balance);
  }
}
