package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import dev.gatehouse.runtime.upstream.http.Bytes.Slice;
import dev.gatehouse.runtime.upstream.http.Failures.Stage;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** One request and its response on one connection. Tells its call how it went, once. */
final class Exchange {
  private static final long CANCEL = 8; // RFC 9113, section 7
  private static final CharSequence KEEP_ALIVE = HttpHeaders.createOptimized("keep-alive");

  private final HttpCall call;
  private final PooledConnection connection;
  private final CallRules rules;
  private @Nullable HttpClientRequest stream;
  private @Nullable HttpClientResponse response;
  private final ResponseBody body;
  private boolean over;

  Exchange(HttpCall call, PooledConnection connection, CallRules rules) {
    this.call = call;
    this.connection = connection;
    this.rules = rules;
    this.body = new ResponseBody(rules.maxResponseBytes());
  }

  PooledConnection connection() {
    return connection;
  }

  void begin(String uri) {
    connection.http().request(call.request().method(), uri).onComplete((opened, failure) -> {
      if (failure != null) {
        failed(failure, true);
      } else if (over) {
        opened.reset(CANCEL);
      } else {
        send(opened);
      }
    });
  }

  /** Gives it up: nothing is told any more. On HTTP/1.1 the connection is of no further use. */
  void abort() {
    over = true;
    HttpClientRequest sent = stream;
    if (sent != null && connection.isMultiplexed()) {
      sent.reset(CANCEL);
    }
  }

  /** What is known at the deadline. */
  String progress() {
    HttpClientResponse answer = response;
    return answer == null
        ? "no answer"
        : "answer incomplete, status " + answer.statusCode() + " and " + body.length()
            + " bytes of body";
  }

  private void send(HttpClientRequest opened) {
    stream = opened;
    UpstreamRequest request = call.request();
    rules.headers().write(opened, request, call.millisLeft());
    byte[] content = request.body();
    (content == null ? opened.send() : opened.send(Bytes.buffer(content)))
        .onComplete((answer, failure) -> {
          if (failure != null) {
            failed(failure, false);
          } else {
            answered(answer);
          }
        });
  }

  private void answered(HttpClientResponse answer) {
    if (over) {
      return;
    }
    response = answer;
    answer.exceptionHandler(e -> failed(e, false));
    int status = answer.statusCode();
    String encoding = answer.headers().get(HttpHeaders.CONTENT_ENCODING);
    if (status < 200) {
      reject("status " + status + ", which was not asked for");
    } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      reject("content-encoding " + encoding + ", which was not asked for");
    } else {
      answer.handler(this::received);
      answer.endHandler(end -> ended(answer));
    }
  }

  private void received(Buffer piece) {
    HttpClientResponse answer = response;
    if (over || answer == null) {
      return;
    }
    // The length is of use from the second piece on: most bodies come in one.
    long announced = body.length() == 0 ? -1 : contentLength(answer.headers());
    if (!body.add(piece, announced)) {
      reject("body of more than " + body.limit() + " bytes (max-response-bytes)");
    }
  }

  private void ended(HttpClientResponse answer) {
    if (over) {
      return;
    }
    over = true;
    Slice whole = body.whole();
    boolean reusable = connection.isMultiplexed() || isPersistent(answer);
    call.succeeded(
        this,
        new UpstreamResponse(
            answer.statusCode(), answer.headers(), whole.array(), whole.from(), whole.to()),
        reusable);
  }

  private void reject(String what) {
    call.nonsense(this, what); // which gives this exchange up
  }

  private void failed(Throwable failure, boolean unsent) {
    if (over) {
      return;
    }
    over = true;
    Stage stage = response == null ? Stage.ASKED : Stage.ANSWERING;
    HttpClientRequest sent = stream;
    boolean unseen =
        sent != null && connection.isMultiplexed() && connection.isUnseen(sent.streamId());
    boolean stale =
        stage == Stage.ASKED && connection.isReused() && Failures.isClosedConnection(failure);
    Fate fate = unsent
        ? Fate.UNSENT
        : unseen || Failures.isRefusedStream(failure)
            ? Fate.UNSEEN
            : stale ? Fate.PROBABLY_LOST : Fate.UNKNOWN;
    FailureClass failureClass = Failures.classify(failure, stage);
    call.failed(this, failureClass, Failures.text(failure, stage), failure, fate);
  }

  /** RFC 9112, section 9.3; and a body that only the end of the connection delimits leaves none. */
  private boolean isPersistent(HttpClientResponse answer) {
    MultiMap headers = answer.headers();
    if (!connection.isReused()) {
      keepAlive(headers.get(KEEP_ALIVE));
    }
    String option = headers.get(HttpHeaders.CONNECTION);
    if (option != null && announcesClose(option)) {
      return false;
    }
    int status = answer.statusCode();
    return answer.version() == HttpVersion.HTTP_1_1
        && (headers.contains(HttpHeaders.CONTENT_LENGTH)
            || headers.contains(HttpHeaders.TRANSFER_ENCODING)
            || status == 204
            || status == 304
            || call.request().method().equals(HttpMethod.HEAD));
  }

  /** Whether {@code close} is among the options, such as {@code keep-alive} or {@code close, x-option}. */
  private static boolean announcesClose(String options) {
    for (int i = 0; i <= options.length() - 5; i++) {
      if (options.regionMatches(true, i, "close", 0, 5)) {
        return true;
      }
    }
    return false;
  }

  private void keepAlive(@Nullable String value) {
    int at = value == null ? -1 : value.indexOf("timeout=");
    if (value == null || at < 0) {
      return;
    }
    int from = at + "timeout=".length();
    int to = from;
    while (to < value.length()
        && to - from < 9
        && value.charAt(to) >= '0'
        && value.charAt(to) <= '9') {
      to++;
    }
    if (to > from) {
      call.pool().limitIdle(Long.parseLong(value, from, to, 10));
    }
  }

  private static long contentLength(MultiMap headers) {
    String value = headers.get(HttpHeaders.CONTENT_LENGTH);
    try {
      return value == null ? -1 : Long.parseLong(value);
    } catch (NumberFormatException e) {
      return -1; // only a hint here: the decoder has judged it already
    }
  }
}
