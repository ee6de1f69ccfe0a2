package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.config.AccessLogMode;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.BffSettings.Compression;
import dev.gatehouse.runtime.config.BffSettings.Limits;
import dev.gatehouse.runtime.config.BffSettings.Listener;
import dev.gatehouse.runtime.config.LogFormat;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one BFF runs. */
final class BffKeys {
  private static final BffSettings DEFAULT = BffSettings.named("default");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  static final Setting<String> HOST = bff(
      "listener.host",
      ProcessKeys.HOST,
      Listener.DEFAULT.host(),
      "The address that the public listener binds.");
  static final Setting<Integer> PORT = bff(
      "listener.port",
      ValueTypes.number(0, 65535),
      Listener.DEFAULT.port(),
      "The port of the public listener; 0 for any that is free.");
  static final Setting<Duration> IDLE_TIMEOUT = bff(
      "listener.idle-timeout",
      ValueTypes.duration(Duration.ofSeconds(1), HOUR),
      Listener.DEFAULT.idleTimeout(),
      "How long a connection on which nothing happens stays open.");
  static final Setting<Integer> MAX_BODY_BYTES = bff(
      "limits.max-body-bytes",
      ValueTypes.size(0, 1 << 30),
      Limits.DEFAULT.maxBodyBytes(),
      "The largest request body; beyond, 413.");
  static final Setting<Integer> MAX_URI_BYTES = bff(
      "limits.max-uri-bytes",
      ValueTypes.size(64, 1 << 20),
      Limits.DEFAULT.maxUriBytes(),
      "The longest path with query; beyond, 414.");
  static final Setting<Integer> MAX_HEADER_BYTES = bff(
      "limits.max-header-bytes",
      ValueTypes.size(256, 1 << 20),
      Limits.DEFAULT.maxHeaderBytes(),
      "The most that a request's header fields take together; beyond, 431.");
  static final Setting<Integer> MAX_CONCURRENT_REQUESTS = bff(
      "limits.max-concurrent-requests",
      ValueTypes.number(1, 1_000_000),
      Limits.DEFAULT.maxConcurrentRequests(),
      "The most requests under way at the same time, per instance; beyond, 503.");
  static final Setting<Integer> MAX_STREAMS = bff(
      "limits.max-streams",
      ValueTypes.number(1, 10_000),
      Limits.DEFAULT.maxStreams(),
      "The most requests at the same time on one HTTP/2 connection.");
  static final Setting<Duration> REQUEST_TIMEOUT = bff(
      "limits.request-timeout",
      ValueTypes.duration(MILLISECOND, HOUR),
      Limits.DEFAULT.requestTimeout(),
      "The deadline of a composite that states none of its own.");
  static final Setting<Boolean> COMPRESSION = bff(
      "compression.enabled",
      ValueTypes.flag(),
      Compression.DEFAULT.enabled(),
      "Whether answers are compressed for clients that take it.");
  static final Setting<Integer> COMPRESSION_MIN_BYTES = bff(
      "compression.min-bytes",
      ValueTypes.size(0, 1 << 30),
      Compression.DEFAULT.minBytes(),
      "Shorter answers are sent as they are.");
  static final Setting<AccessLogMode> ACCESS_LOG = bff(
      "access-log",
      ValueTypes.choice(AccessLogMode.class),
      DEFAULT.accessLog(),
      "Which requests are logged: every one, those answered with 5xx or with a part lost, or none.");
  static final Setting<Boolean> SERVER_TIMING = bff(
      "server-timing",
      ValueTypes.flag(),
      DEFAULT.serverTiming(),
      "Whether answers tell in `Server-Timing` how long each upstream call took. Shows service names to the public.");
  static final Setting<Boolean> PUBLIC_OPENAPI = bff(
      "public-openapi",
      ValueTypes.flag(),
      DEFAULT.publicOpenApi(),
      "Whether the public listener serves the API's description too.");
  static final Setting<Integer> PLAN_CACHE_SIZE = bff(
      "plan-cache-size",
      ValueTypes.number(1, 100_000),
      DEFAULT.planCacheSize(),
      "How many plans are kept, per instance.");
  static final Setting<Integer> INSTANCES = bff(
      "instances",
      ValueTypes.number(1, 1024),
      DEFAULT.instances(),
      "How many instances share the listener, one event loop each.");

  static final List<Setting<?>> ALL = List.of(
      HOST,
      PORT,
      IDLE_TIMEOUT,
      MAX_BODY_BYTES,
      MAX_URI_BYTES,
      MAX_HEADER_BYTES,
      MAX_CONCURRENT_REQUESTS,
      MAX_STREAMS,
      REQUEST_TIMEOUT,
      COMPRESSION,
      COMPRESSION_MIN_BYTES,
      ACCESS_LOG,
      SERVER_TIMING,
      PUBLIC_OPENAPI,
      PLAN_CACHE_SIZE,
      INSTANCES);

  private BffKeys() {}

  static BffSettings read(Values values, String name, boolean development, LogFormat logFormat) {
    return new BffSettings(
        name,
        new Listener(
            values.get(HOST, name), values.get(PORT, name), values.get(IDLE_TIMEOUT, name)),
        new Limits(
            values.get(MAX_BODY_BYTES, name),
            values.get(MAX_URI_BYTES, name),
            values.get(MAX_HEADER_BYTES, name),
            values.get(MAX_CONCURRENT_REQUESTS, name),
            values.get(MAX_STREAMS, name),
            values.get(REQUEST_TIMEOUT, name)),
        GraphqlKeys.read(values, name),
        MeshKeys.readBff(values, name),
        new Compression(values.get(COMPRESSION, name), values.get(COMPRESSION_MIN_BYTES, name)),
        values.get(ACCESS_LOG, name),
        logFormat,
        values.get(SERVER_TIMING, name),
        values.get(PUBLIC_OPENAPI, name),
        development,
        values.get(PLAN_CACHE_SIZE, name),
        values.get(INSTANCES, name));
  }

  private static <T> Setting<T> bff(
      String leaf, ValueType<T> type, @Nullable T byDefault, String description) {
    return Setting.of(Section.BFF, leaf, type, byDefault, description);
  }
}
