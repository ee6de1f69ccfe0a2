package dev.gatehouse.runtime.mesh.cache.redis;

import dev.gatehouse.runtime.config.CacheSettings;
import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.mesh.cache.OuterStore;
import dev.gatehouse.runtime.time.TimerWheel;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;

/** Opens stores in Redis. */
public final class RedisStores {
  private RedisStores() {}

  /**
   * Opens a store, and does not wait for its connection. Called on the event loop it belongs to.
   *
   * @param bff whose answers are kept; others do not see them
   * @throws ConfigurationException where it cannot work in this process
   */
  public static OuterStore open(
      Vertx vertx,
      CacheSettings.Redis settings,
      String bff,
      TimerWheel timers,
      MeterRegistry meters) {
    try {
      return new RedisStore(vertx, settings, bff, timers, meters);
    } catch (NoClassDefFoundError e) {
      throw new ConfigurationException(
          "cache.redis: its client is not on the class path (expected: io.vertx:vertx-redis-client)");
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "cache.redis.url: *** (expected: redis://[:PASSWORD@]HOST[:PORT][/DATABASE], rediss://… or unix://PATH)");
    }
  }
}
