package dev.gatehouse.runtime.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.graph.EventSpec.Protocol;
import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamStream;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams whose service keeps the connection and says nothing. */
class StreamSilenceTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final CountDownLatch left = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);
  private final CountDownLatch asked = new CountDownLatch(1);

  @AfterEach
  void stop() {
    Caller.await(vertx.close());
  }

  /** Sends one piece, and nothing more; a WebSocket answers no ping, as it is not read from. */
  private HttpServer silent() {
    return Caller.await(vertx
        .createHttpServer()
        .webSocketHandler(socket -> {
          socket.writeTextMessage("one");
          socket.pause();
        })
        .requestHandler(request -> {
          request.response().putHeader("content-type", "text/event-stream").setChunked(true);
          request.response().closeHandler(closed -> left.countDown());
          request.response().write("one");
        })
        .listen(0, "127.0.0.1"));
  }

  private String next() throws InterruptedException {
    return String.valueOf(told.poll(Caller.PATIENCE.toSeconds(), TimeUnit.SECONDS));
  }

  private UpstreamStream open(Caller caller, Protocol protocol, boolean paused) {
    ServiceOrigin origin = new ServiceOrigin(
        Caller.operation(HttpMethod.GET, Safety.SAFE, null), protocol, List.of(), 0);
    return caller.on(() -> {
      UpstreamStream stream = caller
          .upstreams()
          .open(origin, "/events", List.of(), new UpstreamStream.Reader() {
            @Override
            public void opened() {
              opened.countDown();
            }

            @Override
            public void received(Buffer data) {
              told.add(data.toString());
            }

            @Override
            public void ended(UpstreamException failure) {
              told.add(
                  failure == null ? "ended" : failure.failureClass() + ": " + failure.getMessage());
            }
          });
      if (paused) {
        stream.pause();
      }
      return stream;
    });
  }

  private static Caller caller(Vertx vertx, HttpServer server, Duration idle) {
    return new Caller(
        vertx,
        Caller.settings("http://127.0.0.1:" + server.actualPort())
            .requestTimeout(Caller.LONG)
            .streamIdleTimeout(idle)
            .build());
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aStreamThatFallsSilentIsLost(Protocol protocol) throws Exception {
    try (Caller caller = caller(vertx, silent(), SHORT)) {
      open(caller, protocol, false);

      assertThat(next()).isEqualTo("one");
      assertThat(next())
          .startsWith("TIMED_OUT: catalog: ")
          .endsWith("silent for 300 ms (stream-idle-timeout)");
      if (protocol == Protocol.EVENT_STREAM) {
        assertThat(left.await(Caller.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aStreamThatNobodyListensToIsNotSilent(Protocol protocol) throws Exception {
    try (Caller caller = caller(vertx, silent(), SHORT)) {
      UpstreamStream stream = open(caller, protocol, true);
      assertThat(opened.await(Caller.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      Caller.await(vertx.timer(4 * SHORT.toMillis(), TimeUnit.MILLISECONDS));
      assertThat(told).isEmpty();

      caller.on(() -> {
        stream.resume();
        return null;
      });

      assertThat(next()).isEqualTo("one");
      assertThat(next()).startsWith("TIMED_OUT: ");
    }
  }

  @Test
  void aWebSocketIsAskedForASignOfLife() throws Exception {
    HttpServer server = Caller.await(vertx
        .createHttpServer()
        .webSocketHandler(socket -> socket.frameHandler(frame -> {
          if (frame.isPing()) {
            asked.countDown();
            socket.writeTextMessage("alive");
          }
        }))
        .requestHandler(request -> request.response().setStatusCode(404).end())
        .listen(0, "127.0.0.1"));
    try (Caller caller = caller(vertx, server, Duration.ofSeconds(2))) {
      open(caller, Protocol.WEB_SOCKET, false);

      assertThat(asked.await(Caller.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(next()).isEqualTo("alive");
    }
  }
}
