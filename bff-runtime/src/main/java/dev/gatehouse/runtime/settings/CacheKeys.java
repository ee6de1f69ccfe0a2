package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.policy.CachePolicy;
import java.time.Duration;
import java.util.List;

/** Which answers of a service are used more than once. */
final class CacheKeys {
  static final Setting<Boolean> STORED = Setting.of(
      Section.SERVICE,
      "cache.stored",
      ValueTypes.flag(),
      CachePolicy.DEFAULT.stored(),
      "Whether answers are kept as long as the service says that they are fresh.");
  static final Setting<Boolean> SHARED = Setting.of(
      Section.SERVICE,
      "cache.shared",
      ValueTypes.flag(),
      CachePolicy.DEFAULT.shared(),
      "Whether safe calls that are the same, and under way at the same time, are sent once.");
  static final Setting<Duration> STALE_IF_ERROR = Setting.of(
      Section.SERVICE,
      "cache.stale-if-error",
      ValueTypes.duration(Duration.ZERO, Duration.ofHours(24)),
      CachePolicy.DEFAULT.staleIfError(),
      "How long an answer that is no longer fresh may stand in where the service fails and says nothing about that.");

  static final List<Setting<?>> ALL = List.of(STORED, SHARED, STALE_IF_ERROR);

  private CacheKeys() {}

  static CachePolicy read(Values values, String service) {
    return new CachePolicy(
        values.get(STORED, service),
        values.get(SHARED, service),
        values.get(STALE_IF_ERROR, service));
  }
}
