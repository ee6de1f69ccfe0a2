package dev.gatehouse.runtime.management;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which configuration holds, what of it waits for the next start, and what was refused. Thread-safe. */
final class ConfigurationPage {
  private volatile @Nullable Supplier<JsonObject> told;

  void tells(Supplier<JsonObject> told) {
    this.told = told;
  }

  /** Null where the process does not follow its configuration. */
  @Nullable JsonObject current() {
    Supplier<JsonObject> asked = told;
    return asked == null ? null : asked.get();
  }

  void mount(Router router) {
    router.get("/mesh/configuration").handler(this::show);
  }

  private void show(RoutingContext routing) {
    JsonObject current = current();
    if (current == null) {
      Html.notFound(routing, "The process does not follow a configuration file.");
      return;
    }
    routing
        .response()
        .putHeader("content-type", "application/json")
        .putHeader("cache-control", "no-store")
        .end(current.encodePrettily());
  }
}
