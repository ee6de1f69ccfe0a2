package dev.gatehouse.runtime.upstream.http;

import static dev.gatehouse.runtime.upstream.http.Caller.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many connections there are, and who gets them. */
class PoolTest {
  private static final int STREAMS = 3;

  private final Vertx vertx = Vertx.vertx();
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();
  private HttpServer server;

  @BeforeEach
  void startServer() {
    server = Caller.await(vertx
        .createHttpServer(new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(STREAMS)))
        .connectionHandler(connection -> {
          connections.add(connection);
          connection.closeHandler(closed -> connections.remove(connection));
        })
        .requestHandler(request -> {
          if (request.path().equals("/held")) {
            held.add(request);
          } else {
            request.response().end(request.path());
          }
        })
        .listen());
  }

  @AfterEach
  void stop() {
    Caller.await(vertx.close());
  }

  private ServiceSettings.Builder settings(String scheme) {
    return Caller.settings(scheme + "://127.0.0.1:" + server.actualPort());
  }

  private HttpServerRequest nextHeld() throws InterruptedException {
    HttpServerRequest request = held.poll(Caller.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(request).as("a request reached the service").isNotNull();
    return request;
  }

  private static List<Future<UpstreamResponse>> start(Caller caller, int calls) {
    List<Future<UpstreamResponse>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      answers.add(caller.start(get("/held")));
    }
    return answers;
  }

  @Test
  void thereAreNeverMoreConnectionsThanAllowed() throws InterruptedException {
    try (Caller caller = new Caller(vertx, settings("http").maxConnections(3).build())) {
      List<Future<UpstreamResponse>> answers = start(caller, 20);
      List<HttpServerRequest> first = List.of(nextHeld(), nextHeld(), nextHeld());
      first.forEach(request -> request.response().end());
      for (int i = 3; i < 20; i++) {
        HttpServerRequest request = nextHeld();
        assertThat(connections).hasSizeLessThanOrEqualTo(3);
        request.response().end();
      }

      Caller.await(Future.all(answers));
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isEqualTo(3);
      assertThat(caller.<Integer>pool(EndpointPool::idleConnections)).isEqualTo(3);
      assertThat(caller.<Integer>pool(EndpointPool::waitingCalls)).isZero();
    }
  }

  @Test
  void thereAreNeverMoreStreamsThanTheServiceAllows() throws InterruptedException {
    try (Caller caller = new Caller(vertx, settings("h2c").maxConnections(2).build())) {
      List<Future<UpstreamResponse>> answers = start(caller, 40);
      List<HttpServerRequest> first = new ArrayList<>();
      for (int i = 0; i < 2 * STREAMS; i++) {
        first.add(nextHeld());
      }
      first.forEach(request -> request.response().end());
      for (int i = 2 * STREAMS; i < 40; i++) {
        nextHeld().response().end();
      }

      Caller.await(Future.all(answers)); // one stream too many would be refused or fail
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isEqualTo(2);
      assertThat(caller.<Integer>pool(EndpointPool::idleConnections)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "h2c"})
  void aCallIsRefusedWhenTooManyWait(String scheme) throws InterruptedException {
    int atOnce = scheme.equals("h2c") ? STREAMS : 1;
    ServiceSettings settings = settings(scheme).maxConnections(1).maxWaiting(2).build();
    try (Caller caller = new Caller(vertx, settings)) {
      caller.call(get("/first")); // so that it is known how many streams a connection carries
      List<Future<UpstreamResponse>> answers = start(caller, atOnce + 2);
      assertThat(caller.<Integer>pool(EndpointPool::waitingCalls)).isEqualTo(2);

      UpstreamException failure = caller.fail(get("/held"));

      assertThat(failure.failureClass()).isEqualTo(FailureClass.REFUSED);
      assertThat(failure)
          .hasMessageEndingWith(
              "all 1 connections are busy and 2 calls wait (max-connections, max-waiting)");
      for (int i = 0; i < atOnce + 2; i++) {
        nextHeld().response().end();
      }
      Caller.await(Future.all(answers));
    }
  }

  @Test
  void callsWaitInLineAndLeaveItAtTheirDeadlineOrWhenCancelled() throws InterruptedException {
    try (Caller caller = new Caller(vertx, settings("http").maxConnections(1).build())) {
      Future<UpstreamResponse> first = caller.start(get("/held"));
      HttpServerRequest busy = nextHeld();
      Future<UpstreamResponse> late = caller.start(() -> get("/late", Duration.ofMillis(500)));
      UpstreamRequest unwanted = get("/unwanted");
      Future<UpstreamResponse> cancelled = caller.start(unwanted);
      Future<UpstreamResponse> patient = caller.start(get("/patient"));

      caller.cancel(unwanted, new UpstreamException(FailureClass.CANCELLED, "the client left"));

      assertThat(Caller.failure(cancelled).failureClass()).isEqualTo(FailureClass.CANCELLED);
      UpstreamException failure = Caller.failure(late);
      assertThat(failure.failureClass()).isEqualTo(FailureClass.TIMED_OUT);
      assertThat(failure).hasMessageEndingWith("no connection became free until its deadline");
      assertThat(caller.<Integer>pool(EndpointPool::waitingCalls)).isEqualTo(1);
      busy.response().end();
      Caller.await(first);
      assertThat(Caller.text(Caller.await(patient))).isEqualTo("/patient");
    }
  }

  @Test
  void aCallThatEndsAtItsDeadlineMakesRoomForTheNextInLine() throws InterruptedException {
    try (Caller caller = new Caller(vertx, settings("http").maxConnections(1).build())) {
      caller.call(get("/first")); // so that there is a connection
      Future<UpstreamResponse> hung = caller.start(() -> get("/held", Duration.ofMillis(500)));
      nextHeld();
      Future<UpstreamResponse> next = caller.start(get("/next"));

      assertThat(Caller.failure(hung).failureClass()).isEqualTo(FailureClass.TIMED_OUT);
      assertThat(Caller.text(Caller.await(next))).isEqualTo("/next");
    }
  }

  @Test
  void aCancelledCallIsNotSentWhenItsConnectionComes() {
    try (Caller caller = new Caller(vertx, settings("http").build())) {
      UpstreamException reason = new UpstreamException(FailureClass.CANCELLED, "the client left");
      UpstreamRequest request = get("/held");
      Future<UpstreamResponse> answer = caller.on(() -> {
        Future<UpstreamResponse> sent = caller.upstreams().service("catalog").send(request);
        request.cancel(reason);
        return sent;
      });

      assertThat(Caller.failure(answer)).isSameAs(reason);
      caller.awaitPool(pool -> pool.idleConnections() == 1);
      assertThat(held).isEmpty();
    }
  }

  @Test
  void aCallCancelledBeforehandIsNotSent() {
    try (Caller caller = new Caller(vertx, settings("http").build())) {
      UpstreamException reason = new UpstreamException(FailureClass.CANCELLED, "the client left");
      UpstreamRequest request = get("/held");
      request.cancel(reason);

      assertThat(caller.fail(request)).isSameAs(reason);
      assertThat(caller.<Integer>pool(EndpointPool::pendingConnections)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "h2c"})
  void unusedConnectionsAreClosed(String scheme) throws InterruptedException {
    try (Caller caller =
        new Caller(vertx, settings(scheme).idleTimeout(Duration.ofMillis(100)).build())) {
      List<Future<UpstreamResponse>> answers = start(caller, 8);
      for (int i = 0; i < 8; i++) {
        nextHeld().response().end();
      }
      Caller.await(Future.all(answers));

      caller.awaitPool(pool -> pool.openConnections() == 0);
      caller.awaitTrue(connections::isEmpty);
      assertThat(caller.call(get("/again")).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "h2c"})
  void closingLetsCallsUnderWayEndAndRefusesNewOnes(String scheme) throws InterruptedException {
    Caller caller = new Caller(vertx, settings(scheme).maxConnections(1).build());
    List<Future<UpstreamResponse>> answers =
        start(caller, STREAMS + 1); // of which some wait in line
    HttpServerRequest first = nextHeld();

    Future<Void> closed =
        Future.fromCompletionStage(caller.on(() -> caller.upstreams().close().toCompletionStage()));

    UpstreamException refused = caller.fail(get("/late"));
    assertThat(refused.failureClass()).isEqualTo(FailureClass.REFUSED);
    assertThat(refused).hasMessage("catalog: GET /things: not sent, the client is closed");
    assertThat(closed.isComplete()).isFalse();
    first.response().end();
    for (int i = 0; i < STREAMS; i++) {
      nextHeld().response().end();
    }
    Caller.await(Future.all(answers));
    Caller.await(closed);
    caller.awaitTrue(connections::isEmpty);
    caller.close();
  }

  @Test
  void aCallMadeWhenAnotherIsToldThatThereIsNoConnectionHasItsOwnAttempt() {
    RawService silent = new RawService(vertx, (socket, request) -> {});
    Duration timeout = Duration.ofMillis(100);
    ServiceSettings settings = Caller.settings(silent.url().replace("http:", "h2c:"))
        .connectTimeout(timeout)
        .build();
    try (Caller caller = new Caller(vertx, settings)) {
      Future<Long> between = caller.on(() -> {
        Upstream service = caller.upstreams().service("catalog");
        return service.send(get("/things")).transform(first -> {
          long begin = System.nanoTime();
          return service
              .send(get("/things"))
              .transform(second -> Future.succeededFuture(System.nanoTime() - begin));
        });
      });

      assertThat(Caller.await(between)).isGreaterThanOrEqualTo(timeout.toNanos());
      caller.awaitTrue(() -> silent.connections() == 2);
    }
  }

  @Test
  void aConnectionThatIsNotMadeInTimeIsUnreachable() {
    RawService silent = new RawService(vertx, (socket, request) -> {});
    ServiceSettings settings = Caller.settings(silent.url().replace("http:", "h2c:"))
        .connectTimeout(Duration.ofMillis(200))
        .maxConnections(2)
        .build();
    try (Caller caller = new Caller(vertx, settings)) {
      for (int i = 0; i < 2; i++) {
        UpstreamException failure = caller.fail(get("/things"));

        assertThat(failure.failureClass()).isEqualTo(FailureClass.UNREACHABLE);
        assertThat(failure).hasMessageEndingWith("not connected: no connection within 200 ms");
      }
      assertThat(caller.<Integer>pool(EndpointPool::waitingCalls)).isZero();
      // Both sockets are still held by handshakes, so there is no third.
      assertThat(caller.fail(get("/things", Duration.ofMillis(300))).failureClass())
          .isEqualTo(FailureClass.TIMED_OUT);
      caller.awaitTrue(() -> silent.connections() >= 2);
      assertThat(silent.connections()).isEqualTo(2);
    }
  }
}
