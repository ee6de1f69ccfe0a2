package dev.gatehouse.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.runtime.config.CacheSettings;
import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.policy.CachePolicy;
import dev.gatehouse.runtime.policy.CachePolicy.Store;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheKeysTest {
  private static GatehouseSettings read(String config) {
    return SettingsLoader.ofDeployment(new JsonObject(config), "web");
  }

  private static CachePolicy policy(GatehouseSettings settings, String service) {
    return settings.services().get(service).policy().cache();
  }

  private static List<String> problems(String config) {
    return catchThrowableOfType(ConfigurationException.class, () -> read(config))
        .problems();
  }

  @Test
  void whereNothingIsGivenTheDefaultsHold() {
    GatehouseSettings settings =
        read("{\"services\": {\"catalog\": {\"endpoints\": \"http://c\"}}}");
    assertThat(settings.cache()).isEqualTo(CacheSettings.DEFAULT);
    assertThat(policy(settings, "catalog")).isEqualTo(CachePolicy.DEFAULT);
  }

  @Test
  void everyKeyIsReadAndTheServicesComesFirst() {
    GatehouseSettings settings = read("""
        {"cache": {"max-bytes": "1MiB", "store": "redis",
                   "redis": {"url": "rediss://:s3cret@redis:6380/2", "prefix": "shop:", "timeout": "80ms"}},
         "services": {"catalog": {"endpoints": "http://c", "cache": {"stored": true}},
                      "pricing": {"endpoints": "http://p",
                                  "cache": {"stored": true, "store": "memory", "shared": false, "stale-if-error": "5m"}}}}
        """);
    assertThat(settings.cache())
        .isEqualTo(new CacheSettings(
            1 << 20,
            new CacheSettings.Redis(
                "rediss://:s3cret@redis:6380/2", "shop:", Duration.ofMillis(80))));
    assertThat(String.valueOf(settings.cache())).doesNotContain("s3cret");
    assertThat(policy(settings, "catalog"))
        .isEqualTo(CachePolicy.DEFAULT.withStored(true).withStore(Store.REDIS));
    assertThat(policy(settings, "pricing"))
        .isEqualTo(new CachePolicy(true, false, Duration.ofMinutes(5), Store.MEMORY));
  }

  @Test
  void aServiceThatKeepsInRedisNeedsOne() {
    assertThat(problems("""
        {"services": {"catalog": {"endpoints": "http://c", "cache": {"store": "redis"}}}}
        """))
        .containsExactly(
            "cache.redis.url: missing (expected: redis://HOST[:PORT][/DATABASE], rediss://… or unix://PATH, for"
                + " services.catalog.cache.store: redis)");
  }

  @Test
  void whatCannotBeIsNamedWithoutTheSecret() {
    assertThat(problems("""
        {"cache": {"max-bytes": "-1", "redis": {"url": "http://:s3cret@redis", "prefix": "a{b", "timeout": "0ms"}},
         "services": {"catalog": {"endpoints": "http://c", "cache": {"store": "disk"}}}}
        """))
        .hasSize(5)
        .noneMatch(problem -> problem.contains("s3cret"))
        .anyMatch(problem -> problem.contains(
            "services.catalog.cache.store: disk (expected: one of memory, redis)"));
  }
}
