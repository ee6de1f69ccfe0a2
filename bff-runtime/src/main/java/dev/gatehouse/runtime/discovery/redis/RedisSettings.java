package dev.gatehouse.runtime.discovery.redis;

import dev.gatehouse.runtime.discovery.Source;
import dev.gatehouse.runtime.discovery.SourceSettings;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * A Redis in which each service is a sorted set, {@code PREFIX} and its name: each member an instance, its score the time in
 * seconds since 1970 until which it lives. Needs {@code io.vertx:vertx-redis-client} on the class path. Immutable.
 *
 * @param url {@code redis://[:PASSWORD@]HOST[:PORT][/DATABASE]}, or {@code rediss} for TLS
 * @param prefix of the keys
 * @param every the pause between two looks
 * @param timeout how long one look may take
 */
public record RedisSettings(String url, String prefix, Duration every, Duration timeout)
    implements SourceSettings {
  /** What keys begin with. */
  public static final String PREFIX = "gatehouse:services:";

  /** Half a second. */
  public static final Duration EVERY = Duration.ofMillis(500);

  @Override
  public String label() {
    return "redis";
  }

  @Override
  public Source open(Vertx vertx) {
    try {
      return new RedisSource(vertx, this);
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "its client is not on the class path (expected: io.vertx:vertx-redis-client)", e);
    }
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return "Redis at " + url.replaceFirst("//[^/]*@", "//");
  }
}
