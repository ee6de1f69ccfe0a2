package dev.gatehouse.rest;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.rest.RestDoor.rest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.runtime.BffVerticle;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.BffSettings.Listener;
import dev.gatehouse.runtime.config.ManagementSettings;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.file.FileSettings;
import dev.gatehouse.runtime.management.Management;
import dev.gatehouse.runtime.policy.BalancePolicy;
import dev.gatehouse.runtime.policy.BalancePolicy.Algorithm;
import dev.gatehouse.runtime.policy.BalancePolicy.HashKey;
import dev.gatehouse.runtime.policy.BalancePolicy.HashKey.Source;
import dev.gatehouse.runtime.policy.BreakerPolicy;
import dev.gatehouse.runtime.policy.CachePolicy;
import dev.gatehouse.runtime.policy.OutlierPolicy;
import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.settings.GatehouseSettings;
import dev.gatehouse.runtime.telemetry.Metrics;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.testing.HttpClients;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.StubServices;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers of a BFF see of where its services are. */
class RestDiscoveryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Bff BFF =
      Bff.named("web").open(rest().get("/pages/{id}", Shop.PAGE).allow(anyone()));

  private final Vertx vertx = Vertx.vertx();
  private final StubServices services = new StubServices(vertx);
  private final Metrics metrics = Metrics.prometheus();
  private final Management management = new Management(vertx, metrics);

  private ServicePolicy policy = ServicePolicy.DEFAULT;

  @TempDir
  private Path files;

  @AfterEach
  void end() {
    await(vertx.close());
    metrics.close();
  }

  private void tell(String instances) throws IOException {
    Path next =
        Files.writeString(files.resolve("next.yaml"), "services: {catalog: [" + instances + "]}");
    Files.move(next, files.resolve("services.yaml"), StandardCopyOption.ATOMIC_MOVE);
  }

  private HttpClients deploy() {
    GatehouseSettings settings =
        GatehouseSettings.DEFAULT.withBff(BffSettings.named("web").toBuilder()
            .listener(Listener.DEFAULT.withHost("127.0.0.1").withPort(0))
            .build());
    for (String service : List.of("pricing", "reviews", "users")) {
      settings = settings.withService(service, ServiceSettings.at(services.url()));
    }
    settings = settings.withService(
        "catalog",
        ServiceSettings.builder()
            .discovery(ServiceLookup.of(
                new FileSettings(
                    List.of(files.resolve("services.yaml").toString()), Duration.ofMillis(10)),
                "catalog"))
            .policy(policy)
            .build());
    await(management.listen(new ManagementSettings(true, "127.0.0.1", 0)));
    await(vertx.deployVerticle(
        BffVerticle.of(BFF).withSettings(settings).withMetrics(metrics).withManagement(management),
        new DeploymentOptions()));
    int port = new JsonObject(
            new HttpClients(management.port()).get("/health/ready").body())
        .getJsonObject("bffs")
        .getJsonObject("web")
        .getInteger("port");
    return new HttpClients(port);
  }

  @Test
  void aServiceWithoutInstancesIsUnavailableUntilItHasOneAndKeepsItsLastOnes() throws Exception {
    services
        .json("/products/p1", "{\"id\":\"p1\",\"name\":\"Kettle\"}")
        .json("/prices/p1", "{\"amount\":1.10,\"currency\":\"EUR\"}")
        .json("/reviews", "[]");
    tell("");
    HttpClients client = deploy();

    Reply none = client.get("/pages/p1");
    assertThat(none.status()).isEqualTo(503);
    assertThat(none.header("content-type")).isEqualTo("application/problem+json");
    assertThat(new JsonObject(none.body()).getString("code")).isEqualTo("unavailable");

    tell("'" + services.url() + "'");
    long end = System.nanoTime() + PATIENCE.toNanos();
    Reply answer = client.get("/pages/p1");
    while (answer.status() != 200) {
      assertThat(answer.status()).isEqualTo(503);
      assertThat(System.nanoTime()).as("time until it is found").isLessThan(end);
      await(vertx.timer(10, TimeUnit.MILLISECONDS));
      answer = client.get("/pages/p1");
    }

    tell("");
    awaitStale();
    assertThat(client.get("/pages/p1").status()).isEqualTo(200);
  }

  @Test
  void operatorsSeeInstancesAsTheyAreAndWhoWouldBeCalled() throws Exception {
    StubServices failing = new StubServices(vertx);
    failing.at("/products/p1", request -> request.response().setStatusCode(500).end());
    services.json("/products/p1", "{\"id\":\"p1\",\"name\":\"Kettle\"}");
    policy = ServicePolicy.DEFAULT
        .withRetry(RetryPolicy.OFF)
        .withCache(CachePolicy.OFF)
        .withBalance(BalancePolicy.DEFAULT
            .withAlgorithm(Algorithm.MAGLEV)
            .withKey(new HashKey(Source.HEADER, "x-cart")))
        .withOutlier(OutlierPolicy.DEFAULT.withConsecutiveFailures(1))
        .withBreaker(BreakerPolicy.DEFAULT.withLeastCalls(20));
    tell("{url: '" + services.url() + "', weight: 3, zone: eu-1a, labels: {version: v1}},"
        + "{url: '" + failing.url() + "', zone: eu-1b, labels: {version: v2}},"
        + "{url: 'http://127.0.0.1:9', state: draining}");
    HttpClients client = deploy();

    JsonObject mesh =
        awaitMesh(client, seen -> "ejected".equals(instance(seen, failing).getString("state")));

    assertThat(mesh.getLong("policyVersion")).isNotNull();
    assertThat(mesh.getString("shape")).isEqualTo("direct");
    assertThat(mesh.getJsonObject("discovery").getString("source")).isEqualTo("file");
    assertThat(mesh.getJsonObject("discovery").getString("status")).isEqualTo("current");
    assertThat(mesh.getJsonObject("discovery").getLong("ageMillis")).isNotNegative();
    assertThat(mesh.getJsonObject("breaker").getString("state")).isEqualTo("closed");
    assertThat(instance(mesh, services).getMap())
        .containsEntry("state", "ready")
        .containsEntry("weight", 3)
        .containsEntry("zone", "eu-1a")
        .containsEntry("labels", "{version=v1}")
        .containsEntry("ejections", 0);
    assertThat(instance(mesh, failing).getMap())
        .containsEntry("weight", 1)
        .containsEntry("zone", "eu-1b")
        .containsEntry("ejections", 1);

    JsonObject choice = explained("/mesh/explain?service=catalog&header=x-cart:7");
    assertThat(choice.getString("endpoint")).isEqualTo(services.url());
    assertThat(choice.getString("because")).isEqualTo("its key belongs there");
    assertThat(choice.getJsonObject("excluded").getMap())
        .containsExactly(Map.entry("draining", 1), Map.entry("ejected", 1));
    assertThat(explained("/mesh/explain?service=catalog").getJsonArray("oneOf"))
        .containsExactly(services.url());

    services.at("/products/p1", request -> request.response().setStatusCode(500).end());
    JsonObject open =
        awaitMesh(client, seen -> "open".equals(seen.getJsonObject("breaker").getString("state")));
    assertThat(open.getJsonObject("breaker").getLong("nextTryMillis")).isPositive();
    assertThat(open.getJsonObject("breaker").getString("because"))
        .contains("breaker.failure-percent");
  }

  private static JsonObject instance(JsonObject mesh, StubServices at) {
    return mesh.getJsonArray("instances").stream()
        .map(JsonObject.class::cast)
        .filter(one -> one.getString("endpoint").equals(at.url()))
        .findFirst()
        .orElseThrow();
  }

  private JsonObject explained(String target) {
    return web(new HttpClients(management.port()).get(target, "accept", "application/json"))
        .getJsonObject("balance");
  }

  private static JsonObject web(Reply reply) {
    return new JsonObject(reply.body())
        .getJsonObject("web")
        .getJsonArray("instances")
        .getJsonObject(0);
  }

  /** Makes calls until the management listener shows of the service what is wanted. */
  private JsonObject awaitMesh(HttpClients client, Predicate<JsonObject> wanted) {
    HttpClients operators = new HttpClients(management.port());
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      client.get("/pages/p1?fields=name");
      JsonObject catalog = web(operators.get("/mesh", "accept", "application/json"))
          .getJsonObject("services")
          .getJsonObject("catalog");
      if (wanted.test(catalog)) {
        return catalog;
      }
      assertThat(System.nanoTime()).as("time until it is seen: %s", catalog).isLessThan(end);
    }
  }

  private void awaitStale() {
    HttpClients operators = new HttpClients(management.port());
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!operators.get("/mesh", "accept", "application/json").body().contains("\"stale\"")) {
      assertThat(System.nanoTime()).as("time until the empty list is seen").isLessThan(end);
      await(vertx.timer(10, TimeUnit.MILLISECONDS));
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
