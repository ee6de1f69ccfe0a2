package dev.gatehouse.runtime.upstream.http;

import static dev.gatehouse.runtime.upstream.http.Caller.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.config.Shape;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.TestProcess;
import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retries on both sides do not multiply: two in HAProxy and two configured here are three attempts, not nine. */
class SidecarRetriesTest {
  private static final String CONFIGURATION = """
      defaults
        mode http
        timeout connect 20s
        timeout client 30s
        timeout server 30s
        retries 2
        retry-on conn-failure empty-response 503
      frontend sidecar
        bind 127.0.0.1:%d
        default_backend catalog
      backend catalog
        server catalog 127.0.0.1:%d
      """;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger attempts = new AtomicInteger();
  private Process proxy;
  private int port;

  @TempDir
  Path files;

  @BeforeEach
  void startProxy() throws Exception {
    Optional<Path> haproxy = Stream.concat(
            Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
        .map(directory -> Path.of(directory, "haproxy"))
        .filter(Files::isExecutable)
        .findFirst();
    Assumptions.assumeTrue(
        haproxy.isPresent(), "SKIPPED: no haproxy on this machine (apt-get install haproxy)");
    HttpServer service = Caller.await(vertx
        .createHttpServer()
        .requestHandler(request -> {
          attempts.incrementAndGet();
          if (request.path().equals("/closed")) {
            request.connection().close();
          } else {
            request
                .response()
                .setStatusCode(request.path().equals("/good") ? 200 : 503)
                .end();
          }
        })
        .listen(0, "127.0.0.1"));
    port = TestProcess.freePort();
    Path configuration = Files.writeString(
        files.resolve("haproxy.cfg"), CONFIGURATION.formatted(port, service.actualPort()));
    proxy = new ProcessBuilder(
            List.of(haproxy.get().toString(), "-db", "-f", configuration.toString()))
        .inheritIO()
        .start();
    awaitListening();
  }

  private void awaitListening() throws InterruptedException {
    long end = System.nanoTime() + Caller.PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        assertThat(proxy.waitFor(20, TimeUnit.MILLISECONDS)).as("HAProxy ended").isFalse();
      }
    }
    throw new AssertionError("HAProxy does not listen");
  }

  @AfterEach
  void stop() {
    if (proxy != null) {
      proxy.destroyForcibly();
    }
    Caller.await(vertx.close());
  }

  private int attempts(ServiceSettings.Builder settings, String path) {
    ServicePolicy policy = ServicePolicy.DEFAULT.toBuilder()
        .retry(RetryPolicy.DEFAULT.withAttempts(3).withBudget(new RetryPolicy.Budget(100, 10)))
        .build();
    attempts.set(0);
    try (Caller caller = new Caller(vertx, settings.policy(policy).build())) {
      assertThat(caller.call(get("/good")).status()).isEqualTo(200);
      assertThat(attempts).hasValue(1);
      Future<Integer> status = caller.start(get(path)).map(UpstreamResponse::status);
      // HAProxy may answer in the service's place, or close the connection as the service did.
      assertThat(Caller.await(status.otherwise(503))).isGreaterThanOrEqualTo(500);
      return attempts.get() - 1;
    }
  }

  @Test
  void aServiceSeesAsManyAttemptsAsTheSidecarMakes() {
    ServiceSettings.Builder sidecar = ServiceSettings.builder()
        .shape(Shape.SIDECAR)
        .connectTimeout(Caller.LONG)
        .sidecar(Endpoint.parse("http://127.0.0.1:" + port));

    assertThat(attempts(sidecar, "/bad")).isEqualTo(3);
    assertThat(attempts(sidecar, "/closed")).isBetween(1, 3);
  }

  @Test
  void withoutKnowingOfTheSidecarTheyWouldMultiply() {
    assertThat(attempts(Caller.settings("http://127.0.0.1:" + port), "/bad")).isEqualTo(9);
  }
}
