package dev.gatehouse.runtime.config;

import java.time.Duration;

/**
 * How one BFF runs. Immutable.
 *
 * @param name the BFF's name
 * @param listener where the public reaches it
 * @param limits what it takes on
 * @param graphql what its GraphQL doors take on
 * @param mesh how its calls take part in a mesh
 * @param compression of answers
 * @param accessLog which requests are logged
 * @param logFormat how what is logged is handed over
 * @param serverTiming whether answers tell how long each upstream call took (header {@code Server-Timing})
 * @param publicOpenApi whether the public may read the API's description, and not only the operator
 * @param development whether pages that help developers are served
 * @param planCacheSize how many plans are kept per instance; 1 to 100000
 * @param instances how many instances share the listener, one event loop each; 1 to 1024
 */
public record BffSettings(
    String name,
    Listener listener,
    Limits limits,
    GraphqlSettings graphql,
    MeshSettings mesh,
    Compression compression,
    AccessLogMode accessLog,
    LogFormat logFormat,
    boolean serverTiming,
    boolean publicOpenApi,
    boolean development,
    int planCacheSize,
    int instances) {

  /**
   * Where the public reaches a BFF: HTTP/1.1, and HTTP/2 without TLS.
   *
   * @param host the name or address to bind
   * @param port 0 to 65535; 0 for any that is free
   * @param idleTimeout after which a connection on which nothing happens is closed
   */
  public record Listener(String host, int port, Duration idleTimeout) {
    /** All interfaces, port 8080, one minute. */
    public static final Listener DEFAULT = new Listener("0.0.0.0", 8080, Duration.ofMinutes(1));

    public Listener withHost(String host) {
      return new Listener(host, port, idleTimeout);
    }

    public Listener withPort(int port) {
      return new Listener(host, port, idleTimeout);
    }
  }

  /**
   * What one instance of a BFF takes on; whatever is beyond is refused.
   *
   * @param maxBodyBytes of a request; beyond, 413
   * @param maxUriBytes of a request's path and query; beyond, 414
   * @param maxHeaderBytes of all of a request's header fields; beyond, 431
   * @param maxConcurrentRequests under way at the same time; beyond, 503
   * @param maxStreams of one HTTP/2 connection at the same time
   * @param requestTimeout the deadline of a composite that states none
   */
  public record Limits(
      int maxBodyBytes,
      int maxUriBytes,
      int maxHeaderBytes,
      int maxConcurrentRequests,
      int maxStreams,
      Duration requestTimeout) {
    /** 1 MiB, 8 KiB, 16 KiB, 1000 requests, 100 streams, 10 seconds. */
    public static final Limits DEFAULT =
        new Limits(1 << 20, 8 << 10, 16 << 10, 1000, 100, Duration.ofSeconds(10));

    public Limits withMaxBodyBytes(int maxBodyBytes) {
      return new Limits(
          maxBodyBytes,
          maxUriBytes,
          maxHeaderBytes,
          maxConcurrentRequests,
          maxStreams,
          requestTimeout);
    }

    public Limits withMaxConcurrentRequests(int maxConcurrentRequests) {
      return new Limits(
          maxBodyBytes,
          maxUriBytes,
          maxHeaderBytes,
          maxConcurrentRequests,
          maxStreams,
          requestTimeout);
    }

    public Limits withRequestTimeout(Duration requestTimeout) {
      return new Limits(
          maxBodyBytes,
          maxUriBytes,
          maxHeaderBytes,
          maxConcurrentRequests,
          maxStreams,
          requestTimeout);
    }
  }

  /**
   * Compression of answers, where the client takes it.
   *
   * @param enabled whether answers are compressed at all
   * @param minBytes shorter answers are sent as they are
   */
  public record Compression(boolean enabled, int minBytes) {
    /** On, from 1024 bytes. */
    public static final Compression DEFAULT = new Compression(true, 1024);
  }

  /** Defaults for everything but the name. */
  public static BffSettings named(String name) {
    return new BffSettings(
        name,
        Listener.DEFAULT,
        Limits.DEFAULT,
        GraphqlSettings.DEFAULT,
        MeshSettings.DEFAULT,
        Compression.DEFAULT,
        AccessLogMode.ALL,
        LogFormat.TEXT,
        false,
        false,
        false,
        1000,
        1);
  }

  /** The same, to be changed. */
  public BffSettingsBuilder toBuilder() {
    return new BffSettingsBuilder(this);
  }
}
