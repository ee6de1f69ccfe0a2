package dev.gatehouse.rest;

import dev.gatehouse.runtime.door.answer.CacheControl;
import dev.gatehouse.runtime.door.answer.DegradedHeader;
import dev.gatehouse.runtime.door.answer.EntityTags;
import dev.gatehouse.runtime.door.answer.ServerTiming;
import dev.gatehouse.runtime.engine.Answer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Writes one answer that has a result. */
final class AnswerWriter {
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized(CacheControl.NO_STORE);
  private static final int NOT_MODIFIED = 304;

  private final OpenRoute route;
  private final Selected selected;
  private final HttpServerRequest request;
  private final boolean serverTiming;
  private int bytes;

  AnswerWriter(
      OpenRoute route, Selected selected, HttpServerRequest request, boolean serverTiming) {
    this.route = route;
    this.selected = selected;
    this.request = request;
    this.serverTiming = serverTiming;
  }

  /** How many bytes of content were sent, before compression. */
  int bytes() {
    return bytes;
  }

  /**
   * Writes the answer.
   *
   * @param start when the request came
   * @return the status
   */
  int write(Answer answer, long start) {
    HttpServerResponse response = request.response();
    DegradedHeader.put(response, answer.losses(), answer.calls());
    if (serverTiming) {
      response.putHeader(
          ServerTiming.NAME, ServerTiming.of(answer.calls(), System.nanoTime() - start));
    }
    Buffer json = answer.json();
    int status = route.compiled().status();
    boolean isRead =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    if (json == null || route.compiled().output() == null || status == 204) {
      response
          .putHeader(HttpHeaderNames.CACHE_CONTROL, NO_STORE)
          .setStatusCode(status)
          .end();
      return status;
    }
    if (!isRead) {
      response.putHeader(HttpHeaderNames.CACHE_CONTROL, NO_STORE);
    } else if (describe(answer, json, status)) {
      response.setStatusCode(NOT_MODIFIED).end();
      return NOT_MODIFIED;
    }
    response.setStatusCode(status);
    response.putHeader(HttpHeaderNames.CONTENT_TYPE, JSON);
    response.putHeader(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(json.length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      bytes = json.length();
      response.end(json);
    }
    return status;
  }

  /** Says what caches may do with it, and finds out whether the client has it already. */
  private boolean describe(Answer answer, Buffer json, int status) {
    HttpServerResponse response = request.response();
    boolean dependsOnCaller = route.dependsOnCaller(selected) || answer.dependsOnCaller();
    response.putHeader(HttpHeaderNames.CACHE_CONTROL, CacheControl.of(answer, dependsOnCaller));
    CharSequence vary = route.vary(dependsOnCaller);
    if (vary != null) {
      response.putHeader(HttpHeaderNames.VARY, vary);
    }
    if (status != 200 || !answer.losses().isEmpty()) {
      return false;
    }
    String tag = EntityTags.of(json);
    response.putHeader(HttpHeaderNames.ETAG, tag);
    return EntityTags.matches(request.getHeader(HttpHeaderNames.IF_NONE_MATCH), tag);
  }
}
