package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.ServiceSettings.HttpVersion;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How one service is reached. */
final class ServiceKeys {
  private static final ServiceSettings DEFAULT = ServiceSettings.builder().build();
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  static final Pattern AUTHORITY_TEXT =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?");

  static final Setting<List<Endpoint>> ENDPOINTS = service(
      "endpoints",
      ValueTypes.endpoints(),
      null,
      "Its addresses, such as `http://catalog:8080`; `https` and `h2c` work too. Required, but with `discovery.type` or `mesh.sidecar.proxy`.");
  static final Setting<String> AUTHORITY = service(
      "authority",
      ValueTypes.text("HOST or HOST:PORT", AUTHORITY_TEXT),
      null,
      "The `Host` to send, which is also the name that a certificate must show; the endpoint's own where not given.");
  static final Setting<HttpVersion> HTTP_VERSION = service(
      "http-version",
      ValueTypes.choice(HttpVersion.class),
      DEFAULT.httpVersion(),
      "What to speak over TLS: HTTP/2 where the service offers it, or HTTP/1.1 only.");
  static final Setting<Duration> CONNECT_TIMEOUT = service(
      "connect-timeout",
      ValueTypes.duration(MILLISECOND, Duration.ofMinutes(1)),
      DEFAULT.connectTimeout(),
      "For a new connection, together with its handshakes.");
  static final Setting<Duration> REQUEST_TIMEOUT = service(
      "request-timeout",
      ValueTypes.duration(MILLISECOND, HOUR),
      DEFAULT.requestTimeout(),
      "For one call, to its last byte, where the operation states none.");
  static final Setting<Integer> MAX_CONNECTIONS = service(
      "max-connections",
      ValueTypes.number(1, 10_000),
      DEFAULT.maxConnections(),
      "The most connections to one endpoint, per BFF instance.");
  static final Setting<Integer> MAX_WAITING = service(
      "max-waiting",
      ValueTypes.number(0, 1_000_000),
      DEFAULT.maxWaiting(),
      "The most calls that wait for a connection while all are busy; further ones are refused.");
  static final Setting<Duration> IDLE_TIMEOUT = service(
      "idle-timeout",
      ValueTypes.duration(MILLISECOND, HOUR),
      DEFAULT.idleTimeout(),
      "How long an unused connection stays open.");
  static final Setting<Duration> STREAM_IDLE_TIMEOUT = service(
      "stream-idle-timeout",
      ValueTypes.duration(MILLISECOND, Duration.ofHours(24)),
      DEFAULT.streamIdleTimeout(),
      "How long a stream of events may be silent until it counts as lost; comments and answers to pings are signs of life.");
  static final Setting<Integer> MAX_RESPONSE_BYTES = service(
      "max-response-bytes",
      ValueTypes.size(1, 1 << 30),
      DEFAULT.maxResponseBytes(),
      "The largest answer that is read; a larger one is a failure.");

  private static final List<Setting<?>> OWN = List.of(
      ENDPOINTS,
      AUTHORITY,
      HTTP_VERSION,
      CONNECT_TIMEOUT,
      REQUEST_TIMEOUT,
      MAX_CONNECTIONS,
      MAX_WAITING,
      IDLE_TIMEOUT,
      STREAM_IDLE_TIMEOUT,
      MAX_RESPONSE_BYTES);

  /** What makes up a service's policy, which may change while the process runs. */
  static final List<Setting<?>> POLICY = Stream.of(
          BalanceKeys.ALL,
          RetryKeys.ALL,
          BreakerKeys.ALL,
          LimitKeys.ALL,
          FaultKeys.ALL,
          RouteKeys.ALL,
          CacheKeys.ALL,
          TlsKeys.POLICY)
      .<Setting<?>>flatMap(List::stream)
      .toList();

  static final List<Setting<?>> ALL =
      Stream.of(OWN, POLICY).<Setting<?>>flatMap(List::stream).toList();

  private ServiceKeys() {}

  static ServiceSettings read(Values values, String name, boolean development) {
    List<Endpoint> sidecars = values.find(MeshKeys.SIDECAR_PROXY, "");
    boolean discovered = values.find(DiscoveryKeys.TYPE, name) != null;
    ServiceLookup lookup = discovered ? DiscoveryKeys.read(values, name) : null;
    List<Endpoint> endpoints = sidecars == null && !discovered
        ? values.require(ENDPOINTS, name)
        : values.find(ENDPOINTS, name);
    if (endpoints != null && discovered && sidecars == null) {
      values.problem("services." + name
          + ": endpoints and discovery.type are both given (expected: one of them)");
    }
    return ServiceSettings.builder()
        .shape(values.find(MeshKeys.SERVICE_SHAPE, name))
        .sidecar(sidecars == null ? null : sidecars.get(0))
        .grpcTimeout(values.get(MeshKeys.GRPC_TIMEOUT, ""))
        .discovery(lookup)
        .endpoints(endpoints == null ? List.of() : endpoints)
        .authority(authority(values.find(AUTHORITY, name), lookup))
        .httpVersion(values.get(HTTP_VERSION, name))
        .connectTimeout(values.get(CONNECT_TIMEOUT, name))
        .requestTimeout(values.get(REQUEST_TIMEOUT, name))
        .maxConnections(values.get(MAX_CONNECTIONS, name))
        .maxWaiting(values.get(MAX_WAITING, name))
        .idleTimeout(values.get(IDLE_TIMEOUT, name))
        .streamIdleTimeout(values.get(STREAM_IDLE_TIMEOUT, name))
        .maxResponseBytes(values.get(MAX_RESPONSE_BYTES, name))
        .tls(TlsKeys.read(values, name))
        .policy(policy(values, name, development))
        .build();
  }

  private static @Nullable String authority(
      @Nullable String given, @Nullable ServiceLookup lookup) {
    return given != null || lookup == null ? given : lookup.source().authority(lookup);
  }

  private static ServicePolicy policy(Values values, String name, boolean development) {
    return ServicePolicy.DEFAULT.toBuilder()
        .balance(BalanceKeys.balance(values, name))
        .outlier(BalanceKeys.outlier(values, name))
        .healthCheck(BalanceKeys.healthCheck(values, name))
        .retry(RetryKeys.retry(values, name))
        .hedge(RetryKeys.hedge(values, name))
        .breaker(BreakerKeys.read(values, name))
        .limit(LimitKeys.read(values, name))
        .fault(FaultKeys.read(values, name, development))
        .route(RouteKeys.read(values, name))
        .cache(CacheKeys.read(values, name))
        .identity(TlsKeys.identity(values, name))
        .build();
  }

  private static <T> Setting<T> service(
      String leaf, ValueType<T> type, @Nullable T byDefault, String description) {
    return Setting.of(Section.SERVICE, leaf, type, byDefault, description);
  }
}
