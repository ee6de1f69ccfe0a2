package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.config.CacheSettings;
import dev.gatehouse.runtime.config.CacheSettings.Redis;
import dev.gatehouse.runtime.policy.CachePolicy;
import dev.gatehouse.runtime.policy.CachePolicy.Store;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which answers of a service are used more than once, and where they are kept. */
final class CacheKeys {
  private static final ValueType<Store> STORES = ValueTypes.choice(Store.class);

  static final Setting<Integer> MAX_BYTES = Setting.of(
      Section.CACHE,
      "max-bytes",
      ValueTypes.size(0, 1 << 30),
      CacheSettings.DEFAULT.maxBytes(),
      "Roughly the most memory that kept answers of one BFF take, of all its services and instances together; what is used least gives way.");
  static final Setting<Store> STORE = Setting.of(
      Section.CACHE,
      "store",
      STORES,
      CachePolicy.DEFAULT.store(),
      "Where answers are kept: in the process, or in Redis, too, for all processes.");
  static final Setting<String> REDIS_URL = new Setting<>(
      Section.CACHE,
      "redis.url",
      ValueTypes.text(
          "redis://HOST[:PORT][/DATABASE], rediss://… or unix://PATH",
          Pattern.compile("(rediss?|unix)://[^\\s\\p{Cntrl}]+")),
      null,
      "A Redis that keeps answers, such as `redis://127.0.0.1:6379`.",
      true);
  static final Setting<String> REDIS_PREFIX = Setting.of(
      Section.CACHE,
      "redis.prefix",
      ValueTypes.text(
          "the beginning of keys, without braces", Pattern.compile("[^\\s\\p{Cntrl}{}]{1,200}")),
      Redis.PREFIX,
      "What the keys of answers begin with. Processes that call different services by the same names need different ones.");
  static final Setting<Duration> REDIS_TIMEOUT = Setting.of(
      Section.CACHE,
      "redis.timeout",
      ValueTypes.duration(Duration.ofMillis(1), Duration.ofSeconds(10)),
      Redis.TIMEOUT,
      "The most time that a call waits for Redis before it goes to its service; half of the call's own time where that is less.");

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
  static final Setting<Store> SERVICE_STORE = Setting.of(
      Section.SERVICE, "cache.store", STORES, null, "As `cache.store`, for this service.");

  static final List<Setting<?>> ALL = List.of(STORED, SHARED, STALE_IF_ERROR, SERVICE_STORE);
  static final List<Setting<?>> PROCESS =
      List.of(MAX_BYTES, STORE, REDIS_URL, REDIS_PREFIX, REDIS_TIMEOUT);

  private CacheKeys() {}

  /**
   * What the whole process shares.
   *
   * @param services those that may need it
   */
  static CacheSettings readProcess(Values values, Map<String, ServiceSettings> services) {
    int before = values.problems().size();
    String url = values.find(REDIS_URL, "");
    if (url == null && values.problems().size() == before) {
      services.entrySet().stream()
          .filter(service -> service.getValue().policy().cache().store() == Store.REDIS)
          .findFirst()
          .ifPresent(service -> values.problem(REDIS_URL.key("") + ": missing (expected: "
              + REDIS_URL.type().expected() + ", for " + SERVICE_STORE.key(service.getKey())
              + ": redis)"));
    }
    String prefix = values.get(REDIS_PREFIX, "");
    Duration timeout = values.get(REDIS_TIMEOUT, "");
    return new CacheSettings(
        values.get(MAX_BYTES, ""), url == null ? null : new Redis(url, prefix, timeout));
  }

  static CachePolicy read(Values values, String service) {
    return new CachePolicy(
        values.get(STORED, service),
        values.get(SHARED, service),
        values.get(STALE_IF_ERROR, service),
        values.get(SERVICE_STORE, service, STORE));
  }
}
