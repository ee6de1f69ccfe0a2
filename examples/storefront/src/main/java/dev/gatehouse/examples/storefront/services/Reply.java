package dev.gatehouse.examples.storefront.services;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a service answers, before it is sent. Immutable. */
record Reply(int status, Map<String, String> headers, Buffer body) {

  static Reply json(int status, JsonObject body) {
    return of(status, "application/json", body.toBuffer());
  }

  static Reply ok(JsonObject body) {
    return json(200, body);
  }

  static Reply ok(JsonArray body) {
    return of(200, "application/json", body.toBuffer());
  }

  static <T> Reply ok(List<T> values, Function<T, JsonObject> toJson) {
    return ok(array(values, toJson));
  }

  static Reply of(int status, String contentType, Buffer body) {
    return new Reply(status, Map.of("Content-Type", contentType), body);
  }

  static Reply noContent() {
    return new Reply(204, Map.of(), Buffer.buffer());
  }

  /** An error as RFC 9457 describes it; no cache keeps it. */
  static Reply problem(int status, String detail) {
    JsonObject body = new JsonObject()
        .put("type", "about:blank")
        .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
        .put("status", status)
        .put("detail", detail);
    return of(status, "application/problem+json", body.toBuffer())
        .with("Cache-Control", "no-store");
  }

  static <T> JsonArray array(List<T> values, Function<T, JsonObject> toJson) {
    return new JsonArray(values.stream().map(toJson).toList());
  }

  /** The same with a header more; one that is there already stays as it is. */
  Reply with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.putIfAbsent(header, value);
    return new Reply(status, Map.copyOf(more), body);
  }

  Reply withBody(Buffer other) {
    return new Reply(status, headers, other);
  }

  Future<Void> sendTo(HttpServerResponse response) {
    return writeHead(response).end(body);
  }

  /** Status and headers, with the length of the whole body if there is one; the body is left to the caller. */
  HttpServerResponse writeHead(HttpServerResponse response) {
    response.setStatusCode(status);
    headers.forEach(response::putHeader);
    if (status != 204) {
      response.putHeader("Content-Length", Integer.toString(body.length()));
    }
    return response;
  }
}
