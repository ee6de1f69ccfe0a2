package dev.gatehouse.benchmarks.spliced;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** The answers to the client. */
final class Responses {
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final byte[] NOT_FOUND = JsonBytes.of("{\"error\":\"not found\"}");
  private static final byte[] UPSTREAM_FAILED = JsonBytes.of("{\"error\":\"upstream failed\"}");

  private Responses() {}

  static void ok(HttpServerResponse response, JsonBytes body) {
    send(response, 200, body.toBuffer());
  }

  static void ok(HttpServerResponse response, byte[] body) {
    send(response, 200, JsonBytes.wrap(body, body.length));
  }

  static void notFound(HttpServerResponse response) {
    send(response, 404, JsonBytes.wrap(NOT_FOUND, NOT_FOUND.length));
  }

  static void upstreamFailed(HttpServerResponse response) {
    send(response, 502, JsonBytes.wrap(UPSTREAM_FAILED, UPSTREAM_FAILED.length));
  }

  private static void send(HttpServerResponse response, int status, Buffer body) {
    response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(body);
  }
}
