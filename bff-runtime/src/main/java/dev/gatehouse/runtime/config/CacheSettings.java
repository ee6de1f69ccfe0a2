package dev.gatehouse.runtime.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where answers of services are kept. Immutable.
 *
 * @param maxBytes roughly the most memory that kept answers of one BFF take, of all its services and instances together
 * @param redis where answers are kept for other processes, too; null for nowhere
 */
public record CacheSettings(int maxBytes, @Nullable Redis redis) {
  /** 32 MiB, and no Redis. */
  public static final CacheSettings DEFAULT = new CacheSettings(32 << 20, null);

  /**
   * A Redis that keeps answers. Needs {@code io.vertx:vertx-redis-client} on the class path.
   *
   * @param url {@code redis://[:PASSWORD@]HOST[:PORT][/DATABASE]}, or {@code rediss} for TLS
   * @param prefix of all keys
   * @param timeout the most time that a call waits for it
   */
  public record Redis(String url, String prefix, Duration timeout) {
    /** What keys begin with. */
    public static final String PREFIX = "gatehouse:answers:";

    /** 50 milliseconds. */
    public static final Duration TIMEOUT = Duration.ofMillis(50);

    /** At a URL, with the defaults for everything else. */
    public static Redis at(String url) {
      return new Redis(url, PREFIX, TIMEOUT);
    }

    public Redis withPrefix(String prefix) {
      return new Redis(url, prefix, timeout);
    }

    public Redis withTimeout(Duration timeout) {
      return new Redis(url, prefix, timeout);
    }

    /** Without user and password. */
    @Override
    public String toString() {
      return "Redis at " + url.replaceFirst("//[^/]*@", "//");
    }
  }

  public CacheSettings withMaxBytes(int maxBytes) {
    return new CacheSettings(maxBytes, redis);
  }

  public CacheSettings withRedis(@Nullable Redis redis) {
    return new CacheSettings(maxBytes, redis);
  }
}
