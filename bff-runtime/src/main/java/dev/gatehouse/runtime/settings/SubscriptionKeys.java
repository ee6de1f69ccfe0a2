package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.config.SubscriptionSettings;
import java.time.Duration;
import java.util.List;

/** What the GraphQL doors of one BFF take on that lasts. */
final class SubscriptionKeys {
  private static final SubscriptionSettings DEFAULT = SubscriptionSettings.DEFAULT;

  static final Setting<Duration> INIT_TIMEOUT = duration(
      "init-timeout",
      DEFAULT.initTimeout(),
      Duration.ofMinutes(1),
      "Within what time a WebSocket must be initialised.");
  static final Setting<Duration> KEEP_ALIVE = duration(
      "keep-alive",
      DEFAULT.keepAlive(),
      Duration.ofHours(1),
      "How often a client is shown that the connection lives; less than the listener's idle timeout.");
  static final Setting<Duration> IDLE_TIMEOUT = duration(
      "idle-timeout",
      DEFAULT.idleTimeout(),
      Duration.ofHours(24),
      "After what time a WebSocket without operations is closed.");
  static final Setting<Integer> MAX_CONNECTIONS = number(
      "max-connections",
      100_000,
      DEFAULT.maxConnections(),
      "The most WebSockets at the same time, per instance.");
  static final Setting<Integer> MAX_PER_CONNECTION = number(
      "max-per-connection",
      10_000,
      DEFAULT.maxPerConnection(),
      "The most operations of one WebSocket at the same time.");
  static final Setting<Integer> BUFFER = number(
      "buffer",
      10_000,
      DEFAULT.buffer(),
      "How many events wait for a slow reader, where the field does not say otherwise.");
  static final Setting<Integer> BUFFER_BYTES = Setting.of(
      Section.BFF,
      "graphql.subscriptions.buffer-bytes",
      ValueTypes.size(1_024, 1 << 28),
      DEFAULT.bufferBytes(),
      "How many bytes of events wait for a slow reader, whatever the field says; the event that passes it still waits.");
  static final Setting<List<String>> ALLOWED_ORIGINS = Setting.of(
      Section.BFF,
      "graphql.subscriptions.allowed-origins",
      ValueTypes.origins(),
      DEFAULT.allowedOrigins(),
      "The origins whose pages may open WebSockets, besides the BFF's own; `*` for all.");
  static final Setting<List<String>> INIT_HEADERS = Setting.of(
      Section.BFF,
      "graphql.subscriptions.init-headers",
      MeshKeys.HEADER_NAMES,
      DEFAULT.initHeaders(),
      "Entries of the payload of `connection_init` that count as request headers, such as `[authorization]`, since pages cannot set headers"
          + " of WebSockets. Who asks is then found out with them.");

  static final List<Setting<?>> ALL = List.of(
      INIT_TIMEOUT,
      KEEP_ALIVE,
      IDLE_TIMEOUT,
      MAX_CONNECTIONS,
      MAX_PER_CONNECTION,
      BUFFER,
      BUFFER_BYTES,
      ALLOWED_ORIGINS,
      INIT_HEADERS);

  private SubscriptionKeys() {}

  private static Setting<Duration> duration(
      String leaf, Duration byDefault, Duration most, String description) {
    return Setting.of(
        Section.BFF,
        "graphql.subscriptions." + leaf,
        ValueTypes.duration(Duration.ofMillis(1), most),
        byDefault,
        description);
  }

  private static Setting<Integer> number(String leaf, int most, int byDefault, String description) {
    return Setting.of(
        Section.BFF,
        "graphql.subscriptions." + leaf,
        ValueTypes.number(1, most),
        byDefault,
        description);
  }

  static SubscriptionSettings read(Values values, String bff) {
    return new SubscriptionSettings(
        values.get(INIT_TIMEOUT, bff),
        values.get(KEEP_ALIVE, bff),
        values.get(IDLE_TIMEOUT, bff),
        values.get(MAX_CONNECTIONS, bff),
        values.get(MAX_PER_CONNECTION, bff),
        values.get(BUFFER, bff),
        values.get(BUFFER_BYTES, bff),
        values.get(ALLOWED_ORIGINS, bff),
        values.get(INIT_HEADERS, bff));
  }
}
