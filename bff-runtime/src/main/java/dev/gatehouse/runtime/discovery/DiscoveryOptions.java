package dev.gatehouse.runtime.discovery;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.servicediscovery.ServiceDiscoveryOptions;
import io.vertx.servicediscovery.impl.DefaultServiceDiscoveryBackend;

/** How Vert.x Service Discovery is used. */
final class DiscoveryOptions {
  /** Where records are announced that come, change or go. */
  static final String ANNOUNCEMENTS = ServiceDiscoveryOptions.DEFAULT_ANNOUNCE_ADDRESS;

  private DiscoveryOptions() {}

  static ServiceDiscovery discovery(Vertx vertx) {
    return ServiceDiscovery.create(
        vertx,
        new ServiceDiscoveryOptions()
            .setUsageAddress(null)
            .setAnnounceAddress(ANNOUNCEMENTS)
            // Named, because any other backend on the classpath would be chosen instead, and some
            // dial a server at once.
            .setBackendConfiguration(new JsonObject()
                .put("backend-name", DefaultServiceDiscoveryBackend.class.getName())));
  }
}
