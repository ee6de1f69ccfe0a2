package dev.gatehouse.benchmarks.gatehouse;

import dev.gatehouse.benchmarks.workload.Endpoints;
import dev.gatehouse.runtime.settings.GatehouseSettings;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import java.time.Duration;

/** How the shop's services are reached. */
final class Services {
  private Services() {}

  static GatehouseSettings addTo(GatehouseSettings settings, Endpoints endpoints) {
    return settings
        .withService("products", at(endpoints.products()))
        .withService("prices", at(endpoints.prices()))
        .withService("stock", at(endpoints.stock()))
        .withService("reviews", at(endpoints.reviews()))
        .withService("users", at(endpoints.users()))
        .withService("recommendations", at(endpoints.recommendations()));
  }

  private static ServiceSettings at(int port) {
    return ServiceSettings.at("http://127.0.0.1:" + port).toBuilder()
        .connectTimeout(Duration.ofSeconds(1))
        .requestTimeout(Duration.ofSeconds(3))
        .maxConnections(256)
        .build();
  }
}
