package dev.gatehouse.runtime.config;

import java.time.Duration;
import java.util.List;

/**
 * What a BFF's GraphQL doors take on that lasts: subscriptions and WebSockets. Immutable.
 *
 * @param initTimeout within which a WebSocket must be initialised
 * @param keepAlive between two signs of life to a client; one that shows none itself for twice as long is given up
 * @param idleTimeout after which a WebSocket without operations is closed
 * @param maxConnections WebSockets at the same time, per BFF instance; beyond, 503
 * @param maxPerConnection operations of one WebSocket at the same time
 * @param buffer events that wait for a reader who is slow, where the field does not say otherwise
 * @param bufferBytes what they may take; the one that passes it still waits, so that none is too large to be told
 * @param allowedOrigins from which pages may open WebSockets, besides the BFF's own origin; {@code *} for all
 * @param initHeaders names, in lower case, of entries of the payload of {@code connection_init} that count as headers of the handshake; the
 *     caller of a WebSocket is then found out when it is initialised. None for the handshake's own alone
 */
public record SubscriptionSettings(
    Duration initTimeout,
    Duration keepAlive,
    Duration idleTimeout,
    int maxConnections,
    int maxPerConnection,
    int buffer,
    int bufferBytes,
    List<String> allowedOrigins,
    List<String> initHeaders) {

  /** 3 s, 12 s, 5 min, 1000 WebSockets, 100 operations, 16 events of 1 MiB together, only the BFF's own origin. */
  public static final SubscriptionSettings DEFAULT = new SubscriptionSettings(
      Duration.ofSeconds(3),
      Duration.ofSeconds(12),
      Duration.ofMinutes(5),
      1_000,
      100,
      16,
      1 << 20,
      List.of(),
      List.of());

  public SubscriptionSettings {
    allowedOrigins = List.copyOf(allowedOrigins);
    initHeaders = List.copyOf(initHeaders);
  }

  public SubscriptionSettings withTimes(
      Duration initTimeout, Duration keepAlive, Duration idleTimeout) {
    return new SubscriptionSettings(
        initTimeout,
        keepAlive,
        idleTimeout,
        maxConnections,
        maxPerConnection,
        buffer,
        bufferBytes,
        allowedOrigins,
        initHeaders);
  }

  public SubscriptionSettings withLimits(int maxConnections, int maxPerConnection, int buffer) {
    return new SubscriptionSettings(
        initTimeout,
        keepAlive,
        idleTimeout,
        maxConnections,
        maxPerConnection,
        buffer,
        bufferBytes,
        allowedOrigins,
        initHeaders);
  }

  public SubscriptionSettings withBufferBytes(int bufferBytes) {
    return new SubscriptionSettings(
        initTimeout,
        keepAlive,
        idleTimeout,
        maxConnections,
        maxPerConnection,
        buffer,
        bufferBytes,
        allowedOrigins,
        initHeaders);
  }

  public SubscriptionSettings withAllowedOrigins(List<String> allowedOrigins) {
    return new SubscriptionSettings(
        initTimeout,
        keepAlive,
        idleTimeout,
        maxConnections,
        maxPerConnection,
        buffer,
        bufferBytes,
        allowedOrigins,
        initHeaders);
  }

  public SubscriptionSettings withInitHeaders(List<String> initHeaders) {
    return new SubscriptionSettings(
        initTimeout,
        keepAlive,
        idleTimeout,
        maxConnections,
        maxPerConnection,
        buffer,
        bufferBytes,
        allowedOrigins,
        initHeaders);
  }
}
