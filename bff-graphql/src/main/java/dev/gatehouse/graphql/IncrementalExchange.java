package dev.gatehouse.graphql;

import dev.gatehouse.graphql.internal.incremental.IncrementalFormat;
import dev.gatehouse.graphql.internal.incremental.Payload;
import dev.gatehouse.graphql.internal.incremental.PayloadWriter;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.door.answer.CacheControl;
import dev.gatehouse.runtime.door.answer.DegradedHeader;
import dev.gatehouse.runtime.door.answer.ServerTiming;
import dev.gatehouse.runtime.engine.Answer.CallRecord;
import dev.gatehouse.runtime.engine.Answer.Loss;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends an answer part by part. A client that reads slowly gets what has come meanwhile in one part, and nothing is written that it
 * has no room for; one that does not read is given up, like a subscription's. Confined to one event loop.
 */
final class IncrementalExchange {
  private static final int OK = 200;

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final BffSettings settings;
  private final IncrementalFormat format;
  private final long start;
  private final IncrementalAnswer answer;
  private final Runnable ended;
  private @Nullable MultipartResponse parts;
  private long waiting = -1;
  private boolean complete;

  /**
   * @param answer what the operation's parts are given to
   * @param ended called when the last part was written
   */
  IncrementalExchange(
      Vertx vertx,
      HttpServerRequest request,
      BffSettings settings,
      IncrementalFormat format,
      IncrementalAnswer answer,
      long start,
      Runnable ended) {
    this.vertx = vertx;
    this.request = request;
    this.response = request.response();
    this.settings = settings;
    this.format = format;
    this.start = start;
    this.ended = ended;
    this.answer = answer;
    answer.onReady(this::send);
  }

  /** What the operation's parts are given to. */
  IncrementalAnswer answer() {
    return answer;
  }

  /** Whether the last part was written. */
  boolean isComplete() {
    return complete;
  }

  /** How many bytes of content were sent. */
  long bytes() {
    return parts == null ? 0 : parts.bytes();
  }

  private void send() {
    while (waiting < 0 && !complete && !response.closed()) {
      if (response.writeQueueFull()) {
        await();
        return;
      }
      Payload payload = answer.next();
      if (payload == null) {
        return;
      }
      if (parts == null) {
        parts = begin(response, settings, format, answer.losses(), List.of(), start);
      }
      complete = !payload.hasNext();
      parts.write(PayloadWriter.write(payload, format), complete);
    }
    if (complete) {
      ended.run();
    }
  }

  private void await() {
    waiting = vertx.setTimer(
        2 * settings.graphql().subscriptions().keepAlive().toMillis(),
        late -> DeafClient.giveUp(request));
    response.drainHandler(drained -> {
      stopWaiting();
      send();
    });
  }

  private void stopWaiting() {
    if (waiting >= 0) {
      vertx.cancelTimer(waiting);
      waiting = -1;
    }
  }

  /** Lets go of what it holds, because the client has left. */
  void cancel() {
    stopWaiting();
  }

  /**
   * Sends an answer of one part to a client that takes nothing but parts.
   *
   * @return how many bytes of content were sent
   */
  static long sendWhole(
      HttpServerRequest request,
      BffSettings settings,
      IncrementalFormat format,
      byte[] data,
      OperationResult result,
      long start) {
    MultipartResponse parts =
        begin(request.response(), settings, format, result.losses(), result.calls(), start);
    Payload payload = new Payload(
        new Payload.First(data, result.errors(), result.extensions()),
        List.of(),
        List.of(),
        List.of(),
        false);
    parts.write(PayloadWriter.write(payload, format), true);
    return parts.bytes();
  }

  private static MultipartResponse begin(
      HttpServerResponse response,
      BffSettings settings,
      IncrementalFormat format,
      List<Loss> losses,
      List<CallRecord> calls,
      long start) {
    response
        .setStatusCode(OK)
        .putHeader(HttpHeaderNames.CONTENT_TYPE, format.contentType())
        .putHeader(HttpHeaderNames.CACHE_CONTROL, CacheControl.NO_STORE);
    if (settings.compression().enabled()) {
      // What compresses waits for more before it lets anything go.
      response.putHeader(HttpHeaderNames.CONTENT_ENCODING, "identity");
    }
    DegradedHeader.put(response, losses, calls);
    if (settings.serverTiming()) {
      response.putHeader(ServerTiming.NAME, ServerTiming.of(List.of(), System.nanoTime() - start));
    }
    return new MultipartResponse(response);
  }
}
