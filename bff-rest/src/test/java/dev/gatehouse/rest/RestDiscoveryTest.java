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
import java.util.concurrent.TimeUnit;
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
