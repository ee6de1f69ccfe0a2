package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.HostAndPort;
import java.util.List;

/**
 * Writes the head of one attempt at a call: what the mesh client says of itself, then what the call carries on. The one place where
 * an attempt gets its headers, those that join traces included.
 */
final class AttemptHeaders {
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence NO_BYTES = HttpHeaders.createOptimized("0");
  /**
   * Tells the service how long its answer is of use. There is no standard for it in plain HTTP; this is the header by which
   * Envoy, and so Istio, tells a service the same, and which an Envoy in front of the service can be told to respect.
   */
  private static final CharSequence TIME_LEFT =
      HttpHeaders.createOptimized("x-envoy-expected-rq-timeout-ms");
  /** The same in gRPC's words, which services and proxies beyond Envoy understand. */
  private static final CharSequence GRPC_TIMEOUT = AsciiString.cached("grpc-timeout");

  private static final long MOST_GRPC_DIGITS = 99_999_999;

  private final boolean grpcTimeout;

  /**
   * @param grpcTimeout whether the time left is told in gRPC's words, too
   */
  AttemptHeaders(boolean grpcTimeout) {
    this.grpcTimeout = grpcTimeout;
  }

  void write(HttpClientRequest to, UpstreamRequest request, long millisLeft) {
    String authority = request.route().authority();
    if (authority != null) {
      to.authority(HostAndPort.parseAuthority(authority, -1));
    }
    to.putHeader(HttpHeaders.ACCEPT, JSON);
    to.putHeader(TIME_LEFT, Long.toString(millisLeft));
    if (grpcTimeout) {
      to.putHeader(GRPC_TIMEOUT, Math.min(millisLeft, MOST_GRPC_DIGITS) + "m");
    }
    if (request.body() != null) {
      to.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
    } else if (expectsContent(request.method())) {
      to.putHeader(HttpHeaders.CONTENT_LENGTH, NO_BYTES);
    }
    write(to, request.headers());
    write(to, request.attemptHeaders());
  }

  private static void write(HttpClientRequest to, List<Header> headers) {
    for (int i = 0; i < headers.size(); i++) {
      to.putHeader(headers.get(i).name(), headers.get(i).value());
    }
  }

  private static boolean expectsContent(HttpMethod method) {
    return method.equals(HttpMethod.POST)
        || method.equals(HttpMethod.PUT)
        || method.equals(HttpMethod.PATCH);
  }
}
