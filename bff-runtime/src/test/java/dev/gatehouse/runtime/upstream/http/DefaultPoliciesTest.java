package dev.gatehouse.runtime.upstream.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.gatehouse.runtime.upstream.http.Caller.get;
import static dev.gatehouse.runtime.upstream.http.Caller.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.gatehouse.runtime.policy.BreakerPolicy;
import dev.gatehouse.runtime.policy.CachePolicy;
import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of calls to a service that misbehaves, through all layers that are on by default; and that nothing is left of it. */
class DefaultPoliciesTest {
  private static final String GOOD = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ngood";
  /** All defaults but the budget, which one call alone would use up. */
  private static final ServicePolicy USUAL = ServicePolicy.DEFAULT.withRetry(
      RetryPolicy.DEFAULT.withBudget(new RetryPolicy.Budget(100, 100)));

  private static final String HTML = "<html><h1>502 Bad Gateway</h1></html>";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    Caller.await(vertx.close());
  }

  private static ServiceSettings.Builder settings(String url) {
    return Caller.settings(url).policy(USUAL);
  }

  private static Consumer<NetSocket> write(String answer) {
    return socket -> socket.write(answer);
  }

  private static Consumer<NetSocket> writeAndClose(String answer) {
    return socket -> socket.end(Buffer.buffer(answer));
  }

  private static String withBody(String status, String type, String body) {
    return "HTTP/1.1 " + status + "\r\ncontent-type: " + type + "\r\ncontent-length: "
        + body.length() + "\r\n\r\n" + body;
  }

  private static void nothingIsLeft(Caller caller, RawService service) {
    caller.awaitPool(pool -> pool.openConnections() == pool.idleConnections()
        && pool.waitingCalls() == 0
        && pool.pendingConnections() == 0);
    assertThat(Caller.text(caller.call(get("/good")))).isEqualTo("good");
    caller.awaitPool(pool -> pool.idleConnections() == 1 && pool.openConnections() == 1);
    assertThat(service.hasOpenConnection()).isTrue();
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(
            "closes at once", (Consumer<NetSocket>) NetSocket::close, FailureClass.UNREACHABLE, 3),
        arguments(
            "closes within the head",
            writeAndClose("HTTP/1.1 200 OK\r\nconte"),
            FailureClass.NONSENSE,
            1),
        arguments(
            "sends less than it announced",
            writeAndClose("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"a\":"),
            FailureClass.NONSENSE,
            1),
        arguments(
            "closes within a chunk",
            writeAndClose("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\n{\"a\":"),
            FailureClass.NONSENSE,
            1),
        arguments(
            "speaks something else",
            write("220 smtp.example.org ESMTP\r\n\r\n"),
            FailureClass.NONSENSE,
            1),
        arguments(
            "sends headers beyond measure",
            write("HTTP/1.1 200 OK\r\nx: " + "y".repeat(20_000) + "\r\n\r\n"),
            FailureClass.NONSENSE,
            1),
        arguments(
            "switches protocols",
            write("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n"),
            FailureClass.NONSENSE,
            1));
  }

  @ParameterizedTest(name = "a service that {0}")
  @MethodSource("failures")
  void isClassedAfterAllAttempts(
      String what, Consumer<NetSocket> fault, FailureClass expected, int attempts) {
    AtomicBoolean broken = new AtomicBoolean(true);
    RawService service = new RawService(vertx, (socket, request) -> {
      if (broken.get()) {
        fault.accept(socket);
      } else {
        socket.write(GOOD);
      }
    });
    try (Caller caller = new Caller(vertx, settings(service.url()).build())) {
      UpstreamException failure = caller.fail(get("/things"));
      assertThat(failure.failureClass()).as(failure.getMessage()).isEqualTo(expected);
      assertThat(service.requests()).isEqualTo(attempts);

      UpstreamException change = caller.fail(post("/things", "{}"));
      assertThat(change.failureClass()).isEqualTo(expected);
      assertThat(service.requests()).isEqualTo(attempts + 1);

      broken.set(false);
      nothingIsLeft(caller, service);
    }
  }

  @Test
  void aConnectionThatBreaksOnceIsNobodysBusiness() {
    RawService service = new RawService(vertx, (socket, request) -> {
      if (request == 1) {
        socket.close();
      } else {
        socket.write(GOOD);
      }
    });
    try (Caller caller = new Caller(vertx, settings(service.url()).build())) {
      assertThat(Caller.text(caller.call(get("/things")))).isEqualTo("good");
      nothingIsLeft(caller, service);
    }
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        arguments(withBody("200 OK", "text/html", HTML), 200, HTML, 1),
        arguments(withBody("200 OK", "image/png", "1234"), 200, "1234", 1),
        arguments(withBody("500 Oops", "text/html", HTML), 500, HTML, 1),
        arguments(withBody("503 Busy", "text/html", HTML), 503, HTML, 3),
        arguments(withBody("429 Slowly", "text/plain", ""), 429, "", 3),
        arguments(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n" + GOOD,
            200,
            "good",
            1));
  }

  /** What a body is worth, the engine finds out. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void anAnswerIsGivenAsItIs(String answer, int status, String body, int attempts) {
    AtomicBoolean good = new AtomicBoolean();
    RawService service =
        new RawService(vertx, (socket, request) -> socket.write(good.get() ? GOOD : answer));
    try (Caller caller = new Caller(vertx, settings(service.url()).build())) {
      UpstreamResponse response = caller.call(get("/things"));
      assertThat(response.status()).isEqualTo(status);
      assertThat(Caller.text(response)).isEqualTo(body);
      assertThat(service.requests()).isEqualTo(attempts);
      good.set(true);
      nothingIsLeft(caller, service);
    }
  }

  @Test
  void aRedirectIsNotFollowed() {
    RawService elsewhere = new RawService(vertx, (socket, request) -> socket.write(GOOD));
    RawService service = new RawService(
        vertx,
        (socket, request) -> socket.write(
            request == 1
                ? "HTTP/1.1 302 Found\r\nlocation: " + elsewhere.url()
                    + "/secret\r\ncontent-length: 0\r\n\r\n"
                : GOOD));
    try (Caller caller = new Caller(vertx, settings(service.url()).build())) {
      assertThat(caller.call(get("/things")).status()).isEqualTo(302);
      assertThat(elsewhere.requests()).isZero();
      nothingIsLeft(caller, service);
    }
  }

  @ParameterizedTest(name = "after \"{0}\"")
  @CsvSource({
    "''",
    "'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n'",
    "'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n123'"
  })
  void aServiceThatHangsIsGivenUpAtTheDeadline(String begun) {
    CountDownLatch written = new CountDownLatch(1);
    RawService service = new RawService(vertx, (socket, request) -> {
      if (request == 2) {
        socket.write(begun).onSuccess(done -> written.countDown());
      } else {
        socket.write(GOOD);
      }
    });
    try (Caller caller = new Caller(vertx, settings(service.url()).build())) {
      caller.call(get("/things")); // so that there is a connection
      UpstreamException failure =
          Caller.failure(caller.startUntil(written, () -> get("/things", Duration.ofMillis(400))));
      assertThat(failure.failureClass()).isEqualTo(FailureClass.TIMED_OUT);
      assertThat(service.requests()).isEqualTo(2);
      nothingIsLeft(caller, service);
    }
  }

  @Test
  void anInstanceThatHangsCostsOneAttemptsTime() {
    RawService service = new RawService(vertx, (socket, request) -> {
      if (request > 1) {
        socket.write(GOOD);
      }
    });
    ServiceSettings settings = settings(service.url())
        .policy(USUAL.withRetry(
            USUAL.retry().withAttempts(10).withAttemptTimeout(Duration.ofMillis(500))))
        .build();
    try (Caller caller = new Caller(vertx, settings)) {
      assertThat(Caller.text(caller.call(get("/things")))).isEqualTo("good");
      // More only where the machine held further attempts up as long.
      assertThat(service.requests()).isGreaterThanOrEqualTo(2);
      nothingIsLeft(caller, service);
    }
  }

  @Test
  void bytesThatTrickleInDoNotPutTheDeadlineOff() {
    RawService service = new RawService(vertx, (socket, request) -> {
      if (request != 2) {
        socket.write(GOOD);
        return;
      }
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n");
      long timer = vertx.setPeriodic(5, tick -> socket.write("x"));
      socket.closeHandler(closed -> vertx.cancelTimer(timer));
    });
    try (Caller caller = new Caller(vertx, settings(service.url()).build())) {
      caller.call(get("/things")); // so that there is a connection
      assertThat(Caller.failure(caller.start(() -> get("/things", Duration.ofMillis(400))))
              .failureClass())
          .isEqualTo(FailureClass.TIMED_OUT);
      caller.awaitTrue(() -> service.requests() == 2);
      nothingIsLeft(caller, service);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EMPTY_RESPONSE, UNREACHABLE, 3",
    "CONNECTION_RESET_BY_PEER, UNREACHABLE, 3",
    "MALFORMED_RESPONSE_CHUNK, NONSENSE, 1"
  })
  void theFaultsOfAnIndependentServerAreClassedAfterAllAttempts(
      Fault fault, FailureClass expected, int attempts) {
    WireMockServer service =
        new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());
    service.start();
    service.stubFor(any(anyUrl()).willReturn(aResponse().withBody("{}").withFault(fault)));
    try (Caller caller =
        new Caller(vertx, settings("http://127.0.0.1:" + service.port()).build())) {
      UpstreamException failure = caller.fail(get("/things"));
      assertThat(failure.failureClass()).as(failure.getMessage()).isEqualTo(expected);
      caller.awaitTrue(() -> service.getAllServeEvents().size() >= attempts); // told of afterwards
      assertThat(service.getAllServeEvents()).hasSize(attempts);
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isZero();
      service.resetAll();
      service.stubFor(any(anyUrl()).willReturn(ok("good")));
      assertThat(Caller.text(caller.call(get("/things")))).isEqualTo("good");
    } finally {
      service.stop();
    }
  }

  @Test
  void whereNobodyListensAChangeIsTriedAgainToo() throws IOException {
    RawService service = new RawService(vertx, (socket, request) -> socket.write(GOOD));
    try (ClosedPort nobody = new ClosedPort()) {
      try (Caller caller = new Caller(vertx, settings(nobody.url()).build())) {
        assertThat(caller.fail(post("/things", "{}")))
            .hasMessageContaining("not connected")
            .hasMessageEndingWith("(after 3 attempts)");
      }
      ServiceSettings both = ServiceSettings.at(nobody.url(), service.url()).toBuilder()
          .connectTimeout(Caller.LONG)
          .policy(USUAL)
          .build();
      try (Caller caller = new Caller(vertx, both)) {
        for (int i = 0; i < 4; i++) {
          assertThat(Caller.text(caller.call(post("/things", "{}")))).isEqualTo("good");
        }
        assertThat(service.requests()).isEqualTo(4);
      }
    }
  }

  /** Also where each connection fails only from its second call on, which the transport could take for a stale connection. */
  @ParameterizedTest
  @CsvSource({"1", "2"})
  void anOutageIsAmplifiedByATenthAtMost(int firstFailing) {
    RawService service = new RawService(vertx, (socket, request) -> {
      if (firstFailing == 1 || request % 2 == 0) {
        socket.close();
      } else {
        socket.write("HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n");
      }
    });
    ServiceSettings settings = settings(service.url())
        .policy(ServicePolicy.DEFAULT
            .withBreaker(BreakerPolicy.OFF)
            .withCache(CachePolicy.OFF)
            .withRetry(RetryPolicy.DEFAULT.withBackoff(Duration.ZERO, Duration.ZERO)))
        .build();
    int calls = 3000;
    try (Caller caller = new Caller(vertx, settings)) {
      for (int sent = 0; sent < calls; sent += 50) {
        List<Future<UpstreamResponse>> batch = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
          batch.add(caller.start(get("/things")));
        }
        Caller.await(Future.join(batch).transform(Future::succeededFuture));
      }
      assertThat(service.requests()).isGreaterThan(calls).isLessThanOrEqualTo(calls * 11 / 10);
    }
  }

  @Test
  void aServiceThatFailsAllTheTimeIsLeftAloneAfterAWhile() {
    RawService service = new RawService(
        vertx, (socket, request) -> socket.write("HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n"));
    // With a window and a rest that no machine is too slow for.
    BreakerPolicy usual = BreakerPolicy.DEFAULT;
    ServiceSettings settings = settings(service.url())
        .policy(ServicePolicy.DEFAULT.withBreaker(new BreakerPolicy(
            usual.failurePercent(),
            usual.leastCalls(),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            usual.probes())))
        .build();
    try (Caller caller = new Caller(vertx, settings)) {
      for (int i = 0; i < 20; i++) {
        assertThat(caller.call(get("/things")).status()).isEqualTo(500);
      }
      UpstreamException refused = caller.fail(get("/things"));
      assertThat(refused.failureClass()).isEqualTo(FailureClass.REFUSED);
      assertThat(refused).hasMessageContaining("the circuit breaker is open");
      assertThat(service.requests()).isEqualTo(20);
    }
  }

  private HttpServer http2(Consumer<HttpServerRequest> handler) {
    return Caller.await(vertx
        .createHttpServer(new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            // Whether so many were an attack, would else depend on how fast they follow each other.
            .setHttp2RstFloodMaxRstFramePerWindow(1_000_000))
        .requestHandler(handler::accept)
        .listen());
  }

  @ParameterizedTest(name = "with HTTP/2 error code {0}")
  @CsvSource({"2", "7", "8", "11"})
  void aFloodOfResetsEndsEachCallAndCostsNoMoreThanTheBudget(int code) {
    AtomicInteger requests = new AtomicInteger();
    AtomicBoolean broken = new AtomicBoolean(true);
    HttpServer server = http2(request -> {
      requests.incrementAndGet();
      if (broken.get()) {
        request.response().reset(code);
      } else {
        request.response().end("good");
      }
    });
    ServiceSettings settings = settings("h2c://127.0.0.1:" + server.actualPort())
        .policy(ServicePolicy.DEFAULT
            .withBreaker(BreakerPolicy.OFF)
            .withCache(CachePolicy.OFF)
            .withRetry(RetryPolicy.DEFAULT))
        .build();
    try (Caller caller = new Caller(vertx, settings)) {
      List<Future<UpstreamResponse>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        calls.add(caller.start(get("/things")));
      }
      Caller.await(Future.join(calls).transform(Future::succeededFuture));

      assertThat(calls)
          .allSatisfy(call -> assertThat(((UpstreamException) call.cause()).failureClass())
              .isEqualTo(FailureClass.UNREACHABLE));
      assertThat(requests.get()).isBetween(200, 220);
      broken.set(false);
      assertThat(Caller.text(caller.call(get("/things")))).isEqualTo("good");
      caller.awaitPool(
          pool -> pool.openConnections() == pool.idleConnections() && pool.waitingCalls() == 0);
    }
  }

  @Test
  void aServiceThatSaysGoodbyeToEachCallEndsThemAll() {
    AtomicBoolean broken = new AtomicBoolean(true);
    HttpServer server = http2(request -> {
      if (broken.get()) {
        request.connection().goAway(0, 0);
      } else {
        request.response().end("good");
      }
    });
    try (Caller caller =
        new Caller(vertx, settings("h2c://127.0.0.1:" + server.actualPort()).build())) {
      UpstreamRequest request = Caller.get("/things", Duration.ofSeconds(3));
      assertThat(caller.fail(request).failureClass())
          .isIn(FailureClass.UNREACHABLE, FailureClass.TIMED_OUT);
      broken.set(false);
      assertThat(Caller.text(caller.call(get("/things")))).isEqualTo("good");
      caller.awaitPool(pool -> pool.waitingCalls() == 0 && pool.openConnections() == 1);
    }
  }
}
