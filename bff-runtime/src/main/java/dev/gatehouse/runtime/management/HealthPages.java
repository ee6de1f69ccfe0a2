package dev.gatehouse.runtime.management;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Whether the process lives, and whether it is ready for requests. */
record HealthPages(Readiness readiness) {

  void mount(Router router) {
    router
        .get("/health/live")
        .handler(routing -> answer(routing, 200, new JsonObject().put("status", "up")));
    router
        .get("/health/ready")
        .handler(routing -> answer(routing, readiness.ready() ? 200 : 503, readiness.json()));
  }

  private static void answer(RoutingContext routing, int status, JsonObject body) {
    routing
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .putHeader("cache-control", "no-store")
        .end(body.toBuffer());
  }
}
