package dev.gatehouse.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.benchmarks.workload.Ask;
import dev.gatehouse.benchmarks.workload.Job;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aClosedLoopAsksForAllPathsOnKeptConnections() throws IOException {
    Set<String> paths = ConcurrentHashMap.newKeySet();
    AtomicInteger connections = new AtomicInteger();
    int port = serve(connections, request -> {
      paths.add(request.path());
      request.response().end("{}");
    });

    LoadResult result = load(port, "/a", "/b", "/c").closedLoop(4, SHORT);

    assertThat(result.answers()).isGreaterThan(4);
    assertThat(result.errors()).isZero();
    assertThat(result.throughput()).isPositive();
    assertThat(result.p99Nanos()).isGreaterThanOrEqualTo(result.p50Nanos());
    assertThat(paths).containsExactlyInAnyOrder("/a", "/b", "/c");
    assertThat(connections).hasValue(4);
  }

  @Test
  void aFixedRateSendsWhatIsDue() throws IOException {
    int port = serve(new AtomicInteger(), request -> request.response().end("{}"));

    LoadResult result = load(port, "/").fixedRate(8, 200, Duration.ofMillis(500));

    assertThat(result.answers() + result.unsent()).isEqualTo(100);
    assertThat(result.broken()).isZero();
  }

  @Test
  void latencyCountsFromWhenARequestWasDue() throws IOException {
    int port = serve(
        new AtomicInteger(),
        request -> vertx.setTimer(100, timer -> request.response().end("{}")));

    LoadResult result = load(port, "/").fixedRate(1, 100, Duration.ofMillis(400));

    // One connection, 100 ms each: the last requests wait for all before them.
    assertThat(result.p99Nanos()).isGreaterThan(Duration.ofMillis(500).toNanos());
  }

  @Test
  void failuresAndDegradedPagesAreCounted() throws IOException {
    int port = serve(new AtomicInteger(), request -> {
      if (request.path().equals("/broken")) {
        request.connection().close();
      } else if (request.path().equals("/bad")) {
        request.response().setStatusCode(502).end();
      } else {
        request.response().end("{\"recommendations\":[]}");
      }
    });

    LoadResult result = load(port, "/broken", "/bad", "/page", "/page").closedLoop(3, SHORT);

    assertThat(result.broken()).isPositive();
    assertThat(result.notOk()).isPositive();
    assertThat(result.degraded()).isPositive();
  }

  @Test
  void aServerThatRefusesShowsInTheResult() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    LoadResult result = load(port, "/").closedLoop(2, SHORT);

    assertThat(result.answers()).isZero();
    assertThat(result.broken()).isEqualTo(2);
  }

  private int serve(AtomicInteger connections, io.vertx.core.Handler<HttpServerRequest> handler) {
    HttpServer server = vertx
        .createHttpServer()
        .connectionHandler(connection -> connections.incrementAndGet())
        .requestHandler(handler)
        .listen(0, "127.0.0.1")
        .await();
    return server.actualPort();
  }

  private static LoadGenerator load(int port, String... paths) {
    return new LoadGenerator(
        port, Arrays.stream(paths).map(Ask::get).toList(), Job.PAGE.degraded());
  }
}
