package dev.gatehouse.graphql;

import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.http.MediaType;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.door.answer.CacheControl;
import dev.gatehouse.runtime.door.answer.DegradedHeader;
import dev.gatehouse.runtime.door.answer.EntityTags;
import dev.gatehouse.runtime.door.answer.ServerTiming;
import dev.gatehouse.runtime.engine.Answer.CallRecord;
import dev.gatehouse.runtime.engine.Answer.Loss;
import dev.gatehouse.runtime.json.JsonSink;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes the answer to one request. */
final class ResponseWriter {
  private static final byte[] DATA = "{\"data\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AND_ERRORS = ",\"errors\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AND_EXTENSIONS =
      ",\"extensions\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ERRORS = "{\"errors\":".getBytes(StandardCharsets.US_ASCII);
  private static final int NOT_MODIFIED = 304;

  private final HttpServerRequest request;
  private final MediaType media;
  private final BffSettings settings;
  private int bytes;

  ResponseWriter(HttpServerRequest request, MediaType media, BffSettings settings) {
    this.request = request;
    this.media = media;
    this.settings = settings;
  }

  /** How many bytes of content were sent, before compression. */
  int bytes() {
    return bytes;
  }

  /**
   * Writes the answer.
   *
   * @param batch whether several were asked for, so that the answer is a list
   * @param start when the request came
   * @return the status
   */
  int write(List<OperationResult> results, boolean batch, long start) {
    HttpServerResponse response = request.response();
    OperationResult first = results.get(0);
    int status =
        batch || first.isExecuted() ? 200 : media.status(first.errors().get(0).code());
    Buffer body = body(results, batch);
    describe(results, start);
    if (status == 405) {
      response.putHeader(HttpHeaderNames.ALLOW, "POST");
    }
    if (status == 429) {
      Object seconds = first.errors().get(0).details().get(CallerRate.RETRY_AFTER);
      response.putHeader(HttpHeaderNames.RETRY_AFTER, String.valueOf(seconds));
    }
    boolean reads = !request.method().equals(HttpMethod.POST);
    if (!reads || !first.isExecuted()) {
      response.putHeader(HttpHeaderNames.CACHE_CONTROL, CacheControl.NO_STORE);
    } else if (cache(first, body)) {
      response.setStatusCode(NOT_MODIFIED).end();
      return NOT_MODIFIED;
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaderNames.CONTENT_TYPE, media.header())
        .putHeader(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      bytes = body.length();
      response.end(body);
    }
    return status;
  }

  private void describe(List<OperationResult> results, long start) {
    List<Loss> losses = results.get(0).losses();
    List<CallRecord> calls = results.get(0).calls();
    if (results.size() > 1) {
      losses = new ArrayList<>();
      calls = new ArrayList<>();
      for (OperationResult result : results) {
        losses.addAll(result.losses());
        calls.addAll(result.calls());
      }
    }
    HttpServerResponse response = request.response();
    DegradedHeader.put(response, losses, calls);
    if (settings.serverTiming() && results.get(0).isExecuted()) {
      response.putHeader(ServerTiming.NAME, ServerTiming.of(calls, System.nanoTime() - start));
    }
  }

  /** Says what caches may do with it, and finds out whether the client has it already. */
  private boolean cache(OperationResult result, Buffer body) {
    HttpServerResponse response = request.response();
    boolean degraded = !result.losses().isEmpty() || !result.errors().isEmpty();
    response.putHeader(
        HttpHeaderNames.CACHE_CONTROL,
        CacheControl.of(result.freshness(), degraded, result.dependsOnCaller()));
    response.putHeader(
        HttpHeaderNames.VARY,
        "accept" + (settings.compression().enabled() ? ", accept-encoding" : "")
            + (result.dependsOnCaller() ? ", authorization, accept-language" : ""));
    if (degraded) {
      return false;
    }
    String tag = EntityTags.of(body);
    response.putHeader(HttpHeaderNames.ETAG, tag);
    return EntityTags.matches(request.getHeader(HttpHeaderNames.IF_NONE_MATCH), tag);
  }

  private static Buffer body(List<OperationResult> results, boolean batch) {
    int size = 64;
    for (OperationResult result : results) {
      byte[] data = result.data();
      size += 32 + (data == null ? 0 : data.length) + 160 * result.errors().size();
    }
    JsonSink out = new JsonSink(size);
    if (batch) {
      out.write('[');
    }
    for (int i = 0; i < results.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      write(results.get(i), out);
    }
    if (batch) {
      out.write(']');
    }
    return BufferInternal.buffer(Unpooled.wrappedBuffer(out.array(), 0, out.length()));
  }

  /** Writes one result as its JSON object. */
  static void write(OperationResult result, JsonSink out) {
    byte[] data = result.data();
    if (data == null) {
      out.write(ERRORS);
      GraphqlError.writeAll(result.errors(), out);
    } else {
      out.write(DATA);
      out.write(data);
      if (!result.errors().isEmpty()) {
        out.write(AND_ERRORS);
        GraphqlError.writeAll(result.errors(), out);
      }
    }
    byte[] extensions = result.extensions();
    if (extensions != null) {
      out.write(AND_EXTENSIONS);
      out.write(extensions);
    }
    out.write('}');
  }
}
