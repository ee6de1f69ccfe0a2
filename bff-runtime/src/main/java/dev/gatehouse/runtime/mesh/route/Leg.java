package dev.gatehouse.runtime.mesh.route;

import dev.gatehouse.runtime.policy.RoutePolicy.PathRewrite;
import dev.gatehouse.runtime.policy.RoutePolicy.Target;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Route;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The way to one target. Immutable. */
final class Leg {
  private final Target target;
  private final Destination destination;
  private final Route route;
  private final @Nullable PathRewrite rewrite;

  Leg(Target target, Destination destination) {
    this.target = target;
    this.destination = destination;
    this.route = target.subset().isEmpty() && target.host() == null
        ? Route.ANY
        : new Route(target.subset(), target.host());
    this.rewrite = target.path();
  }

  /**
   * Sends a call this way.
   *
   * @param uri as it was before any rule looked at it
   */
  Future<UpstreamResponse> send(UpstreamRequest request, String uri) {
    direct(request, uri);
    return destination.send(request);
  }

  /** As {@link Destination#copy}. */
  Future<UpstreamResponse> copy(UpstreamRequest request) {
    direct(request, request.uri());
    return destination.copy(request);
  }

  /** Tells what would become of a call sent this way. */
  void explain(UpstreamRequest request, JsonObject into) {
    direct(request, request.uri());
    JsonObject way =
        into.getJsonObject("routes").put("uri", request.uri()).put("host", route.authority());
    way.put("service", target.service()).put("subset", new TreeMap<>(route.subset()).toString());
    destination.explain(request, into);
  }

  private void direct(UpstreamRequest request, String uri) {
    request.route(route);
    request.uri(rewrite == null ? uri : Paths.rewrite(uri, rewrite));
  }
}
