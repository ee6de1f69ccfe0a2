package dev.gatehouse.examples.storefront.services;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request with its body, and what an endpoint may ask it. What does not fit is a {@link Problem}. */
record Call(HttpServerRequest request, Map<String, String> variables, Buffer body) {
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final int MAX_IDS = 100;

  /** Waits for the body. Fails only when the client leaves before it is complete. */
  static Future<Call> read(HttpServerRequest request) {
    Promise<Call> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(chunk -> {
      // One byte over the limit tells that it was exceeded; the rest is read and dropped.
      int room = MAX_BODY_BYTES + 1 - body.length();
      body.appendBuffer(chunk.length() <= room ? chunk : chunk.slice(0, room));
    });
    request.exceptionHandler(whole::tryFail);
    request.endHandler(end -> whole.tryComplete(new Call(request, Map.of(), body)));
    return whole.future();
  }

  Call with(Map<String, String> pathVariables) {
    return new Call(request, pathVariables, body);
  }

  /** The path, still encoded; {@code *} where a request is about the whole server. */
  static String path(HttpServerRequest request) {
    return Objects.requireNonNullElse(request.path(), "*");
  }

  String path() {
    return path(request);
  }

  /** Begins to answer with events, for as long as whoever writes them likes. */
  HttpServerResponse eventStream() {
    HttpServerResponse response = request.response();
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .write(":\n\n");
    return response;
  }

  /** A variable of the route's path, decoded. */
  String variable(String name) {
    return Objects.requireNonNull(variables.get(name), name);
  }

  @Nullable String header(String name) {
    return request.getHeader(name);
  }

  /** A query parameter; null where it is missing or empty. */
  @Nullable String parameter(String name) {
    String value = parameters().get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  String requiredParameter(String name) {
    String value = parameter(name);
    if (value == null) {
      throw new Problem(400, name + ": missing (expected: a query parameter " + name + "=…)");
    }
    return value;
  }

  /** How many items the client wants: its {@code limit}, from 1 to 100; 20 where it does not say. */
  int limit() {
    String limit = parameter("limit");
    if (limit == null) {
      return 20;
    }
    if (!limit.matches("[1-9][0-9]?|100")) {
      throw Problem.invalid("limit", limit, "1 to 100");
    }
    return Integer.parseInt(limit);
  }

  boolean asksForIds() {
    return parameters().contains("ids");
  }

  /** The ids of a batch, {@code ids=a&ids=b} or {@code ids=a,b}, each once and in the order given. */
  List<String> ids() {
    List<String> ids = parameters().getAll("ids").stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .filter(id -> !id.isEmpty())
        .distinct()
        .toList();
    if (ids.size() > MAX_IDS) {
      throw Problem.invalid("ids", ids.size() + " ids", "at most " + MAX_IDS);
    }
    return ids;
  }

  JsonObject jsonObject() {
    if (json() instanceof JsonObject object) {
      return object;
    }
    throw new Problem(400, "body: not a JSON object (expected: {…})");
  }

  JsonArray jsonArray() {
    if (json() instanceof JsonArray array) {
      return array;
    }
    throw new Problem(400, "body: not a JSON array (expected: […])");
  }

  private @Nullable Object json() {
    if (body.length() > MAX_BODY_BYTES) {
      throw new Problem(413, "body: too large (expected: at most " + MAX_BODY_BYTES + " bytes)");
    }
    try {
      return Json.decodeValue(body);
    } catch (DecodeException e) {
      throw new Problem(400, "body: not JSON");
    }
  }

  private MultiMap parameters() {
    try {
      return request.params();
    } catch (IllegalArgumentException e) {
      throw new Problem(400, "query: not properly percent-encoded");
    }
  }
}
