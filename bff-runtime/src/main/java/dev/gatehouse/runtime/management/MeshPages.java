package dev.gatehouse.runtime.management;

import dev.gatehouse.runtime.mesh.Mesh;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How services are called right now: {@code /mesh} shows every layer's state, {@code /mesh/explain} what would become of a call.
 * Each instance of a BFF has clients of its own, and is asked on its own event loop.
 */
record MeshPages(Map<String, List<Mesh>> bffs, ConfigurationPage configuration) {

  void mount(Router router) {
    router.get("/mesh").handler(this::show);
    router.get("/mesh/explain").handler(this::explain);
  }

  private void show(RoutingContext routing) {
    ask(Mesh::describe)
        .onSuccess(answer -> {
          JsonObject current = configuration.current();
          if (current != null) {
            answer.forEach(bff -> ((JsonObject) bff.getValue()).put("configuration", current));
          }
          if (PageFormat.wantsHtml(routing)) {
            Html.answer(routing, "Mesh", MeshPage.html(answer));
          } else {
            answer(routing, answer);
          }
        })
        .onFailure(routing::fail);
  }

  private void explain(RoutingContext routing) {
    String service = routing.queryParams().get("service");
    if (service == null || service.isEmpty()) {
      Html.badRequest(
          routing,
          "service: missing (expected: a service's logical name, as in /mesh/explain?service=pricing)");
      return;
    }
    ExplainedOrigin origin;
    try {
      origin = ExplainedOrigin.of(routing.queryParams());
    } catch (IllegalArgumentException e) {
      Html.badRequest(routing, String.valueOf(e.getMessage()));
      return;
    }
    String path = routing.queryParams().get("path");
    ask(mesh -> mesh.explain(service, path == null ? "/" : path, origin))
        .onSuccess(answer -> {
          if (answer.isEmpty()) {
            Html.notFound(routing, "No BFF calls a service " + service + ".");
          } else if (PageFormat.wantsHtml(routing)) {
            Html.answer(routing, "A call to " + service, MeshPage.explanation(answer));
          } else {
            answer(routing, answer);
          }
        })
        .onFailure(routing::fail);
  }

  /** By BFF, what each of its instances answers; an instance that has nothing to say, or stops meanwhile, is left out. */
  private Future<JsonObject> ask(Function<Mesh, Future<@Nullable JsonObject>> question) {
    List<Future<Void>> all = new ArrayList<>();
    JsonObject answer = new JsonObject();
    bffs.forEach((bff, meshes) -> {
      JsonArray instances = new JsonArray();
      List<Future<@Nullable JsonObject>> asked = meshes.stream().map(question).toList();
      all.add(Future.join(asked).otherwiseEmpty().map(done -> {
        asked.forEach(one -> {
          if (one.succeeded() && one.result() != null) {
            instances.add(one.result());
          }
        });
        if (!instances.isEmpty()) {
          answer.put(bff, new JsonObject().put("instances", instances));
        }
        return null;
      }));
    });
    return Future.join(all).map(done -> answer);
  }

  private static void answer(RoutingContext routing, JsonObject json) {
    routing
        .response()
        .putHeader("content-type", "application/json")
        .putHeader("vary", "accept")
        .putHeader("cache-control", "no-store")
        .end(json.encodePrettily());
  }
}
