package dev.gatehouse.runtime.upstream.http;

import static dev.gatehouse.runtime.upstream.http.Caller.get;
import static dev.gatehouse.runtime.upstream.http.Caller.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is particular to HTTP/2: streams end one by one, and connections say goodbye. */
class Http2Test {
  private static final long NO_ERROR = 0;
  private static final long INTERNAL_ERROR = 2;
  private static final long REFUSED_STREAM = 7;

  private final Vertx vertx = Vertx.vertx();
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void startServer() {
    server = Caller.await(vertx
        .createHttpServer(new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            // Whether so many were an attack, would else depend on how fast they follow each other.
            .setHttp2RstFloodMaxRstFramePerWindow(1_000_000))
        .connectionHandler(connections::add)
        .requestHandler(this::serve)
        .listen());
  }

  private void serve(HttpServerRequest request) {
    requests.incrementAndGet();
    switch (request.path()) {
      case "/held" -> held.add(request);
      case "/refused" -> {
        if (refusals.getAndDecrement() > 0) {
          request.response().reset(REFUSED_STREAM);
        } else {
          request.response().end("accepted");
        }
      }
      case "/broken" -> request.response().reset(INTERNAL_ERROR);
      case "/broken-later" ->
        request
            .response()
            .setChunked(true)
            .write("{")
            .onSuccess(written -> request.response().reset(INTERNAL_ERROR));
      case "/short" -> request.response().putHeader("content-length", "100").end("{}");
      case "/gzip" -> request.response().putHeader("content-encoding", "gzip").end("{}");
      default -> request.response().end("ok");
    }
  }

  @AfterEach
  void stop() {
    Caller.await(vertx.close());
  }

  private Caller caller() {
    return new Caller(
        vertx,
        Caller.settings("h2c://127.0.0.1:" + server.actualPort())
            .maxResponseBytes(1000)
            .build());
  }

  private HttpServerRequest nextHeld() throws InterruptedException {
    HttpServerRequest request = held.poll(Caller.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(request).as("a request reached the service").isNotNull();
    return request;
  }

  @Test
  void aRefusedStreamIsSentOnceMoreWhateverItDoes() {
    try (Caller caller = caller()) {
      refusals.set(1);

      assertThat(Caller.text(caller.call(post("/refused", "{}")))).isEqualTo("accepted");

      assertThat(requests).hasValue(2);
      assertThat(connections).hasSize(1);
    }
  }

  @Test
  void aStreamRefusedAgainIsUnreachable() {
    try (Caller caller = caller()) {
      refusals.set(10);

      UpstreamException failure = caller.fail(get("/refused"));

      assertThat(failure.failureClass()).isEqualTo(FailureClass.UNREACHABLE);
      assertThat(failure).hasMessageEndingWith("stream reset by the service (HTTP/2 error code 7)");
      assertThat(requests).hasValue(2);
    }
  }

  @Test
  void aStreamThatTheServiceResetsIsUnreachableAndCostsNoOther() throws InterruptedException {
    try (Caller caller = caller()) {
      Future<UpstreamResponse> other = caller.start(get("/held"));
      HttpServerRequest request = nextHeld();

      assertThat(caller.fail(get("/broken")).failureClass()).isEqualTo(FailureClass.UNREACHABLE);
      assertThat(caller.fail(get("/broken-later")).failureClass())
          .isEqualTo(FailureClass.UNREACHABLE);

      request.response().end("whole");
      assertThat(Caller.text(Caller.await(other))).isEqualTo("whole");
      assertThat(connections).hasSize(1);
      assertThat(requests).hasValue(3);
    }
  }

  @Test
  void aServiceThatResetsStreamAfterStreamLeavesNothingBehind() {
    try (Caller caller = caller()) {
      List<Future<UpstreamResponse>> all = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        all.add(caller.start(get(i % 2 == 0 ? "/broken" : "/broken-later")));
      }
      for (Future<UpstreamResponse> one : all) {
        // Within an answer, where the flood has the connection closed.
        assertThat(Caller.failure(one).failureClass())
            .isIn(FailureClass.UNREACHABLE, FailureClass.NONSENSE);
      }

      assertThat(Caller.text(caller.call(get("/things")))).isEqualTo("ok");
      caller.awaitPool(pool -> pool.waitingCalls() == 0
          && pool.pendingConnections() == 0
          && pool.goingAway() == 0
          && pool.openConnections() < 5);
    }
  }

  @Test
  void nonsenseOnOneStreamCostsNoOther() throws InterruptedException {
    try (Caller caller = caller()) {
      Future<UpstreamResponse> other = caller.start(get("/held"));
      HttpServerRequest request = nextHeld();

      assertThat(caller.fail(get("/gzip")).failureClass()).isEqualTo(FailureClass.NONSENSE);
      assertThat(caller.fail(get("/short")).failureClass()).isEqualTo(FailureClass.NONSENSE);

      request.response().end("x".repeat(1000));
      assertThat(Caller.await(other).length()).isEqualTo(1000);
      assertThat(connections).hasSize(1);
    }
  }

  @Test
  void aConnectionThatGoesAwayEndsItsCallsAndTakesNoMore() throws InterruptedException {
    try (Caller caller = caller()) {
      Future<UpstreamResponse> first = caller.start(get("/held"));
      HttpServerRequest request = nextHeld();

      request.connection().goAway(NO_ERROR, Integer.MAX_VALUE);
      caller.awaitTrue(() -> caller.pools().get(0).goingAway() == 1);
      assertThat(Caller.text(caller.call(post("/things", "{}")))).isEqualTo("ok");

      assertThat(connections).hasSize(2);
      request.response().end("whole");
      assertThat(Caller.text(Caller.await(first))).isEqualTo("whole");
      caller.awaitPool(pool -> pool.openConnections() == 1);
    }
  }

  @Test
  void aCallThatTheServiceHadNotSeenWhenItWentAwayIsSentOnceMore() throws InterruptedException {
    try (Caller caller = caller()) {
      caller.call(get("/things"));
      Future<UpstreamResponse> unseen = caller.start(post("/held", "{}"));
      HttpServerRequest request = nextHeld();

      request.connection().goAway(NO_ERROR, 1);

      nextHeld().response().end("second");
      assertThat(Caller.text(Caller.await(unseen))).isEqualTo("second");
      assertThat(connections).hasSize(2);
    }
  }

  @Test
  void callsOnAConnectionThatBreaksAreUnreachable() throws InterruptedException {
    TcpProxy proxy = new TcpProxy(vertx, server.actualPort());
    try (Caller caller =
        new Caller(vertx, Caller.settings("h2c://127.0.0.1:" + proxy.port()).build())) {
      Future<UpstreamResponse> unsafe = caller.start(post("/held", "{}"));
      nextHeld();

      proxy.cut();

      assertThat(Caller.failure(unsafe).failureClass()).isEqualTo(FailureClass.UNREACHABLE);
      caller.awaitPool(pool -> pool.openConnections() == 0);
      assertThat(caller.call(get("/things")).status()).isEqualTo(200);
    }
  }
}
