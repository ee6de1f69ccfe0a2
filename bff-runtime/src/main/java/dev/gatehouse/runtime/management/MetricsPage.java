package dev.gatehouse.runtime.management;

import dev.gatehouse.runtime.door.Problem;
import dev.gatehouse.runtime.telemetry.Metrics;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The meters as Prometheus reads them. */
record MetricsPage(Vertx vertx, Metrics metrics) {
  private static final Problem ELSEWHERE = Problem.of(
      404,
      "not_found",
      "The application keeps its meters in a registry of its own, which is no Prometheus registry.");

  void mount(Router router) {
    router.get("/metrics").handler(this::scrape);
  }

  /** Away from the event loop, because it may take milliseconds. */
  private void scrape(RoutingContext routing) {
    vertx
        .executeBlocking(metrics::scrape, false)
        .onSuccess(text -> text.ifPresentOrElse(
            found -> routing
                .response()
                .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                .end(found),
            () -> ELSEWHERE.answer(routing.request())))
        .onFailure(routing::fail);
  }
}
