package dev.gatehouse.runtime.upstream.http;

import static dev.gatehouse.runtime.upstream.http.Caller.get;
import static dev.gatehouse.runtime.upstream.http.Caller.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.tls.TlsSettings;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates that are replaced while calls are under way. */
class TlsRotationTest {
  private static final TestCa CA = new TestCa("Shop CA");

  private final Vertx vertx = Vertx.vertx();
  private final Set<String> callers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();
  private final BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();

  @TempDir
  Path files;

  private int versions;

  @BeforeEach
  void writeFiles() throws IOException {
    TestCa.write(files.resolve("ca.pem"), CA.pem());
    rotate("first");
  }

  @AfterEach
  void stop() {
    Caller.await(vertx.close());
  }

  /** As Kubernetes does: a new directory, to which a link is then turned in one step. */
  private void rotate(String name) throws IOException {
    X509Bundle client = CA.issue(name, builder -> builder);
    put(client.getCertificatePathPEM(), client.getPrivateKeyPEM());
  }

  private void put(String certificate, String key) throws IOException {
    Path directory = files.resolve("..version" + versions++);
    TestCa.write(directory.resolve("tls.crt"), certificate);
    TestCa.write(directory.resolve("tls.key"), key);
    Path next = Files.createSymbolicLink(files.resolve("..next"), directory.getFileName());
    Files.move(
        next,
        files.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private HttpServer server(boolean http2) {
    return Caller.await(vertx
        .createHttpServer(new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(0)
            .setSsl(true)
            .setUseAlpn(http2)
            .setClientAuth(ClientAuth.REQUIRED)
            .setTrustOptions(CA.trust())
            .setKeyCertOptions(TestCa.keys(CA.local("service"))))
        .requestHandler(request -> {
          requests.incrementAndGet();
          try {
            callers.add(request.connection().sslSession().getPeerPrincipal().getName());
          } catch (SSLPeerUnverifiedException e) {
            callers.add("nobody");
          }
          if (request.path().equals("/held")) {
            held.add(request);
          } else {
            request.response().end("ok");
          }
        })
        .listen());
  }

  private ServiceSettings settings(HttpServer server) {
    return Caller.settings("https://127.0.0.1:" + server.actualPort())
        .maxConnections(8)
        .tls(TlsSettings.DEFAULT
            .withTrust(files.resolve("ca.pem").toString())
            .withCertificate(
                files.resolve("..data/tls.crt").toString(),
                files.resolve("..data/tls.key").toString())
            .withWatchInterval(Duration.ofMillis(100)))
        .build();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noCallIsLostWhileCertificatesAreReplaced(boolean http2) throws IOException {
    try (Caller caller = new Caller(vertx, settings(server(http2)))) {
      caller.call(get("/things"));
      for (int rotation = 1; rotation <= 3; rotation++) {
        String name = "client-" + rotation;
        rotate(name);
        long end = System.nanoTime() + Caller.PATIENCE.toNanos();
        while (!callers.contains("CN=" + name)) {
          assertThat(end - System.nanoTime()).as("time to see %s", name).isPositive();
          Future<UpstreamResponse>[] batch = batch(caller);
          for (Future<UpstreamResponse> call : batch) {
            assertThat(Caller.await(call).status()).isEqualTo(200);
          }
        }
      }
      assertThat(callers).contains("CN=first", "CN=client-3").doesNotContain("nobody");
      caller.awaitPool(pool -> pool.goingAway() == 0 && pool.openConnections() <= 8);
    }
  }

  /** What changes something is never sent again, so a call that was lost would fail, and one that was repeated be counted. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void callsThatAreUnderWayAtTheTurnAreSentOnceAndAnswered(boolean http2)
      throws IOException, InterruptedException {
    try (Caller caller = new Caller(vertx, settings(server(http2)))) {
      int calls = 0;
      for (int rotation = 1; rotation <= 3; rotation++) {
        List<Future<UpstreamResponse>> underWay = new ArrayList<>();
        List<HttpServerRequest> seen = new ArrayList<>();
        for (int i = 0; i < 4; i++, calls++) {
          underWay.add(caller.start(post("/held", "{}")));
        }
        for (int i = 0; i < 4; i++) {
          seen.add(held.poll(Caller.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        assertThat(seen).doesNotContainNull();

        String name = "client-" + rotation;
        rotate(name);
        long end = System.nanoTime() + Caller.PATIENCE.toNanos();
        for (; !callers.contains("CN=" + name); calls++) {
          assertThat(end - System.nanoTime()).as("time to see %s", name).isPositive();
          assertThat(caller.call(post("/things", "{}")).status()).isEqualTo(200);
        }

        seen.forEach(request -> request.response().end("whole"));
        for (Future<UpstreamResponse> call : underWay) {
          assertThat(Caller.text(Caller.await(call))).isEqualTo("whole");
        }
      }
      assertThat(requests).hasValue(calls);
      caller.awaitNothingUnderWay();
    }
  }

  @SuppressWarnings("unchecked")
  private static Future<UpstreamResponse>[] batch(Caller caller) {
    Future<UpstreamResponse>[] calls = new Future[16];
    for (int i = 0; i < calls.length; i++) {
      calls[i] = caller.start(get("/things"));
    }
    return calls;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCallUnderWayEndsOnTheConnectionItHas(boolean http2) throws Exception {
    try (Caller caller = new Caller(vertx, settings(server(http2)))) {
      Future<UpstreamResponse> underWay = caller.start(get("/held"));
      HttpServerRequest request = held.poll(Caller.PATIENCE.toSeconds(), TimeUnit.SECONDS);

      rotate("second");
      caller.awaitPool(pool -> pool.goingAway() == 1);
      assertThat(caller.call(get("/things")).status()).isEqualTo(200);
      assertThat(callers).containsExactlyInAnyOrder("CN=first", "CN=second");

      request.response().end("whole");
      assertThat(Caller.text(Caller.await(underWay))).isEqualTo("whole");
      caller.awaitPool(pool -> pool.openConnections() == 1);
    }
  }

  @Test
  void aPairOfWhichOneHalfIsThereChangesNothing() throws IOException {
    X509Bundle next = CA.issue("second", builder -> builder);
    String oldKey = Files.readString(files.resolve("..data/tls.key"));
    try (Caller caller = new Caller(vertx, settings(server(true)))) {
      caller.call(get("/things"));

      put(next.getCertificatePathPEM(), oldKey);
      put("-----BEGIN CERTIFICATE-----\nMIIB", next.getPrivateKeyPEM());
      assertThat(caller.call(get("/things")).status()).isEqualTo(200);
      assertThat(callers).containsExactly("CN=first");

      put(next.getCertificatePathPEM(), next.getPrivateKeyPEM());
      caller.awaitPool(pool -> pool.openConnections() == 0);
      assertThat(caller.call(get("/things")).status()).isEqualTo(200);
      assertThat(callers).containsExactlyInAnyOrder("CN=first", "CN=second");
    }
  }

  @Test
  void theServiceMayReplaceItsOwnMeanwhile() throws IOException {
    TestCa newCa = new TestCa("New CA");
    HttpServer server = server(true);
    try (Caller caller = new Caller(vertx, settings(server))) {
      caller.call(get("/things"));
      TestCa.write(files.resolve("ca.pem"), newCa.pem() + CA.pem());
      caller.awaitPool(pool -> pool.openConnections() == 0);

      assertThat(caller.call(get("/things")).status()).isEqualTo(200);
      Caller.await(server.updateSSLOptions(new io.vertx.core.net.ServerSSLOptions()
          .setClientAuth(ClientAuth.REQUIRED)
          .setUseAlpn(true)
          .setTrustOptions(CA.trust())
          .setKeyCertOptions(TestCa.keys(newCa.local("service")))));
      rotate("second");
      caller.awaitPool(pool -> pool.openConnections() == 0);
      assertThat(caller.call(get("/things")).status()).isEqualTo(200);
    }
  }
}
