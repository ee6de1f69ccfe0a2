package dev.gatehouse.runtime.upstream.http;

import static dev.gatehouse.runtime.upstream.http.Caller.get;
import static dev.gatehouse.runtime.upstream.http.Caller.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A service that misbehaves costs the call, and nothing more: no connection is left over and the next call succeeds. */
class FaultsTest {
  private static final String GOOD = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ngood";

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    Caller.await(vertx.close());
  }

  private static Consumer<NetSocket> write(String answer) {
    return socket -> socket.write(answer);
  }

  private static Function<NetSocket, Future<Void>> begin(String answer) {
    return socket -> socket.write(answer);
  }

  private static Consumer<NetSocket> writeAndClose(String answer) {
    return socket -> socket.end(Buffer.buffer(answer));
  }

  /** Writes once more each time the last bytes have left, until the connection is closed. */
  private static Consumer<NetSocket> writeWithoutEnd(String head, String piece) {
    return socket -> {
      socket.write(head + piece);
      repeat(socket, piece);
    };
  }

  private static void repeat(NetSocket socket, String piece) {
    socket.write(piece).onSuccess(written -> repeat(socket, piece));
  }

  static Stream<Arguments> faults() {
    FailureClass unreachable = FailureClass.UNREACHABLE;
    FailureClass nonsense = FailureClass.NONSENSE;
    return Stream.of(
        arguments(
            "closes at once",
            (Consumer<NetSocket>) NetSocket::close,
            unreachable,
            "closed before an answer"),
        arguments(
            "closes within the head",
            writeAndClose("HTTP/1.1 200 OK\r\nconte"),
            nonsense,
            "malformed answer"),
        arguments(
            "closes within the body",
            writeAndClose("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"a\":"),
            nonsense,
            "connection closed within the answer"),
        arguments(
            "closes within a chunk",
            writeAndClose("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\n{\"a\":"),
            nonsense,
            "connection closed within the answer"),
        arguments(
            "closes before the last chunk",
            writeAndClose("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n"),
            nonsense,
            "connection closed within the answer"),
        arguments(
            "speaks something else",
            write("220 smtp.example.org ESMTP\r\n\r\n"),
            nonsense,
            "malformed answer"),
        arguments(
            "speaks HTTP/3.7", write("HTTP/3.7 200 OK\r\n\r\n"), nonsense, "malformed answer"),
        arguments(
            "contradicts itself on the length",
            write("HTTP/1.1 200 OK\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\n1234"),
            nonsense,
            "malformed answer"),
        arguments(
            "sends a chunk size that is none",
            write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n{}\r\n"),
            nonsense,
            "malformed answer"),
        arguments(
            "sends headers beyond measure",
            write("HTTP/1.1 200 OK\r\nx: " + "y".repeat(20_000) + "\r\n\r\n"),
            nonsense,
            "malformed answer"),
        arguments(
            "compresses unasked",
            write("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\n1234"),
            nonsense,
            "content-encoding gzip, which was not asked for"),
        arguments(
            "switches protocols",
            write("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n"),
            nonsense,
            "status 101, which was not asked for"),
        arguments(
            "announces too much",
            writeWithoutEnd(
                "HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n", "x".repeat(1000)),
            nonsense,
            "body of more than 100000 bytes (max-response-bytes)"),
        arguments(
            "sends chunks without end",
            writeWithoutEnd(
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
                "3e8\r\n" + "x".repeat(1000) + "\r\n"),
            nonsense,
            "body of more than 100000 bytes (max-response-bytes)"),
        arguments(
            "sends bytes until the connection ends, and it does not",
            writeWithoutEnd("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(1000)),
            nonsense,
            "body of more than 100000 bytes (max-response-bytes)"));
  }

  @ParameterizedTest(name = "a service that {0}")
  @MethodSource("faults")
  void isClassedAndLeavesNothingBehind(
      String what, Consumer<NetSocket> fault, FailureClass expected, String message) {
    RawService service = new RawService(vertx, (socket, request) -> {
      if (request == 1) {
        fault.accept(socket);
      } else {
        socket.write(GOOD);
      }
    });
    ServiceSettings settings =
        Caller.settings(service.url()).maxResponseBytes(100_000).build();
    try (Caller caller = new Caller(vertx, settings)) {
      UpstreamException failure = caller.fail(get("/things/1"));

      assertThat(failure.failureClass()).isEqualTo(expected);
      assertThat(failure)
          .hasMessageStartingWith("catalog: GET /things at " + service.url() + ": ")
          .hasMessageContaining(message);
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isZero();
      caller.awaitTrue(() -> !service.hasOpenConnection());
      assertThat(Caller.text(caller.call(get("/things/1")))).isEqualTo("good");
      assertThat(caller.<Integer>pool(EndpointPool::idleConnections)).isEqualTo(1);
      assertThat(service.requests()).isEqualTo(2);
    }
  }

  static Stream<Arguments> hangs() {
    return Stream.of(
        arguments(
            "says nothing",
            (Function<NetSocket, Future<Void>>) socket -> Future.succeededFuture(),
            "no answer until its deadline"),
        arguments(
            "stops within the head",
            begin("HTTP/1.1 200 OK\r\nx: "),
            "no answer until its deadline"),
        arguments(
            "sends interim answers without end",
            (Function<NetSocket, Future<Void>>) socket -> {
              repeat(socket, "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n");
              return Future.succeededFuture();
            },
            "no answer until its deadline"),
        arguments(
            "stops after the head",
            begin("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"),
            "answer incomplete, status 200 and 0 bytes of body until its deadline"),
        arguments(
            "stops within the body",
            begin("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n123"),
            "answer incomplete, status 200 and 3 bytes of body until its deadline"));
  }

  @ParameterizedTest(name = "a service that {0}")
  @MethodSource("hangs")
  void isGivenUpAtTheDeadlineAndLeavesNothingBehind(
      String what, Function<NetSocket, Future<Void>> hang, String message) {
    CountDownLatch begun = new CountDownLatch(1);
    RawService service = new RawService(vertx, (socket, request) -> {
      if (request == 2) {
        hang.apply(socket).onSuccess(written -> begun.countDown());
      } else {
        socket.write(GOOD);
      }
    });
    try (Caller caller = new Caller(vertx, Caller.settings(service.url()).build())) {
      caller.call(get("/things/1"));

      UpstreamException failure =
          Caller.failure(caller.startUntil(begun, () -> get("/things/1", Duration.ofMillis(500))));

      assertThat(failure.failureClass()).isEqualTo(FailureClass.TIMED_OUT);
      assertThat(failure).hasMessageEndingWith(message);
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isZero();
      caller.awaitTrue(() -> !service.hasOpenConnection());
      assertThat(Caller.text(caller.call(get("/things/1")))).isEqualTo("good");
    }
  }

  @Test
  void bytesThatTrickleInDoNotPutTheDeadlineOff() {
    RawService service = new RawService(vertx, (socket, request) -> {
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n");
      long timer = vertx.setPeriodic(5, tick -> socket.write("x"));
      socket.closeHandler(closed -> vertx.cancelTimer(timer));
    });
    try (Caller caller = new Caller(vertx, Caller.settings(service.url()).build())) {
      UpstreamException failure = caller.fail(get("/things/1", Duration.ofMillis(500)));

      assertThat(failure.failureClass()).isEqualTo(FailureClass.TIMED_OUT);
    }
  }

  @Test
  void theServicesTimeoutAppliesWhereTheOperationHasNone() {
    RawService service = new RawService(vertx, (socket, request) -> {});
    ServiceSettings settings =
        Caller.settings(service.url()).requestTimeout(Duration.ofMillis(200)).build();
    try (Caller caller = new Caller(vertx, settings)) {
      UpstreamException failure =
          caller.fail(Caller.withoutTimeout("/things/1", Duration.ofHours(1)));

      assertThat(failure.failureClass()).isEqualTo(FailureClass.TIMED_OUT);
    }
  }

  @Test
  void aCallWhoseDeadlineHasPassedIsNotSent() {
    RawService service = new RawService(vertx, (socket, request) -> socket.write(GOOD));
    try (Caller caller = new Caller(vertx, Caller.settings(service.url()).build())) {
      UpstreamException failure = caller.fail(get("/things/1", Duration.ofMillis(-1)));

      assertThat(failure.failureClass()).isEqualTo(FailureClass.TIMED_OUT);
      assertThat(failure).hasMessage("catalog: GET /things: not sent, the deadline has passed");
      assertThat(service.connections()).isZero();
    }
  }

  @Test
  void aConnectionResetWithinTheAnswerIsUnreachable() throws IOException {
    try (ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + service.getLocalPort();
      try (Caller caller = new Caller(vertx, Caller.settings(url).build())) {
        Future<UpstreamResponse> answer = caller.start(get("/things/1"));
        try (Socket socket = service.accept()) {
          socket.setSoLinger(true, 0); // closing sends a reset
          assertThat(socket.getInputStream().read()).isPositive();
          socket
              .getOutputStream()
              .write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n123".getBytes(UTF_8));
        }

        UpstreamException failure = Caller.failure(answer);
        assertThat(failure.failureClass()).isEqualTo(FailureClass.UNREACHABLE);
        assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isZero();
        assertGood(caller, service);
      }
    }
  }

  /** The next request of the same client, to a service that accepts it. */
  private static void assertGood(Caller caller, ServerSocket service) throws IOException {
    caller.awaitNothingUnderWay();
    Future<UpstreamResponse> next = caller.start(get("/things/2"));
    try (Socket socket = service.accept()) {
      assertThat(socket.getInputStream().read()).isPositive();
      socket.getOutputStream().write(GOOD.getBytes(UTF_8));
      assertThat(Caller.text(Caller.await(next))).isEqualTo("good");
    }
  }

  @Test
  void nobodyListeningIsUnreachable() throws IOException {
    try (ClosedPort nobody = new ClosedPort();
        Caller caller = new Caller(vertx, Caller.settings(nobody.url()).build())) {
      UpstreamException failure = caller.fail(get("/things/1"));

      assertThat(failure.failureClass()).isEqualTo(FailureClass.UNREACHABLE);
      assertThat(failure).hasMessageContaining(nobody.url() + ": not connected: ");
      assertThat(caller.<Integer>pool(EndpointPool::waitingCalls)).isZero();
      assertThat(caller.<Integer>pool(EndpointPool::pendingConnections)).isZero();
      try (ServerSocket service = nobody.open()) {
        assertGood(caller, service);
      }
    }
  }

  @Test
  void aSafeCallOnAConnectionThatWasClosedMeanwhileIsSentOnceMore() {
    RawService service = new RawService(vertx, (socket, request) -> {
      if (request == 2) {
        socket.close();
      } else {
        socket.write(GOOD);
      }
    });
    try (Caller caller = new Caller(vertx, Caller.settings(service.url()).build())) {
      caller.call(get("/things/1"));

      assertThat(Caller.text(caller.call(get("/things/2")))).isEqualTo("good");

      assertThat(service.requests()).isEqualTo(3);
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isEqualTo(1);
    }
  }

  @Test
  void anUnsafeCallIsNeverSentTwice() {
    RawService service = new RawService(vertx, (socket, request) -> {
      if (request == 2) {
        socket.close();
      } else {
        socket.write(GOOD);
      }
    });
    try (Caller caller = new Caller(vertx, Caller.settings(service.url()).build())) {
      caller.call(get("/things/1"));

      assertThat(caller.fail(post("/things", "{}")).failureClass())
          .isEqualTo(FailureClass.UNREACHABLE);

      assertThat(service.requests()).isEqualTo(2);
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isZero();
    }
  }

  @Test
  void aCallIsSentAgainOnlyOnce() {
    RawService service = new RawService(vertx, (socket, request) -> {
      if (request == 1) {
        socket.write(GOOD);
      } else {
        socket.close();
      }
    });
    try (Caller caller = new Caller(vertx, Caller.settings(service.url()).build())) {
      caller.call(get("/things/1"));

      assertThat(caller.fail(get("/things/2")).failureClass()).isEqualTo(FailureClass.UNREACHABLE);

      assertThat(service.requests()).isEqualTo(3);
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isZero();
    }
  }

  @Test
  void aConnectionClosedWhileIdleIsForgotten() {
    RawService service = new RawService(vertx, (socket, request) -> {
      socket.write(GOOD);
      vertx.setTimer(20, later -> socket.close());
    });
    try (Caller caller = new Caller(vertx, Caller.settings(service.url()).build())) {
      caller.call(get("/things/1"));
      caller.awaitPool(pool -> pool.openConnections() == 0);

      assertThat(Caller.text(caller.call(post("/things", "{}")))).isEqualTo("good");
    }
  }

  @Test
  void anAnswerNobodyAskedForCostsTheConnection() {
    RawService service = new RawService(
        vertx, (socket, request) -> socket.write(GOOD + GOOD.replace("good", "evil")));
    try (Caller caller = new Caller(vertx, Caller.settings(service.url()).build())) {
      assertThat(Caller.text(caller.call(get("/things/1")))).isEqualTo("good");
      caller.awaitPool(pool -> pool.openConnections() == 0);
      assertThat(Caller.text(caller.call(get("/things/1")))).isEqualTo("good");
    }
  }

  @Test
  void aBodyMayEndWithTheConnection() {
    RawService service = new RawService(
        vertx,
        (socket, request) -> socket.end(Buffer.buffer("HTTP/1.0 200 OK\r\n\r\nuntil the end")));
    try (Caller caller = new Caller(vertx, Caller.settings(service.url()).build())) {
      for (int i = 0; i < 3; i++) {
        assertThat(Caller.text(caller.call(post("/things", "{}")))).isEqualTo("until the end");
      }
      assertThat(service.connections()).isEqualTo(3);
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isZero();
    }
  }

  @Test
  void interimAnswersArePassedOver() {
    RawService service = new RawService(
        vertx,
        (socket, request) -> socket.write(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n" + GOOD));
    try (Caller caller = new Caller(vertx, Caller.settings(service.url()).build())) {
      assertThat(Caller.text(caller.call(get("/things/1")))).isEqualTo("good");
      assertThat(Caller.text(caller.call(get("/things/1")))).isEqualTo("good");
      assertThat(service.connections()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionIsLeftBeforeTheServiceWouldCloseIt() {
    RawService service = new RawService(
        vertx,
        (socket, request) -> socket.write(
            "HTTP/1.1 200 OK\r\nkeep-alive: timeout=1\r\ncontent-length: 4\r\n\r\ngood"));
    try (Caller caller = new Caller(vertx, Caller.settings(service.url()).build())) {
      caller.call(get("/things/1"));
      caller.awaitTrue(() -> !service.hasOpenConnection());
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isZero();
    }
  }
}
