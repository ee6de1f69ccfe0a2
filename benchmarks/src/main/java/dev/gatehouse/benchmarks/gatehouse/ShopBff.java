package dev.gatehouse.benchmarks.gatehouse;

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

/** Runs a BFF over the shop's services, with meters and without an access log, as the others have none. */
final class ShopBff {
  private ShopBff() {}

  /** Serves with one verticle per core; ports come from the environment. */
  static void serve(Bff bff) throws Exception {
    BffSettings settings = BffSettings.named(bff.name()).toBuilder()
        .listener(BffSettings.Listener.DEFAULT.withHost("127.0.0.1").withPort(Endpoints.ownPort()))
        .accessLog(AccessLogMode.OFF)
        .build();
    BffVerticle shop = BffVerticle.of(bff)
        .withSettings(Services.addTo(
            GatehouseSettings.DEFAULT.withBff(settings), Endpoints.fromEnvironment()))
        .withMetrics(Metrics.prometheus());
    int instances = Runtime.getRuntime().availableProcessors();
    Transport.vertx()
        .deployVerticle(shop, new DeploymentOptions().setInstances(instances))
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }
}
