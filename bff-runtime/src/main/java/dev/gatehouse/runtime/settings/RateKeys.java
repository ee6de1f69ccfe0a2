package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.config.RateSettings;
import java.time.Duration;
import java.util.List;

/** How much one caller of the GraphQL doors may cost. */
final class RateKeys {
  private static final RateSettings DEFAULT = RateSettings.DEFAULT;

  static final Setting<Integer> BUDGET = Setting.of(
      Section.BFF,
      "graphql.rate.budget",
      ValueTypes.number(0, 10_000_000),
      DEFAULT.budget(),
      "The calls to services that one caller may cause in each interval, by the upper bounds of plans; 0 for no limit.");
  static final Setting<Duration> INTERVAL = Setting.of(
      Section.BFF,
      "graphql.rate.interval",
      ValueTypes.duration(Duration.ofSeconds(1), Duration.ofHours(24)),
      DEFAULT.interval(),
      "In which a caller's budget comes back, evenly.");
  static final Setting<Integer> BURST = Setting.of(
      Section.BFF,
      "graphql.rate.burst",
      ValueTypes.number(0, 10_000_000),
      DEFAULT.burst(),
      "The most calls that a caller may have saved; 0 for as many as the budget.");

  static final List<Setting<?>> ALL = List.of(BUDGET, INTERVAL, BURST);

  private RateKeys() {}

  static RateSettings read(Values values, String bff) {
    return new RateSettings(
        values.get(BUDGET, bff), values.get(INTERVAL, bff), values.get(BURST, bff));
  }
}
