package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.policy.BalancePolicy;
import dev.gatehouse.runtime.policy.BalancePolicy.Algorithm;
import dev.gatehouse.runtime.policy.BalancePolicy.HashKey;
import dev.gatehouse.runtime.policy.BalancePolicy.HashKey.Source;
import dev.gatehouse.runtime.policy.HealthCheckPolicy;
import dev.gatehouse.runtime.policy.OutlierPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which instance of a service is called. */
final class BalanceKeys {
  private static final BalancePolicy DEFAULT = BalancePolicy.DEFAULT;
  private static final OutlierPolicy OUTLIER = OutlierPolicy.DEFAULT;
  private static final HealthCheckPolicy CHECK = HealthCheckPolicy.OFF;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Pattern NAMED_KEY = Pattern.compile("(header|cookie):([!-9;-~]{1,64})");

  static final Setting<Algorithm> ALGORITHM = Setting.of(
      Section.SERVICE,
      "balance.algorithm",
      ValueTypes.choice(Algorithm.class),
      DEFAULT.algorithm(),
      "How one of the instances is chosen.");
  static final Setting<HashKey> KEY = Setting.of(
      Section.SERVICE,
      "balance.key",
      new ValueType<>(
          "`input`, `caller`, `header:NAME` or `cookie:NAME`",
          "input, caller, header:NAME or cookie:NAME",
          BalanceKeys::key,
          BalanceKeys::show),
      DEFAULT.key(),
      "Of what `ring-hash` and `maglev` make a hash.");
  static final Setting<Duration> SLOW_START = Setting.of(
      Section.SERVICE,
      "balance.slow-start",
      ValueTypes.duration(Duration.ZERO, HOUR),
      DEFAULT.slowStart(),
      "How long an instance that is new, or has come back, gets less than its share; 0 for not at all.");
  static final Setting<Boolean> ANY_FOR_EMPTY_SUBSET = Setting.of(
      Section.SERVICE,
      "balance.any-for-empty-subset",
      ValueTypes.flag(),
      DEFAULT.anyForEmptySubset(),
      "Whether a call that routing sends to a subset without instances goes to any instance, and is not refused.");
  static final Setting<Integer> CONSECUTIVE_FAILURES = Setting.of(
      Section.SERVICE,
      "outlier.consecutive-failures",
      ValueTypes.number(0, 1000),
      OUTLIER.consecutiveFailures(),
      "After as many failures in a row an instance is not called for a while; 0 for no ejection at all.");
  static final Setting<Duration> INTERVAL = Setting.of(
      Section.SERVICE,
      "outlier.interval",
      ValueTypes.duration(Duration.ZERO, HOUR),
      OUTLIER.interval(),
      "How often success rates are compared; 0 for never.");
  static final Setting<Integer> LEAST_INSTANCES = Setting.of(
      Section.SERVICE,
      "outlier.least-instances",
      ValueTypes.number(2, 1000),
      OUTLIER.leastInstances(),
      "So many must have had enough calls in an interval for success rates to be compared.");
  static final Setting<Integer> LEAST_CALLS = Setting.of(
      Section.SERVICE,
      "outlier.least-calls",
      ValueTypes.number(1, 1_000_000),
      OUTLIER.leastCalls(),
      "How many calls in an interval are enough for an instance's success rate to count.");
  static final Setting<Integer> DEVIATIONS = Setting.of(
      Section.SERVICE,
      "outlier.deviations",
      ValueTypes.number(1, 100_000),
      OUTLIER.deviations(),
      "By how many thousandths of a standard deviation a success rate below the mean ejects.");
  static final Setting<Integer> PROBES = Setting.of(
      Section.SERVICE,
      "outlier.probes",
      ValueTypes.number(1, 1000),
      OUTLIER.probes(),
      "How many calls at once an instance gets that is back, until one of them has succeeded.");
  static final Setting<Duration> EJECT_FOR = Setting.of(
      Section.SERVICE,
      "outlier.eject-for",
      ValueTypes.duration(Duration.ofMillis(1), HOUR),
      OUTLIER.ejectFor(),
      "How long an instance is not called the first time; twice as long each further time.");
  static final Setting<Duration> MAX_EJECT_FOR = Setting.of(
      Section.SERVICE,
      "outlier.max-eject-for",
      ValueTypes.duration(Duration.ofMillis(1), HOUR),
      OUTLIER.maxEjectFor(),
      "It is never left out for longer.");
  static final Setting<Integer> MAX_EJECTED_PERCENT = Setting.of(
      Section.SERVICE,
      "outlier.max-ejected-percent",
      ValueTypes.number(0, 100),
      OUTLIER.maxEjectedPercent(),
      "The largest share of the instances that is left out at once; one may always be, unless it is the only one.");
  static final Setting<Integer> PANIC_PERCENT = Setting.of(
      Section.SERVICE,
      "outlier.panic-percent",
      ValueTypes.number(0, 100),
      OUTLIER.panicPercent(),
      "With a smaller share of the instances well, all are called; 0 for never.");
  static final Setting<String> CHECK_PATH = Setting.of(
      Section.SERVICE,
      "health-check.path",
      ValueTypes.text("a path, such as /health", Pattern.compile("(/[!-~]{0,255})?")),
      CHECK.path(),
      "Instances are asked at this path whether they are well; empty for not at all.");
  static final Setting<Duration> CHECK_INTERVAL = Setting.of(
      Section.SERVICE,
      "health-check.interval",
      ValueTypes.duration(Duration.ofMillis(100), HOUR),
      CHECK.interval(),
      "How often each instance is asked.");
  static final Setting<Duration> CHECK_TIMEOUT = Setting.of(
      Section.SERVICE,
      "health-check.timeout",
      ValueTypes.duration(Duration.ofMillis(1), Duration.ofMinutes(1)),
      CHECK.timeout(),
      "For its answer, which must be a status from 200 to 299.");
  static final Setting<Integer> HEALTHY_AFTER = Setting.of(
      Section.SERVICE,
      "health-check.healthy-after",
      ValueTypes.number(1, 100),
      CHECK.healthyAfter(),
      "Good answers in a row until it is called again.");
  static final Setting<Integer> UNHEALTHY_AFTER = Setting.of(
      Section.SERVICE,
      "health-check.unhealthy-after",
      ValueTypes.number(1, 100),
      CHECK.unhealthyAfter(),
      "Bad answers in a row until it is called no more.");

