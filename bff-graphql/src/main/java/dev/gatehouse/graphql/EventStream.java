package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.answer.RequestRefused;
import dev.gatehouse.graphql.internal.http.GraphqlRequest;
import dev.gatehouse.graphql.internal.http.MediaType;
import dev.gatehouse.graphql.internal.incremental.IncrementalFormat;
import dev.gatehouse.graphql.internal.incremental.Payload;
import dev.gatehouse.graphql.internal.incremental.PayloadWriter;
import dev.gatehouse.graphql.internal.operation.Deferral;
import dev.gatehouse.graphql.internal.operation.Operations.Bound;
import dev.gatehouse.graphql.internal.operation.PreparedOperation;
import dev.gatehouse.graphql.internal.schema.RootKind;
import dev.gatehouse.runtime.door.answer.MediaRange;
import dev.gatehouse.runtime.json.JsonSink;
import dev.gatehouse.runtime.telemetry.RequestTrace;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One operation answered as an event stream: {@code graphql-sse}, in the mode of distinct connections. Confined to one event loop.
 */
final class EventStream implements SubscriptionRun.Client, Lasting.Connection {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final String TYPE = "text/event-stream";
  private static final byte[] NEXT = ascii("event: next\ndata: ");
  private static final Buffer COMPLETE = Buffer.buffer("event: complete\ndata: \n\n");
  private static final Buffer COMMENT = Buffer.buffer(":\n\n");
  private static final int CLIENT_LEFT = 499;

  private final OpenDoor door;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Caller caller;
  private final OperationRecord record;
  private final long keepAliveNanos;
  private @Nullable SubscriptionRun subscription;
  private @Nullable OperationRun answer;
  private @Nullable IncrementalAnswer parts;
  private final IncrementalFormat format;
  private boolean isAnswered;
  private boolean isTold;
  private long timer = -1;
  private long expiryTimer = -1;
  private long fullSince;
  private boolean full;
  private boolean over;

  /**
   * @param trace of the request, which ends with the stream
   */
  EventStream(OpenDoor door, HttpServerRequest request, Caller caller, RequestTrace trace) {
    this.door = door;
    this.request = request;
    this.response = request.response();
    this.caller = caller;
    this.format = IncrementalFormat.ofEvents(request.getHeader(HttpHeaderNames.ACCEPT));
    this.record = new OperationRecord(door, request.method().name(), trace, caller);
    this.keepAliveNanos =
        door.context().settings().graphql().subscriptions().keepAlive().toNanos();
  }

  /** Whether a client names the media type. */
  static boolean isAccepted(HttpServerRequest request) {
    String accept = request.getHeader(HttpHeaderNames.ACCEPT);
    return accept != null
        && !request.method().equals(HttpMethod.HEAD)
        && accept.toLowerCase(Locale.ROOT).contains(TYPE)
        && MediaRange.quality(accept, TYPE) > 0;
  }

  /**
   * Whether a client that accepts events would rather have them than anything else. One that does not say so gets JSON before events,
   * and events before parts.
   *
   * @param parts whether it is one that takes parts
   */
  static boolean isPreferred(HttpServerRequest request, boolean parts) {
    String accept = request.getHeader(HttpHeaderNames.ACCEPT);
    double events = MediaRange.quality(accept, TYPE);
    return events > MediaRange.quality(accept, MediaType.JSON.type())
        && events > MediaRange.quality(accept, MediaType.GRAPHQL_RESPONSE.type())
        && (!parts || events >= IncrementalFormat.quality(accept));
  }

  /** Answers that an operation cannot be run. */
  void refuse(List<GraphqlError> errors) {
    open();
    refused(errors);
  }

  /** Answers an operation. */
  void serve(PreparedOperation prepared, GraphqlRequest asked) {
    open();
    try {
      if (prepared.isMutation() && !request.method().equals(HttpMethod.POST)) {
        throw new RequestRefused(
            ErrorCode.METHOD_NOT_ALLOWED,
            "A mutation changes something (expected: POST in place of " + request.method() + ").");
      }
      boolean explains = door.explains(asked);
      boolean inParts = prepared.kind() != RootKind.SUBSCRIPTION
          && door.context().settings().graphql().incremental()
          && !explains;
      begin(
          door.operations().bind(prepared, asked.variables(), inParts), prepared.kind(), explains);
    } catch (RequestRefused e) {
      refused(e.errors());
    } catch (RuntimeException e) {
      LOG.error("an operation of BFF {} failed", door.context().bff().name(), e);
      refused(List.of(GraphqlError.of(ErrorCode.INTERNAL)));
    }
  }

  private void open() {
    response
        .setChunked(true)
        .putHeader(HttpHeaderNames.CONTENT_TYPE, TYPE + "; charset=utf-8")
        .putHeader(HttpHeaderNames.CACHE_CONTROL, "no-store")
        // Compressors and proxies would hold events back.
        .putHeader(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.IDENTITY)
        .putHeader("x-accel-buffering", "no");
    response.exceptionHandler(broken -> left());
    response.closeHandler(closed -> left());
    response.drainHandler(drained -> drained());
    timer = door.context()
        .vertx()
        .setPeriodic(TimeUnit.NANOSECONDS.toMillis(keepAliveNanos), tick -> keepAlive());
    door.lasting().add(this);
    write(COMMENT);
  }

