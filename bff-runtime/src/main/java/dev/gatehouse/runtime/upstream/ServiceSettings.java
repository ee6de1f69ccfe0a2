package dev.gatehouse.runtime.upstream;

import dev.gatehouse.runtime.config.Shape;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.tls.TlsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one service is reached. Immutable; {@link #problems(String)} tells what is out of range, all of it at once.
 *
 * @param shape who carries its calls; null for what holds for the BFF
 * @param sidecar the local proxy to send calls to in shape {@link Shape#SIDECAR}; null where one intercepts them on their way
 * @param discovery how its instances are found; null where {@code endpoints} names them
 * @param endpoints its addresses, where {@code discovery} is null; at least one, which in shape {@link Shape#SIDECAR} is its name in the mesh
 * @param authority the {@code Host} to send, {@code HOST[:PORT]}, which is also the name a certificate must show; null for the
 *     endpoint's own
 * @param httpVersion what to speak where the endpoint's scheme leaves it open
 * @param connectTimeout for the TCP connection together with the TLS and HTTP/2 handshakes; 1 ms to 1 min
 * @param grpcTimeout whether calls tell in {@code grpc-timeout}, too, how long their answers are of use
 * @param requestTimeout for one call, from being asked for to its last byte, where the operation states none; 1 ms to 1 h
 * @param maxConnections open to one endpoint at the same time, per BFF instance; 1 to 10000
 * @param maxWaiting calls that wait for a connection to one endpoint while all are busy; 0 to 1000000
 * @param idleTimeout after which an unused connection is closed; 1 ms to 1 h
 * @param streamIdleTimeout after which a stream of events counts as lost on which nothing came, not even a comment or an answer to a ping; 1 ms to
 *     24 h
 * @param maxResponseBytes of one body; 1 to 1 GiB
 * @param tls used with {@code https} endpoints
 * @param policy how its calls are treated, until another source says otherwise
 */
public record ServiceSettings(
    @Nullable Shape shape,
    @Nullable Endpoint sidecar,
    @Nullable ServiceLookup discovery,
    List<Endpoint> endpoints,
    @Nullable String authority,
    HttpVersion httpVersion,
    Duration connectTimeout,
    boolean grpcTimeout,
    Duration requestTimeout,
    int maxConnections,
    int maxWaiting,
    Duration idleTimeout,
    Duration streamIdleTimeout,
    int maxResponseBytes,
    TlsSettings tls,
    ServicePolicy policy) {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofHours(24);

  /** What to speak over TLS. Without TLS the endpoint's scheme decides: {@code http} is HTTP/1.1, {@code h2c} is HTTP/2. */
  public enum HttpVersion {
    /** HTTP/2 where the service offers it (ALPN), else HTTP/1.1. */
    AUTO,
    /** HTTP/1.1 only. */
    HTTP_1_1
  }

  public ServiceSettings {
    endpoints = List.copyOf(endpoints);
  }

  /**
   * Defaults for everything but the address.
   *
   * @param urls such as {@code http://catalog:8080}
   * @throws IllegalArgumentException where one is not such a URL
   */
  public static ServiceSettings at(String... urls) {
    return builder()
        .endpoints(List.of(urls).stream().map(Endpoint::parse).toList())
        .build();
  }

  /** Defaults for everything; lacks endpoints. */
  public static Builder builder() {
    return new Builder();
  }

  /** The same, to be changed. */
  public Builder toBuilder() {
    return new Builder()
        .shape(shape)
        .sidecar(sidecar)
        .discovery(discovery)
        .endpoints(endpoints)
        .authority(authority)
        .httpVersion(httpVersion)
        .connectTimeout(connectTimeout)
        .grpcTimeout(grpcTimeout)
        .requestTimeout(requestTimeout)
        .maxConnections(maxConnections)
        .maxWaiting(maxWaiting)
        .idleTimeout(idleTimeout)
        .streamIdleTimeout(streamIdleTimeout)
        .maxResponseBytes(maxResponseBytes)
        .tls(tls)
        .policy(policy);
  }

  /** Whether a proxy carries its calls; where nobody states a shape, none does. */
  public boolean isBehindSidecar() {
    return shape == Shape.SIDECAR;
  }

  /** The same, in a shape of its own or else in this one. */
  public ServiceSettings orInShape(Shape byDefault) {
    return shape != null ? this : toBuilder().shape(byDefault).build();
  }

  /**
   * Everything that is out of range.
   *
   * @param key where the settings stand in the configuration, such as {@code services.catalog}; begins each message
   * @return messages such as {@code services.catalog.max-connections: 0 (expected: 1 to 10000)}; empty where all is well
   */
  public List<String> problems(String key) {
    List<String> problems = new ArrayList<>();
    if (discovery == null && endpoints.isEmpty()) {
      problems.add(
          key
              + ".endpoints: none (expected: at least one URL, such as http://HOST:8080, or discovery.type)");
    } else if (discovery != null && !endpoints.isEmpty()) {
      problems.add(key + ": endpoints and discovery.type are both given (expected: one of them)");
    }
    if (authority != null
        && !authority.matches("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?")) {
      problems.add(key + ".authority: " + authority + " (expected: HOST or HOST:PORT)");
    }
    check(problems, key + ".connect-timeout", connectTimeout, Duration.ofMinutes(1));
    check(problems, key + ".request-timeout", requestTimeout, HOUR);
    check(problems, key + ".max-connections", maxConnections, 1, 10_000);
    check(problems, key + ".max-waiting", maxWaiting, 0, 1_000_000);
    check(problems, key + ".idle-timeout", idleTimeout, HOUR);
    check(problems, key + ".stream-idle-timeout", streamIdleTimeout, DAY);
    if (tls.key() != null && tls.certificate() == null) {
      problems.add(key + ".tls.key: " + tls.key() + " (expected: with tls.certificate)");
    }
    check(problems, key + ".tls.watch-interval", tls.watchInterval(), HOUR);
    check(problems, key + ".max-response-bytes", maxResponseBytes, 1, 1 << 30);
    return problems;
  }

  private static void check(List<String> problems, String key, int value, int from, int to) {
    if (value < from || value > to) {
      problems.add(key + ": " + value + " (expected: " + from + " to " + to + ")");
    }
  }

  private static void check(List<String> problems, String key, Duration value, Duration to) {
    if (value.compareTo(SHORTEST) < 0 || value.compareTo(to) > 0) {
      problems.add(key + ": " + text(value) + " (expected: 1ms to " + text(to) + ")");
    }
  }

  private static String text(Duration value) {
    long millis = value.toMillis();
    return millis % 60_000 == 0 && millis > 0 ? millis / 60_000 + "m" : millis + "ms";
  }

  /** Collects settings; what is not set has its default. */
  public static final class Builder {
    private @Nullable Shape shape;
    private @Nullable Endpoint sidecar;
    private @Nullable ServiceLookup discovery;
    private List<Endpoint> endpoints = List.of();
    private @Nullable String authority;
    private HttpVersion httpVersion = HttpVersion.AUTO;
    private Duration connectTimeout = Duration.ofSeconds(2);
    private boolean grpcTimeout;
    private Duration requestTimeout = Duration.ofSeconds(2);
    private int maxConnections = 64;
    private int maxWaiting = 1000;
    private Duration idleTimeout = Duration.ofSeconds(30);
    private Duration streamIdleTimeout = Duration.ofMinutes(5);
    private int maxResponseBytes = 10 << 20;
    private TlsSettings tls = TlsSettings.DEFAULT;
    private ServicePolicy policy = ServicePolicy.DEFAULT;

    private Builder() {}

    public Builder shape(@Nullable Shape shape) {
      this.shape = shape;
      return this;
    }

    public Builder sidecar(@Nullable Endpoint sidecar) {
      this.sidecar = sidecar;
      return this;
    }

    public Builder discovery(@Nullable ServiceLookup discovery) {
      this.discovery = discovery;
      return this;
    }

    public Builder endpoints(List<Endpoint> endpoints) {
      this.endpoints = endpoints;
      return this;
    }

    public Builder authority(@Nullable String authority) {
      this.authority = authority;
      return this;
    }

    public Builder httpVersion(HttpVersion httpVersion) {
      this.httpVersion = httpVersion;
      return this;
    }

    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = connectTimeout;
      return this;
    }

    public Builder grpcTimeout(boolean grpcTimeout) {
      this.grpcTimeout = grpcTimeout;
      return this;
    }

    public Builder requestTimeout(Duration requestTimeout) {
      this.requestTimeout = requestTimeout;
      return this;
    }

    public Builder maxConnections(int maxConnections) {
      this.maxConnections = maxConnections;
      return this;
    }

    public Builder maxWaiting(int maxWaiting) {
      this.maxWaiting = maxWaiting;
      return this;
    }

    public Builder idleTimeout(Duration idleTimeout) {
      this.idleTimeout = idleTimeout;
      return this;
    }

    public Builder streamIdleTimeout(Duration streamIdleTimeout) {
      this.streamIdleTimeout = streamIdleTimeout;
      return this;
    }

    public Builder maxResponseBytes(int maxResponseBytes) {
      this.maxResponseBytes = maxResponseBytes;
      return this;
    }

    public Builder tls(TlsSettings tls) {
      this.tls = tls;
      return this;
    }

    public Builder policy(ServicePolicy policy) {
      this.policy = policy;
      return this;
    }

    public ServiceSettings build() {
      return new ServiceSettings(
          shape,
          sidecar,
          discovery,
          endpoints,
          authority,
          httpVersion,
          connectTimeout,
          grpcTimeout,
          requestTimeout,
          maxConnections,
          maxWaiting,
          idleTimeout,
          streamIdleTimeout,
          maxResponseBytes,
          tls,
          policy);
    }
  }
}
