package dev.gatehouse.runtime.upstream.http;

import static dev.gatehouse.runtime.upstream.http.Caller.get;
import static dev.gatehouse.runtime.upstream.http.Caller.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUpstreamTest {
  private final Vertx vertx = Vertx.vertx();
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();
  private HttpServer server;

  /**
   * A request that the service does not answer.
   *
   * @param stopped completes once the service sees that nobody waits for the answer: reset, or its connection closed
   */
  private record Held(HttpServerRequest request, CompletableFuture<Object> stopped) {}

  @BeforeEach
  void startServer() {
    server = Caller.await(vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
        .connectionHandler(connections::add)
        .requestHandler(this::serve)
        .listen());
  }

  @AfterEach
  void stop() {
    Caller.await(vertx.close());
  }

  private void serve(HttpServerRequest request) {
    switch (request.path()) {
      case "/held" -> held.add(new Held(request, stopped(request)));
      case "/echo", "/base/echo" ->
        request
            .body()
            .onSuccess(body -> request
                .response()
                .putHeader("seen-version", request.version().name())
                .putHeader("seen-authority", request.authority().toString())
                .putHeader("seen-uri", request.uri())
                .putHeader("seen-headers", headers(request.headers()))
                .setStatusCode(Integer.parseInt(request.getParam("status", "200")))
                .end(body));
      case "/bytes" -> request.response().end(letters(Integer.parseInt(request.getParam("n"))));
      case "/sized" -> request.response().putHeader("content-length", "5000").end();
      case "/last" ->
        request.response().putHeader("connection", "x-option, Close").end("bye");
      default -> request.response().end("{\"path\":\"" + request.path() + "\"}");
    }
  }

  private static String headers(MultiMap headers) {
    List<String> all = new ArrayList<>();
    headers.forEach((name, value) -> all.add(name.toLowerCase() + "=" + value));
    return String.join(";", all);
  }

  private static Buffer letters(int count) {
    Buffer letters = Buffer.buffer(count);
    for (int i = 0; i < count; i++) {
      letters.appendByte((byte) ('a' + i % 26));
    }
    return letters;
  }

  private Caller caller(String scheme) {
    return new Caller(vertx, Caller.settings(url(scheme)).build());
  }

  private String url(String scheme) {
    return scheme + "://127.0.0.1:" + server.actualPort();
  }

  private Held nextHeld() throws InterruptedException {
    Held request = held.poll(Caller.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(request).as("a request reached the service").isNotNull();
    return request;
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "h2c"})
  void aCallTellsStatusHeadersAndBody(String scheme) {
    try (Caller caller = caller(scheme)) {
      UpstreamResponse answer = caller.call(get("/things/1"));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers().get("content-length")).isEqualTo("20");
      assertThat(Caller.text(answer)).isEqualTo("{\"path\":\"/things/1\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "h2c"})
  void anyStatusIsAnAnswer(String scheme) {
    try (Caller caller = caller(scheme)) {
      for (int status : new int[] {204, 301, 304, 404, 500, 503}) {
        assertThat(caller.call(get("/echo?status=" + status)).status()).isEqualTo(status);
      }
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "h2c"})
  void aCallSendsItsBodyAndHeadersAndTheTimeLeft(String scheme) {
    try (Caller caller = caller(scheme)) {
      UpstreamRequest request = new UpstreamRequest(
          Caller.operation(HttpMethod.POST, Safety.SAFE, Caller.LONG),
          HttpMethod.POST,
          "/echo?q=%C3%A9",
          List.of(
              new Header("x-tenant", "blue"), new Header("accept", "application/vnd.thing+json")),
          "{\"a\":1}".getBytes(),
          System.nanoTime() + Duration.ofSeconds(50).toNanos());

      UpstreamResponse answer = caller.call(request);

      assertThat(Caller.text(answer)).isEqualTo("{\"a\":1}");
      assertThat(answer.headers().get("seen-uri")).isEqualTo("/echo?q=%C3%A9");
      assertThat(answer.headers().get("seen-authority"))
          .isEqualTo("127.0.0.1:" + server.actualPort());
      assertThat(answer.headers().get("seen-version"))
          .isEqualTo(
              scheme.equals("h2c") ? HttpVersion.HTTP_2.name() : HttpVersion.HTTP_1_1.name());
      List<String> headers = List.of(answer.headers().get("seen-headers").split(";"));
      assertThat(headers)
          .contains(
              "x-tenant=blue", "accept=application/vnd.thing+json", "content-type=application/json")
          .doesNotContain("accept=application/json");
      assertThat(headers.stream().filter(h -> h.startsWith("x-envoy-expected-rq-timeout-ms=")))
          .singleElement()
          .satisfies(h ->
              assertThat(Long.parseLong(h.substring(h.indexOf('=') + 1))).isBetween(1L, 50_000L));
    }
  }

  @Test
  void aPostWithoutABodySaysSo() {
    try (Caller caller = caller("http")) {
      UpstreamRequest request =
          Caller.request(HttpMethod.POST, "/echo", Safety.SAFE, null, Caller.LONG);

      assertThat(caller.call(request).headers().get("seen-headers"))
          .contains("content-length=0")
          .doesNotContain("content-type");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "h2c"})
  void theEndpointsBasePathAndTheConfiguredAuthorityAreUsed(String scheme) {
    ServiceSettings settings =
        Caller.settings(url(scheme) + "/base/").authority("catalog.internal:81").build();
    try (Caller caller = new Caller(vertx, settings)) {
      UpstreamResponse answer = caller.call(get("/echo"));

      assertThat(answer.headers().get("seen-uri")).isEqualTo("/base/echo");
      assertThat(answer.headers().get("seen-authority")).isEqualTo("catalog.internal:81");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "h2c"})
  void bodiesOfAnySizeArriveWhole(String scheme) {
    try (Caller caller = caller(scheme)) {
      for (int size : new int[] {0, 1, 8192, 65_537, 3_000_000}) {
        UpstreamResponse answer = caller.call(get("/bytes?n=" + size));

        assertThat(answer.length()).isEqualTo(size);
        assertThat(Caller.text(answer)).isEqualTo(letters(size).toString());
      }
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isEqualTo(1);
    }
  }

  @Test
  void aHeadRequestHasNoBodyAndKeepsItsConnection() {
    try (Caller caller = caller("http")) {
      UpstreamResponse answer =
          caller.call(Caller.request(HttpMethod.HEAD, "/sized", Safety.SAFE, null, Caller.LONG));

      assertThat(answer.headers().get("content-length")).isEqualTo("5000");
      assertThat(answer.length()).isZero();
      assertThat(caller.<Integer>pool(EndpointPool::idleConnections)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "h2c"})
  void callsOneAfterTheOtherShareAConnection(String scheme) {
    try (Caller caller = caller(scheme)) {
      for (int i = 0; i < 20; i++) {
        caller.call(get("/things/" + i));
      }

      assertThat(connections).hasSize(1);
      assertThat(caller.<Integer>pool(EndpointPool::idleConnections)).isEqualTo(1);
    }
  }

  @Test
  void callsAtTheSameTimeShareOneHttp2Connection() throws InterruptedException {
    try (Caller caller = caller("h2c")) {
      List<Future<UpstreamResponse>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(caller.start(get("/held")));
      }
      for (int i = 0; i < 50; i++) {
        nextHeld().request().response().end("x");
      }

      Caller.await(Future.all(answers));
      assertThat(connections).hasSize(1);
    }
  }

  @Test
  void aConnectionThatTheServiceAnnouncesToCloseIsNotUsedAgain() {
    try (Caller caller = caller("http")) {
      assertThat(Caller.text(caller.call(get("/last")))).isEqualTo("bye");
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isZero();
      assertThat(Caller.text(caller.call(post("/echo", "next")))).isEqualTo("next");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "h2c"})
  void aCallEndsAtItsDeadlineAndIsStoppedAtTheService(String scheme) throws InterruptedException {
    try (Caller caller = caller(scheme)) {
      caller.call(get("/things/1"));
      Future<UpstreamResponse> answer = caller.start(() -> get("/held", Duration.ofSeconds(1)));
      CompletableFuture<Object> stopped = nextHeld().stopped();

      UpstreamException failure = Caller.failure(answer);

      assertThat(failure.failureClass()).isEqualTo(FailureClass.TIMED_OUT);
      assertThat(failure)
          .hasMessage("catalog: GET /things at " + url(scheme) + ": no answer until its deadline");
      Caller.await(Future.fromCompletionStage(stopped));
      assertThat(caller.<Integer>pool(EndpointPool::openConnections))
          .isEqualTo(scheme.equals("h2c") ? 1 : 0);
      assertThat(caller.call(get("/things/1")).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "h2c"})
  void aCancelledCallFailsWithTheReasonAndIsStoppedAtTheService(String scheme)
      throws InterruptedException {
    try (Caller caller = caller(scheme)) {
      UpstreamRequest request = get("/held");
      Future<UpstreamResponse> answer = caller.start(request);
      CompletableFuture<Object> stopped = nextHeld().stopped();
      UpstreamException reason = new UpstreamException(FailureClass.CANCELLED, "the client left");

      caller.cancel(request, reason);

      assertThat(Caller.failure(answer)).isSameAs(reason);
      Caller.await(Future.fromCompletionStage(stopped));
      assertThat(caller.<Integer>pool(EndpointPool::openConnections))
          .isEqualTo(scheme.equals("h2c") ? 1 : 0);
      assertThat(caller.call(get("/things/1")).status()).isEqualTo(200);
    }
  }

  private static CompletableFuture<Object> stopped(HttpServerRequest request) {
    CompletableFuture<Object> stopped = new CompletableFuture<>();
    request.response().exceptionHandler(stopped::complete);
    request.response().closeHandler(stopped::complete);
    return stopped;
  }
}
