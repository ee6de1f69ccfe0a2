package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamStream;
import dev.gatehouse.runtime.upstream.http.Failures.Stage;
import dev.gatehouse.runtime.upstream.http.Silence.Verdict;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The body of one answer that is an event stream, over a connection of its own that ends with it. */
final class BodyStream extends TimerWheel.Entry implements UpstreamStream {
  private static final CharSequence EVENT_STREAM = HttpHeaders.createOptimized("text/event-stream");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final int NO_CONTENT = 204;

  private final StreamOpening opening;
  private final Connector connector;
  private final TimerWheel timers;
  private final long timeoutNanos;
  private final Silence silence;
  private final Reader reader;
  private @Nullable HttpClientConnection connection;
  private @Nullable HttpClientResponse response;
  private boolean paused;
  private boolean over;

  /**
   * @param timeoutNanos until the head of the answer must be there
   * @param silence that is looked for once the answer has begun
   */
  BodyStream(
      StreamOpening opening,
      Connector connector,
      TimerWheel timers,
      long timeoutNanos,
      Silence silence,
      Reader reader) {
    this.opening = opening;
    this.connector = connector;
    this.timers = timers;
    this.timeoutNanos = timeoutNanos;
    this.silence = silence;
    this.reader = reader;
  }

  void start() {
    if (over) {
      return;
    }
    timers.schedule(this, System.nanoTime() + timeoutNanos);
    connector.connect((connected, failure) -> {
      if (connected == null) {
        end(opening.notConnected(failure));
      } else if (over) {
        connected.close();
      } else {
        connection = connected;
        connected.request(HttpMethod.GET, opening.target()).onComplete((request, refused) -> {
          if (refused != null) {
            fail(FailureClass.UNREACHABLE, "not sent", refused);
          } else if (!over) {
            send(request);
          }
        });
      }
    });
  }

  private void send(HttpClientRequest request) {
    request
        .putHeader(HttpHeaders.ACCEPT, EVENT_STREAM)
        .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
    for (Header header : opening.headers()) {
      request.putHeader(header.name(), header.value());
    }
    request.send().onComplete((answer, failure) -> {
      if (failure != null) {
        fail(Failures.classify(failure, Stage.ASKED), Failures.text(failure, Stage.ASKED), failure);
      } else if (!over) {
        answered(answer);
      }
    });
  }

  private void answered(HttpClientResponse answer) {
    timers.cancel(this);
    int status = answer.statusCode();
    String type = answer.getHeader(HttpHeaders.CONTENT_TYPE);
    String encoding = answer.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (status == NO_CONTENT) {
      end(null);
    } else if (status != 200) {
      end(opening.refused(status));
    } else if (type == null || !isEventStream(type)) {
      fail(
          FailureClass.NONSENSE,
          "content-type " + type + " (expected: " + EVENT_STREAM + ")",
          null);
    } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      fail(
          FailureClass.NONSENSE,
          "content-encoding " + encoding + ", which was not asked for",
          null);
    } else {
      response = answer;
      answer.exceptionHandler(
          broken -> fail(FailureClass.UNREACHABLE, Failures.text(broken, Stage.ANSWERING), broken));
      answer.endHandler(end -> end(null));
      answer.handler(piece -> {
        if (!over) {
          silence.broken(System.nanoTime());
          reader.received(piece);
        }
      });
      if (paused) {
        answer.pause();
      } else {
        listen();
      }
      reader.opened();
    }
  }

  private static boolean isEventStream(String type) {
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end))
        .strip()
        .toLowerCase(Locale.ROOT)
        .contentEquals(EVENT_STREAM);
  }

  @Override
  public void pause() {
    paused = true;
    if (response != null) {
      timers.cancel(this); // who does not listen hears nothing
      response.pause();
    }
  }

  @Override
  public void resume() {
    paused = false;
    if (response != null && !over) {
      listen();
      response.resume();
    }
  }

  private void listen() {
    silence.broken(System.nanoTime());
    timers.schedule(this, silence.nextLook());
  }

  @Override
  public void close() {
    over = true;
    timers.cancel(this);
    HttpClientConnection open = connection;
    if (open != null) {
      connection = null;
      open.shutdown(0, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  protected void expired() {
    if (response == null) {
      fail(FailureClass.TIMED_OUT, "no answer within " + timeoutNanos / 1_000_000 + " ms", null);
      return;
    }
    if (silence.verdict(System.nanoTime()) == Verdict.LOST) {
      fail(FailureClass.TIMED_OUT, silence.text(), null);
    } else {
      timers.schedule(this, silence.nextLook());
    }
  }

  private void fail(FailureClass failureClass, String what, @Nullable Throwable cause) {
    end(opening.failure(failureClass, what, 0, cause));
  }

  private void end(@Nullable UpstreamException failure) {
    if (!over) {
      close();
      reader.ended(failure);
    }
  }
}
