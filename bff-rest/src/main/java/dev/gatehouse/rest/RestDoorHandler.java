package dev.gatehouse.rest;

import dev.gatehouse.dsl.finding.DefinitionException;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.rest.internal.routing.Match;
import dev.gatehouse.rest.internal.routing.Resource;
import dev.gatehouse.rest.internal.routing.RouteTable;
import dev.gatehouse.runtime.door.DoorContext;
import dev.gatehouse.runtime.door.DoorHandler;
import dev.gatehouse.runtime.door.Problem;
import dev.gatehouse.runtime.telemetry.AccessEntry;
import dev.gatehouse.runtime.telemetry.RouteMeter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.List;

/** An open REST door: finds the route of each request and lets an exchange serve it. Confined to one event loop. */
final class RestDoorHandler implements DoorHandler {
  private final DoorContext context;
  private final RouteTable<OpenRoute> table = new RouteTable<>();
  private final Selections selections;
  private final ApiDescription description;
  private final RouteMeter elsewhere;

  RestDoorHandler(RestRoutes door, DoorContext context) {
    DoorCompiler compiler = door.compile();
    List<Finding> findings = compiler.findings();
    if (!findings.isEmpty()) {
      throw new DefinitionException("REST door of BFF " + context.bff().name(), findings);
    }
    this.context = context;
    this.selections = new Selections(context.compositions(), context.settings().planCacheSize());
    this.elsewhere = context.telemetry().route(RestDoor.KIND, "-");
    this.description = new ApiDescription(
        context.bff().name(),
        context.settings(),
        compiler.routes().stream().map(CompiledRoute::described).toList());
    for (CompiledRoute route : compiler.routes()) {
      RouteMeter meter = context.telemetry().route(RestDoor.KIND, route.spec().label());
      table.add(
          route.spec().method(),
          route.path(),
          new OpenRoute(route, context.compositions(), meter, context.settings()));
    }
  }

  @Override
  public boolean handle(HttpServerRequest request) {
    String path = request.path();
    if (path == null) {
      return false;
    }
    Match<OpenRoute> match = table.match(path);
    if (match == null) {
      return description.handle(request);
    }
    long start = System.nanoTime();
    Resource<OpenRoute> resource = match.resource();
    if (resource == null) {
      refuse(request, Problems.MALFORMED_PATH, start);
      return true;
    }
    OpenRoute route = resource.route(request.method());
    if (route != null) {
      new RestExchange(context, selections, route, match.variables(), request, start).begin();
    } else if (request.method().equals(HttpMethod.OPTIONS)) {
      request
          .response()
          .putHeader(HttpHeaderNames.ALLOW, resource.allow())
          .setStatusCode(204)
          .end();
      done(request, 204, start);
    } else {
      refuse(request, Problems.methodNotAllowed(resource.allow()), start);
    }
    return true;
  }

  @Override
  public void manage(Router management) {
    description.manage(management);
  }

  private void refuse(HttpServerRequest request, Problem problem, long start) {
    problem.answer(request);
    done(request, problem.status(), start);
  }

  private void done(HttpServerRequest request, int status, long start) {
    long nanos = System.nanoTime() - start;
    elsewhere.answered(status, nanos, 0);
    context
        .telemetry()
        .ended(
            new AccessEntry(request.method().name(), "-", status, 0, nanos, 0, List.of(), false),
            context.telemetry().begin(request));
  }
}
