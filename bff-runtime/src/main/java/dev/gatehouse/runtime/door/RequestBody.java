package dev.gatehouse.runtime.door;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the body of one request, within a size and a time. Confined to one event loop. */
public final class RequestBody {
  /** As much of a body that is too large is let pass unread, so that its sender gets to see the answer. */
  private static final long MOST_IGNORED = 1 << 20;

  private static final byte[] NONE = {};

  private final HttpServerRequest request;
  private final long maxBytes;
  private final Consumer<byte[]> whole;
  private final Consumer<Problem> refused;
  private @Nullable Buffer collected;
  private long received;
  private boolean done;
  private long timer = -1;
  private int pieces;

  private RequestBody(
      HttpServerRequest request, long maxBytes, Consumer<byte[]> whole, Consumer<Problem> refused) {
    this.request = request;
    this.maxBytes = maxBytes;
    this.whole = whole;
    this.refused = refused;
  }

  /**
   * Collects a body. Exactly one of the two consumers is called, unless the client goes away before.
   *
   * @param whole gets the body, empty where there is none
   * @param refused gets the reason where it is too large (413) or too slow (408)
   */
  public static void collect(
      HttpServerRequest request,
      Vertx vertx,
      long maxBytes,
      long withinNanos,
      Consumer<byte[]> whole,
      Consumer<Problem> refused) {
    RequestBody body = new RequestBody(request, maxBytes, whole, refused);
    long declared = declaredLength(request);
    if (declared > maxBytes) {
      if (declared > maxBytes + MOST_IGNORED) {
        request.response().endHandler(sent -> body.abandon());
      }
      body.refuseSize(Long.toString(declared));
      return;
    }
    request.handler(body::more);
    request.endHandler(end -> {
      body.cancelTimer(vertx);
      body.end();
    });
    request.exceptionHandler(gone -> {
      body.cancelTimer(vertx);
      body.done = true;
    });
    // Most bodies come with their headers, and are whole when this runs: they need no timer.
    vertx.runOnContext(later -> body.limit(vertx, withinNanos));
    if (HttpHeaderValues.CONTINUE
        .toString()
        .equalsIgnoreCase(request.getHeader(HttpHeaderNames.EXPECT))) {
      request.response().writeContinue();
    }
  }

  private void limit(Vertx vertx, long withinNanos) {
    if (!done) {
      timer = vertx.setTimer(Math.max(1, withinNanos / 1_000_000), fired -> refuseDelay());
    }
  }

  private void cancelTimer(Vertx vertx) {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
    }
  }

  private static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
    // Not a number: the server refuses such a message before it comes here.
    return length == null ? 0 : Long.parseLong(length);
  }

  private void more(Buffer chunk) {
    received += chunk.length();
    if (done) {
      if (received > maxBytes + MOST_IGNORED) {
        abandon();
      }
    } else if (received > maxBytes) {
      collected = null;
      refuseSize("more than " + maxBytes);
    } else {
      collected = collected == null ? chunk : add(collected, chunk);
    }
  }

  /** Most bodies are one chunk, which is then the body. */
  private Buffer add(Buffer before, Buffer chunk) {
    Buffer all = pieces++ == 0 ? Buffer.buffer(2 * before.length()).appendBuffer(before) : before;
    return all.appendBuffer(chunk);
  }

  /** Takes no more of it: HTTP/2 has streams to reset, HTTP/1.1 only the connection to close. */
  private void abandon() {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else {
      request.connection().close();
    }
  }

  private void end() {
    if (!done) {
      done = true;
      whole.accept(collected == null ? NONE : collected.getBytes());
    }
  }

  private void refuseSize(String found) {
    done = true;
    refused.accept(Problem.of(
        413,
        "content_too_large",
        "The body has " + found + " bytes (expected: at most " + maxBytes + ")."));
  }

  private void refuseDelay() {
    if (!done) {
      done = true;
      refused.accept(Problem.of(408, "body_too_slow", "The body did not arrive in time."));
    }
  }
}