  private void begin(Bound bound, RootKind kind, boolean explains) {
    if (over) {
      return;
    }
    door.rate().charge(request, caller, bound.operation());
    record.label(OpenDoor.label(bound.operation()));
    if (kind == RootKind.SUBSCRIPTION) {
      SubscriptionRun run =
          new SubscriptionRun(door, request, caller, record.trace(), bound, explains, this);
      subscription = run;
      run.start();
      endWithTheCallersProof();
    } else {
      Deferral deferral = bound.operation().deferral();
      if (deferral != null) {
        parts = new IncrementalAnswer(bound.operation(), deferral);
        parts.onReady(this::sendParts);
      }
      OperationRun run = new OperationRun(
          door,
          request,
          caller,
          record.trace(),
          System.nanoTime(),
          0,
          bound,
          parts,
          this::answered);
      if (explains) {
        run.explain();
      }
      answer = run;
      run.start();
    }
  }

  /** A stream that ends so is not complete: its client comes back, with another token. */
  private void endWithTheCallersProof() {
    long left = CallerExpiry.millisLeft(caller);
    if (left != CallerExpiry.NEVER && !over) {
      expiryTimer = door.context().vertx().setTimer(left, expired -> leave());
    }
  }

  private void answered(OperationResult result) {
    if (over) {
      return;
    }
    record.add(result);
    if (parts == null) {
      next(result);
      completed();
    } else {
      isAnswered = true;
      sendParts();
    }
  }

  /** Tells what is there of an answer in parts, one event each, as long as the client has room for it. */
  private void sendParts() {
    IncrementalAnswer telling = Objects.requireNonNull(parts, "who is told of parts has some");
    while (!isTold && isReady()) {
      Payload payload = telling.next();
      if (payload == null) {
        return;
      }
      JsonSink json = PayloadWriter.write(payload, format);
      JsonSink out = new JsonSink(64 + json.length());
      out.write(NEXT);
      out.write(json.array(), 0, json.length());
      event(out);
      isTold = !payload.hasNext();
    }
    if (isTold && isAnswered && !over) {
      completed();
    }
  }

  @Override
  public boolean isReady() {
    return !over && !full;
  }

  @Override
  public void next(OperationResult result) {
    byte[] data = result.data();
    JsonSink out = new JsonSink(64 + (data == null ? 256 : data.length));
    out.write(NEXT);
    ResponseWriter.write(result, out);
    event(out);
  }

  private void event(JsonSink out) {
    // Line ends would end the field; in JSON they only stand between tokens.
    byte[] bytes = out.array();
    for (int i = NEXT.length; i < out.length(); i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        bytes[i] = ' ';
      }
    }
    out.write('\n');
    out.write('\n');
    write(Buffer.buffer(out.toByteArray()));
  }

  @Override
  public void refused(List<GraphqlError> errors) {
    next(OperationResult.refused(errors));
    finish(400);
  }

  @Override
  public void completed() {
    finish(200);
  }

  private void finish(int status) {
    write(COMPLETE);
    end(status);
    if (!response.ended() && !response.closed()) {
      response.end();
    }
  }

  private void write(Buffer bytes) {
    if (over || response.closed()) {
      return;
    }
    record.sent(bytes.length());
    response.write(bytes);
    if (!full && response.writeQueueFull()) {
      full = true;
      fullSince = System.nanoTime();
    }
  }

  private void drained() {
    if (full && !over) {
      full = false;
      if (subscription != null) {
        subscription.ready();
      } else if (parts != null) {
        sendParts();
      }
    }
  }

  /** A comment shows the client, and proxies on the way, that the stream lives. A client that reads nothing is given up. */
  private void keepAlive() {
    if (!full) {
      write(COMMENT);
    } else if (System.nanoTime() - fullSince > 2 * keepAliveNanos) {
      left();
      DeafClient.giveUp(request);
    }
  }

  private void left() {
    cancel(CLIENT_LEFT);
  }

  private void cancel(int status) {
    if (over) {
      return;
    }
    if (subscription != null) {
      subscription.cancel();
    }
    if (answer != null) {
      answer.cancel();
    }
    end(subscription != null ? 200 : status);
  }

  private void end(int status) {
    if (!over) {
      over = true;
      door.context().vertx().cancelTimer(timer);
      door.context().vertx().cancelTimer(expiryTimer);
      record.end(subscription, status);
      door.lasting().remove(this);
    }
  }

  /** A subscription ends without saying that it is complete, so that its client comes back, to another instance. */
  @Override
  public void leave() {
    if (subscription != null && !over) {
      cancel(200);
      response.end();
    }
  }

  @Override
  public boolean isSocket() {
    return false;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
