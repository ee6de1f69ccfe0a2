package dev.gatehouse.benchmarks.gatehouse;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.rest.RestDoor.rest;

import dev.gatehouse.benchmarks.workload.Endpoints;
import dev.gatehouse.benchmarks.workload.Transport;
import dev.gatehouse.dsl.Bff;
import dev.gatehouse.runtime.BffVerticle;
import dev.gatehouse.runtime.config.AccessLogMode;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.settings.GatehouseSettings;
import dev.gatehouse.runtime.telemetry.Metrics;
import io.vertx.core.DeploymentOptions;
import java.util.concurrent.TimeUnit;

/** The shop's BFF, with meters and without an access log, as the others have none. */
public final class GatehousePage {
  private static final Bff BFF = Bff.named("shop")
      .open(rest()
          .get("/api/products/{id}", ProductPages.PROXY)
          .allow(anyone())
          .get("/api/product-page/{id}", ProductPages.PAGE)
          .allow(anyone()));

  private GatehousePage() {}

  /** Serves with one verticle per core; ports come from the environment. */
  public static void main(String[] args) throws Exception {
    BffVerticle shop = BffVerticle.of(BFF)
        .withSettings(settings(Endpoints.fromEnvironment(), Endpoints.ownPort()))
        .withMetrics(Metrics.prometheus());
    int instances = Runtime.getRuntime().availableProcessors();
    Transport.vertx()
        .deployVerticle(shop, new DeploymentOptions().setInstances(instances))
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  private static GatehouseSettings settings(Endpoints endpoints, int port) {
    BffSettings shop = BffSettings.named(BFF.name()).toBuilder()
        .listener(BffSettings.Listener.DEFAULT.withHost("127.0.0.1").withPort(port))
        .accessLog(AccessLogMode.OFF)
        .build();
    return Services.addTo(GatehouseSettings.DEFAULT.withBff(shop), endpoints);
  }
}