  static final List<Setting<?>> ALL = List.of(
      ALGORITHM,
      KEY,
      SLOW_START,
      ANY_FOR_EMPTY_SUBSET,
      CONSECUTIVE_FAILURES,
      INTERVAL,
      LEAST_INSTANCES,
      LEAST_CALLS,
      DEVIATIONS,
      PROBES,
      EJECT_FOR,
      MAX_EJECT_FOR,
      MAX_EJECTED_PERCENT,
      PANIC_PERCENT,
      CHECK_PATH,
      CHECK_INTERVAL,
      CHECK_TIMEOUT,
      HEALTHY_AFTER,
      UNHEALTHY_AFTER);

  private BalanceKeys() {}

  static BalancePolicy balance(Values values, String service) {
    return new BalancePolicy(
        values.get(ALGORITHM, service),
        values.get(KEY, service),
        values.get(ProcessKeys.ZONE, ""),
        values.get(SLOW_START, service),
        values.get(ANY_FOR_EMPTY_SUBSET, service));
  }

  static OutlierPolicy outlier(Values values, String service) {
    return new OutlierPolicy(
        values.get(CONSECUTIVE_FAILURES, service),
        values.get(INTERVAL, service),
        values.get(LEAST_INSTANCES, service),
        values.get(LEAST_CALLS, service),
        values.get(DEVIATIONS, service),
        values.get(EJECT_FOR, service),
        values.get(MAX_EJECT_FOR, service),
        values.get(PROBES, service),
        values.get(MAX_EJECTED_PERCENT, service),
        values.get(PANIC_PERCENT, service));
  }

  static HealthCheckPolicy healthCheck(Values values, String service) {
    return new HealthCheckPolicy(
        values.get(CHECK_PATH, service),
        values.get(CHECK_INTERVAL, service),
        values.get(CHECK_TIMEOUT, service),
        values.get(HEALTHY_AFTER, service),
        values.get(UNHEALTHY_AFTER, service));
  }

  private static @Nullable HashKey key(Object raw) {
    String text = String.valueOf(raw);
    var named = NAMED_KEY.matcher(text);
    if (named.matches()) {
      Source source = Source.valueOf(named.group(1).toUpperCase(Locale.ROOT));
      return new HashKey(source, named.group(2));
    }
    return switch (text) {
      case "input" -> HashKey.INPUT;
      case "caller" -> new HashKey(Source.CALLER, "");
      default -> null;
    };
  }

  private static String show(HashKey key) {
    String source = key.source().name().toLowerCase(Locale.ROOT);
    return key.name().isEmpty() ? source : source + ":" + key.name();
  }
}
