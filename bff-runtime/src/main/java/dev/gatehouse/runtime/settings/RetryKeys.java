package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.policy.HedgePolicy;
import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.policy.RetryPolicy.Budget;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Which calls to a service have further attempts. */
final class RetryKeys {
  private static final RetryPolicy DEFAULT = RetryPolicy.DEFAULT;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  static final Setting<Integer> ATTEMPTS = Setting.of(
      Section.SERVICE,
      "retry.attempts",
      ValueTypes.number(1, 10),
      DEFAULT.attempts(),
      "The most attempts of one call, the first included; 1 for no retries.");
  static final Setting<Duration> ATTEMPT_TIMEOUT = Setting.of(
      Section.SERVICE,
      "retry.attempt-timeout",
      ValueTypes.duration(Duration.ZERO, HOUR),
      DEFAULT.attemptTimeout(),
      "For one attempt; 0 for as long as the whole call may take.");
  static final Setting<Set<Integer>> STATUSES = Setting.of(
      Section.SERVICE,
      "retry.statuses",
      ValueTypes.statuses(),
      DEFAULT.statuses(),
      "The answers after which a call is tried again where sending it twice does no harm.");
  static final Setting<Duration> BACKOFF = Setting.of(
      Section.SERVICE,
      "retry.backoff",
      ValueTypes.duration(Duration.ZERO, MINUTE),
      DEFAULT.backoff(),
      "The first pause is a random time up to this; each further one may be twice as long.");
  static final Setting<Duration> MAX_BACKOFF = Setting.of(
      Section.SERVICE,
      "retry.max-backoff",
      ValueTypes.duration(Duration.ZERO, MINUTE),
      DEFAULT.maxBackoff(),
      "No pause is longer, unless the service asks for it with `Retry-After`.");
  static final Setting<Integer> BUDGET_PERCENT = Setting.of(
      Section.SERVICE,
      "retry.budget.percent",
      ValueTypes.number(0, 100),
      DEFAULT.budget().percent(),
      "How many further attempts there may be in any ten seconds, as a share of the calls; hedges count, too.");
  static final Setting<Integer> BUDGET_LEAST = Setting.of(
      Section.SERVICE,
      "retry.budget.least",
      ValueTypes.number(0, 10_000),
      DEFAULT.budget().least(),
      "How many there may be in any ten seconds even where that is less: so many can be saved up, and are there to begin with; each call earns its percentage of one.");
  static final Setting<Integer> HEDGE_PERCENTILE = Setting.of(
      Section.SERVICE,
      "hedge.percentile",
      ValueTypes.number(0, 99),
      HedgePolicy.OFF.percentile(),
      "A safe call that takes longer than this percentile of its operation's recent ones is sent a second time; 0 for never.");
  static final Setting<Duration> HEDGE_LEAST = Setting.of(
      Section.SERVICE,
      "hedge.least",
      ValueTypes.duration(Duration.ZERO, MINUTE),
      HedgePolicy.OFF.least(),
      "It is never sent a second time sooner than this.");

  static final List<Setting<?>> ALL = List.of(
      ATTEMPTS,
      ATTEMPT_TIMEOUT,
      STATUSES,
      BACKOFF,
      MAX_BACKOFF,
      BUDGET_PERCENT,
      BUDGET_LEAST,
      HEDGE_PERCENTILE,
      HEDGE_LEAST);

  private RetryKeys() {}

  static RetryPolicy retry(Values values, String service) {
    return new RetryPolicy(
        values.get(ATTEMPTS, service),
        values.get(ATTEMPT_TIMEOUT, service),
        values.get(STATUSES, service),
        values.get(BACKOFF, service),
        values.get(MAX_BACKOFF, service),
        new Budget(values.get(BUDGET_PERCENT, service), values.get(BUDGET_LEAST, service)));
  }

  static HedgePolicy hedge(Values values, String service) {
    return new HedgePolicy(values.get(HEDGE_PERCENTILE, service), values.get(HEDGE_LEAST, service));
  }
}
