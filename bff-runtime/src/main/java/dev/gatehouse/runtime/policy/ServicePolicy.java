package dev.gatehouse.runtime.policy;

/**
 * How the calls to one service are treated. Immutable.
 *
 * @param balance how an instance is chosen
 * @param outlier which instances are not called for a while
 * @param healthCheck how instances are asked whether they are well
 * @param retry which calls are tried again
 * @param hedge which calls are sent twice
 * @param breaker when no calls are sent for a while
 * @param limit how many calls are sent
 * @param fault what is broken on purpose
 * @param route where calls are sent
 * @param cache which answers are used more than once
 * @param identity who the service must be
 */
public record ServicePolicy(
    BalancePolicy balance,
    OutlierPolicy outlier,
    HealthCheckPolicy healthCheck,
    RetryPolicy retry,
    HedgePolicy hedge,
    BreakerPolicy breaker,
    LimitPolicy limit,
    FaultPolicy fault,
    RoutePolicy route,
    CachePolicy cache,
    IdentityPolicy identity) {
  /** Defaults that are safe for any service. */
  public static final ServicePolicy DEFAULT = new Builder().build();
  /** One attempt per call, and nothing in its way. */
  public static final ServicePolicy OFF = DEFAULT
      .withRetry(RetryPolicy.OFF)
      .withBreaker(BreakerPolicy.OFF)
      .withOutlier(OutlierPolicy.OFF)
      .withCache(CachePolicy.OFF);

  public ServicePolicy withBalance(BalancePolicy balance) {
    return toBuilder().balance(balance).build();
  }

  public ServicePolicy withOutlier(OutlierPolicy outlier) {
    return toBuilder().outlier(outlier).build();
  }

  public ServicePolicy withHealthCheck(HealthCheckPolicy healthCheck) {
    return toBuilder().healthCheck(healthCheck).build();
  }

  public ServicePolicy withRetry(RetryPolicy retry) {
    return toBuilder().retry(retry).build();
  }

  public ServicePolicy withHedge(HedgePolicy hedge) {
    return toBuilder().hedge(hedge).build();
  }

  public ServicePolicy withBreaker(BreakerPolicy breaker) {
    return toBuilder().breaker(breaker).build();
  }

  public ServicePolicy withLimit(LimitPolicy limit) {
    return toBuilder().limit(limit).build();
  }

  public ServicePolicy withFault(FaultPolicy fault) {
    return toBuilder().fault(fault).build();
  }

  public ServicePolicy withRoute(RoutePolicy route) {
    return toBuilder().route(route).build();
  }

  public ServicePolicy withCache(CachePolicy cache) {
    return toBuilder().cache(cache).build();
  }

  public ServicePolicy withIdentity(IdentityPolicy identity) {
    return toBuilder().identity(identity).build();
  }

  /** The same, to be changed. */
  public Builder toBuilder() {
    return new Builder()
        .balance(balance)
        .outlier(outlier)
        .healthCheck(healthCheck)
        .retry(retry)
        .hedge(hedge)
        .breaker(breaker)
        .limit(limit)
        .fault(fault)
        .route(route)
        .cache(cache)
        .identity(identity);
  }

  /**
   * The same where a sidecar carries the calls: what it does is not done twice. Retrying on both sides would multiply, and balancing,
   * routing or breaking on both sides would hide from each what the other sees. What protects the BFF itself stays.
   */
  public ServicePolicy behindSidecar() {
    return toBuilder()
        .balance(BalancePolicy.DEFAULT)
        .outlier(OutlierPolicy.OFF)
        .healthCheck(HealthCheckPolicy.OFF)
        .retry(RetryPolicy.OFF)
        .hedge(HedgePolicy.OFF)
        .breaker(BreakerPolicy.OFF)
        .route(RoutePolicy.OFF)
        .identity(IdentityPolicy.HOST)
        .build();
  }

  /** The same, with another's parts where these are not what they were before: the last word about a part holds. */
  public ServicePolicy following(ServicePolicy before, ServicePolicy after) {
    return new ServicePolicy(
        part(balance, before.balance, after.balance),
        part(outlier, before.outlier, after.outlier),
        part(healthCheck, before.healthCheck, after.healthCheck),
        part(retry, before.retry, after.retry),
        part(hedge, before.hedge, after.hedge),
        part(breaker, before.breaker, after.breaker),
        part(limit, before.limit, after.limit),
        part(fault, before.fault, after.fault),
        part(route, before.route, after.route),
        part(cache, before.cache, after.cache),
        part(identity, before.identity, after.identity));
  }

  private static <P> P part(P own, P before, P after) {
    return before.equals(after) ? own : after;
  }

  /** Collects policies; what is not set has its default. */
  public static final class Builder {
    private BalancePolicy balance = BalancePolicy.DEFAULT;
    private OutlierPolicy outlier = OutlierPolicy.DEFAULT;
    private HealthCheckPolicy healthCheck = HealthCheckPolicy.OFF;
    private RetryPolicy retry = RetryPolicy.DEFAULT;
    private HedgePolicy hedge = HedgePolicy.OFF;
    private BreakerPolicy breaker = BreakerPolicy.DEFAULT;
    private LimitPolicy limit = LimitPolicy.OFF;
    private FaultPolicy fault = FaultPolicy.OFF;
    private RoutePolicy route = RoutePolicy.OFF;
    private CachePolicy cache = CachePolicy.DEFAULT;
    private IdentityPolicy identity = IdentityPolicy.HOST;

    public Builder balance(BalancePolicy balance) {
      this.balance = balance;
      return this;
    }

    public Builder outlier(OutlierPolicy outlier) {
      this.outlier = outlier;
      return this;
    }

    public Builder healthCheck(HealthCheckPolicy healthCheck) {
      this.healthCheck = healthCheck;
      return this;
    }

    public Builder retry(RetryPolicy retry) {
      this.retry = retry;
      return this;
    }

    public Builder hedge(HedgePolicy hedge) {
      this.hedge = hedge;
      return this;
    }

    public Builder breaker(BreakerPolicy breaker) {
      this.breaker = breaker;
      return this;
    }

    public Builder limit(LimitPolicy limit) {
      this.limit = limit;
      return this;
    }

    public Builder fault(FaultPolicy fault) {
      this.fault = fault;
      return this;
    }

    public Builder route(RoutePolicy route) {
      this.route = route;
      return this;
    }

    public Builder cache(CachePolicy cache) {
      this.cache = cache;
      return this;
    }

    public Builder identity(IdentityPolicy identity) {
      this.identity = identity;
      return this;
    }

    public ServicePolicy build() {
      return new ServicePolicy(
          balance,
          outlier,
          healthCheck,
          retry,
          hedge,
          breaker,
          limit,
          fault,
          route,
          cache,
          identity);
    }
  }
}
