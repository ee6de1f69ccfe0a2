package dev.gatehouse.runtime;

import static dev.gatehouse.runtime.testdoor.TestDoor.test;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Access;
import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.BffSettings.Limits;
import dev.gatehouse.runtime.config.BffSettings.Listener;
import dev.gatehouse.runtime.config.ManagementSettings;
import dev.gatehouse.runtime.discovery.TestProcess;
import dev.gatehouse.runtime.management.Management;
import dev.gatehouse.runtime.policy.PolicyStore;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.settings.GatehouseSettings;
import dev.gatehouse.runtime.telemetry.Metrics;
import dev.gatehouse.runtime.testdoor.TestDoor;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BffVerticleTest {
  record Product(String id) {}

  private static final Operation<String, Product> PRODUCT =
      Service.named("catalog").get("/products/{id}").returns(Product.class);
  private static final Composite<String, Product> PAGE =
      Composite.named("Page", String.class, PRODUCT::call);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Metrics metrics = Metrics.prometheus();
  private final Management management = new Management(vertx, metrics);
  private final BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();
  private final TestDoor door = test()
      .answering("/hello", (request, context) -> request.response().end("hello"))
      .answering("/hold", (request, context) -> held.add(request))
      .answering("/fail", (request, context) -> {
        throw new IllegalStateException("a door's mistake");
      });
  private final Listener listener = Listener.DEFAULT.withHost("127.0.0.1").withPort(0);

  @BeforeEach
  void openManagement() throws Exception {
    get(management.listen(new ManagementSettings(true, "127.0.0.1", 0)));
  }

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
  }

  @Test
  void requestsReachTheDoorThatHasTheirPath() throws Exception {
    int port = deploy(Bff.named("web").open(test()).open(door));

    assertThat(send(port, "/hello").body()).isEqualTo("hello");
  }

  @Test
  void whereNoDoorHasThePathTheAnswerIsAProblem() throws Exception {
    int port = deploy(Bff.named("web").open(door));

    HttpResponse<String> answer = send(port, "/nowhere");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("not_found");
  }

  @Test
  void aDoorThatFailsIsAnInternalErrorThatTellsNothing() throws Exception {
    int port = deploy(Bff.named("web").open(door));

    HttpResponse<String> answer = send(port, "/fail");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("mistake");
  }

  @Test
  void tooLongUrisAndHeadersAreProblems() throws Exception {
    int port = deploy(
        Bff.named("web").open(door), new Limits(10, 100, 500, 10, 10, Duration.ofMinutes(1)));

    assertThat(exchange(port, "GET /hello?" + "x".repeat(150) + " HTTP/1.1\r\nhost: x\r\n\r\n"))
        .matches("(?s)HTTP/1.. 414 .*")
        .contains("application/problem+json");
    assertThat(exchange(port, "GET /hello?" + "x".repeat(1500) + " HTTP/1.1\r\nhost: x\r\n\r\n"))
        .matches("(?s)HTTP/1.. 414 .*")
        .contains("application/problem+json");
    assertThat(exchange(
            port, "GET /hello HTTP/1.1\r\nhost: x\r\nlong: " + "x".repeat(1500) + "\r\n\r\n"))
        .matches("(?s)HTTP/1.. 431 .*")
        .contains("application/problem+json");
    assertThat(exchange(port, "hello?\r\n\r\n"))
        .matches("(?s)HTTP/1.. 400 .*")
        .contains("application/problem+json");
  }

  @Test
  void moreRequestsThanAllowedAtOnceAreRefusedUntilOneEnds() throws Exception {
    int port = deploy(Bff.named("web").open(door), Limits.DEFAULT.withMaxConcurrentRequests(1));
    CompletableFuture<HttpResponse<String>> first = sendAsync(port, "/hold");
    HttpServerRequest holding = held.take();

    HttpResponse<String> second = send(port, "/hello");
    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.headers().firstValue("retry-after")).hasValue("1");

    holding.response().end("done");
    assertThat(first.get(60, TimeUnit.SECONDS).body()).isEqualTo("done");
    assertThat(send(port, "/hello").statusCode()).isEqualTo(200);
    assertThat(metrics.scrape().orElseThrow())
        .contains("gatehouse_requests_refused_total{bff=\"web\",reason=\"busy\"} 1.0");
  }

  @Test
  void aClientThatLeavesMakesRoomForOthers() throws Exception {
    int port = deploy(Bff.named("web").open(door), Limits.DEFAULT.withMaxConcurrentRequests(1));
    CompletableFuture<Void> gone = new CompletableFuture<>();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write("GET /hold HTTP/1.1\r\nhost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      held.take().response().closeHandler(closed -> gone.complete(null));
    }

    gone.get(60, TimeUnit.SECONDS);
    assertThat(send(port, "/hello").statusCode()).isEqualTo(200);
  }

  @Test
  void http2WithoutTlsWorks() throws Exception {
    int port = deploy(Bff.named("web").open(door));

    HttpResponse<String> answer = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_2)
        .build()
        .send(request(port, "/hello"), BodyHandlers.ofString());

    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.body()).isEqualTo("hello");
  }

  @Test
  void instancesShareTheListener() throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    Bff bff = Bff.named("web").open(test().answering("/thread", (request, context) -> {
      threads.add(Thread.currentThread().getName());
      request.response().end();
    }));
    BffSettings settings =
        BffSettings.named("web").toBuilder().listener(listener).instances(2).build();
    get(vertx.deployVerticle(
        BffVerticle.of(bff)
            .withSettings(GatehouseSettings.DEFAULT.withBff(settings))
            .withManagement(management),
        new DeploymentOptions().setInstances(2)));
    int port = port("web");

    for (int i = 0; i < 8; i++) {
      assertThat(exchange(port, "GET /thread HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
    }
    assertThat(threads).hasSize(2);
  }

  @Test
  void undeployingLetsRequestsFinishAndRefusesNewOnes() throws Exception {
    String deployment = get(vertx.deployVerticle(
        verticle(Bff.named("web").open(door), Limits.DEFAULT), new DeploymentOptions()));
    int port = port("web");
    try (Connection kept = new Connection(port)) {
      assertThat(kept.send("/hello")).startsWith("HTTP/1.1 200");
      CompletableFuture<HttpResponse<String>> underWay = sendAsync(port, "/hold");
      HttpServerRequest holding = held.take();

      Future<Void> undeployed = vertx.undeploy(deployment);
      waitUntilNotReady();
      assertThat(kept.send("/hello")).startsWith("HTTP/1.1 503").contains("connection: close");
      assertThat(undeployed.isComplete()).isFalse();

      holding.response().end("x".repeat(2_000_000));
      assertThat(underWay.get(60, TimeUnit.SECONDS).body()).hasSize(2_000_000);
      get(undeployed);
    }
    // Whoever has the port by now, it is not this one.
    assertThat(sendAsync(port, "/hello").thenApply(HttpResponse::body).exceptionally(e -> "nobody"))
        .succeedsWithin(Duration.ofMinutes(1))
        .isNotEqualTo("hello");
  }

  @Test
  void requestsThatTakeLongerThanTheDrainTimeAreCutOff() throws Exception {
    GatehouseSettings settings = settings("web", Limits.DEFAULT).withDrain(Duration.ofMillis(50));
    String deployment = get(vertx.deployVerticle(
        BffVerticle.of(Bff.named("web").open(door))
            .withSettings(settings)
            .withManagement(management),
        new DeploymentOptions()));
    CompletableFuture<HttpResponse<String>> underWay = sendAsync(port("web"), "/hold");
    held.take();

    get(vertx.undeploy(deployment));

    assertThat(underWay).failsWithin(Duration.ofMinutes(1));
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    TestDoor unknown = TestDoor.ofKind("soap");
    Bff bff = Bff.named("web").open(test().opening(PAGE, null)).open(unknown);

    assertThat(startFailure(
                BffVerticle.of(bff)
                    .withSettings(settings("web", Limits.DEFAULT)
                        .withService("pricing", ServiceSettings.at("http://127.0.0.1:1"))),
                new DeploymentOptions())
            .problems())
        .hasSize(3)
        .anySatisfy(problem -> assertThat(problem).startsWith("GH-").contains("GET /Page"))
        .contains(
            "door soap: no module on the class path opens it (expected: dev.gatehouse:bff-soap, with its"
                + " META-INF/services files where jars were merged)")
        .contains(
            "services.catalog.endpoints: missing, but called by Page (expected: at least one URL, such as"
                + " http://catalog:8080; configured are pricing)");
  }

  @Test
  void theDeploymentsConfigurationIsReadLikeTheFile() throws Exception {
    JsonObject config = new JsonObject("""
        {"bffs": {"web": {"listener": {"host": "127.0.0.1", "port": 0}}, "other": {"instances": 2}},
         "services": {"catalog": {"endpoints": ["http://127.0.0.1:1"]}}}
        """);
    Bff bff = Bff.named("web").open(door.opening(PAGE, Access.anyone()));
    get(vertx.deployVerticle(
        BffVerticle.of(bff).withManagement(management), new DeploymentOptions().setConfig(config)));

    assertThat(send(port("web"), "/hello").body()).isEqualTo("hello");

    config.getJsonObject("bffs").getJsonObject("web").put("lisener", new JsonObject());
    assertThat(startFailure(BffVerticle.of(bff), new DeploymentOptions().setConfig(config))
            .problems())
        .containsExactly(
            "deployment configuration: bffs.web.lisener: unknown key (nearest known: bffs.web.listener)");
  }

  @Test
  void policiesBeginWithTheSettingsUnlessTheyWereSetBefore() throws Exception {
    PolicyStore policies = new PolicyStore();
    policies.update("catalog", before -> before);
    policies.update("catalog", before -> ServicePolicy.OFF);
    GatehouseSettings settings = settings("web", Limits.DEFAULT)
        .withService("catalog", ServiceSettings.at("http://127.0.0.1:1"))
        .withService("pricing", ServiceSettings.at("http://127.0.0.1:1"));
    Operation<String, Product> price =
        Service.named("pricing").get("/prices/{id}").returns(Product.class);
    Composite<String, Product> prices = Composite.named("Prices", String.class, price::call);
    Bff bff =
        Bff.named("web").open(door.opening(PAGE, Access.anyone()).opening(prices, Access.anyone()));

    get(vertx.deployVerticle(
        BffVerticle.of(bff)
            .withSettings(settings)
            .withManagement(management)
            .withPolicies(policies),
        new DeploymentOptions().setInstances(2)));

    assertThat(policies.current("catalog"))
        .isEqualTo(new PolicyStore.Current(ServicePolicy.OFF, 2));
    assertThat(policies.current("pricing"))
        .isEqualTo(new PolicyStore.Current(ServicePolicy.DEFAULT, 1));
  }

  @Test
  void twoBffsCannotShareAnAddress() throws Exception {
    int port = TestProcess.freePort();
    GatehouseSettings settings = GatehouseSettings.DEFAULT
        .withBff(BffSettings.named("web").toBuilder()
            .listener(listener.withPort(port))
            .build())
        .withBff(BffSettings.named("mobile").toBuilder()
            .listener(listener.withPort(port))
            .build());
    String web = get(vertx.deployVerticle(
        BffVerticle.of(Bff.named("web").open(door)).withSettings(settings),
        new DeploymentOptions()));

    BffVerticle mobile = BffVerticle.of(Bff.named("mobile").open(door)).withSettings(settings);
    assertThat(startFailure(mobile, new DeploymentOptions()).problems())
        .containsExactly(
            "bffs.mobile.listener.port: 127.0.0.1:" + port
                + " is taken by another BFF of this process (expected: a port of its own, or 0 for any)");
    get(vertx.undeploy(web));
    deployOnceFree(mobile);
  }

  /** The operating system may hold an address for a moment after it was left. */
  private void deployOnceFree(BffVerticle bff) throws Exception {
    long patience = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    for (boolean deployed = false; !deployed; ) {
      try {
        get(vertx.deployVerticle(bff, new DeploymentOptions()));
        deployed = true;
      } catch (StartupException e) {
        assertThat(e).hasMessageContaining("Address already in use");
        assertThat(System.nanoTime()).isLessThan(patience);
      }
    }
  }

  @Test
  void aPortThatIsTakenIsToldWithItsKey() throws Exception {
    try (java.net.ServerSocket taken =
        new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
      BffSettings settings = BffSettings.named("web").toBuilder()
          .listener(listener.withPort(taken.getLocalPort()))
          .build();
      assertThat(startFailure(
                  BffVerticle.of(Bff.named("web").open(door))
                      .withSettings(GatehouseSettings.DEFAULT.withBff(settings)),
                  new DeploymentOptions())
              .getMessage())
          .startsWith("BFF web cannot start:\n  - bffs.web.listener.port: 127.0.0.1:")
          .contains(String.valueOf(taken.getLocalPort()));
    }
  }

  private int deploy(Bff bff) throws Exception {
    return deploy(bff, Limits.DEFAULT);
  }

  private int deploy(Bff bff, Limits limits) throws Exception {
    get(vertx.deployVerticle(verticle(bff, limits), new DeploymentOptions()));
    return port(bff.name());
  }

  private BffVerticle verticle(Bff bff, Limits limits) {
    return BffVerticle.of(bff)
        .withSettings(settings(bff.name(), limits))
        .withMetrics(metrics)
        .withManagement(management);
  }

  private GatehouseSettings settings(String bff, Limits limits) {
    return GatehouseSettings.DEFAULT.withBff(
        BffSettings.named(bff).toBuilder().listener(listener).limits(limits).build());
  }

  private int port(String bff) throws Exception {
    return new JsonObject(send(management.port(), "/health/ready").body())
        .getJsonObject("bffs")
        .getJsonObject(bff)
        .getInteger("port");
  }

  private void waitUntilNotReady() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (send(management.port(), "/health/ready").statusCode() != 503) {
      assertThat(System.nanoTime()).as("still ready").isLessThan(end);
    }
  }

  private StartupException startFailure(BffVerticle verticle, DeploymentOptions options) {
    try {
      get(vertx.deployVerticle(verticle, options));
    } catch (StartupException e) {
      return e;
    } catch (Exception e) {
      throw new AssertionError("another failure", e);
    }
    throw new AssertionError("it started");
  }

  private HttpResponse<String> send(int port, String path) throws Exception {
    return sendAsync(port, path).get(60, TimeUnit.SECONDS);
  }

  private CompletableFuture<HttpResponse<String>> sendAsync(int port, String path) {
    return client.sendAsync(request(port, path), BodyHandlers.ofString());
  }

  private static HttpRequest request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
  }

  /** What a server says to some bytes, until it says no more. */
  private static String exchange(int port, String bytes) throws IOException {
    try (Connection connection = new Connection(port)) {
      connection.socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
      return connection.answer();
    }
  }

  private static <T> T get(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** One connection that is kept. */
  private static final class Connection implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader reader;

    Connection(int port) throws IOException {
      socket = new Socket("127.0.0.1", port);
      socket.setSoTimeout(60_000);
      reader = new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    String send(String path) throws IOException {
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nhost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return answer();
    }

    /** Head and body of one answer. */
    String answer() throws IOException {
      StringBuilder answer = new StringBuilder();
      int length = 0;
      for (String line = reader.readLine();
          line != null && !line.isEmpty();
          line = reader.readLine()) {
        answer.append(line).append('\n');
        if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length: ")) {
          length = Integer.parseInt(line.substring(16));
        }
      }
      for (int i = 0; i < length; i++) {
        answer.append((char) reader.read());
      }
      return answer.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
