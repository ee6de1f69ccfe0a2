package dev.gatehouse.runtime.management;

import dev.gatehouse.runtime.door.Problem;
import dev.gatehouse.runtime.door.Problem.Fault;
import dev.gatehouse.runtime.door.Problem.In;
import dev.gatehouse.runtime.log.LogEvent;
import dev.gatehouse.runtime.policy.PolicyStore;
import dev.gatehouse.runtime.policy.RoutePolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.settings.RoutesJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where an operator changes the routing rules of a service while it is called. Thread-safe. */
final class RoutePages {
  private static final Logger LOG = LoggerFactory.getLogger(RoutePages.class);
  private static final String PATH = "/mesh/services/:service/routes";
  private static final int MOST_BYTES = 256 << 10;

  private final PolicyStore policies;
  private final KnownCalls calls;

  RoutePages(PolicyStore policies, KnownCalls calls) {
    this.policies = policies;
    this.calls = calls;
  }

  void mount(Router router) {
    router.get(PATH).handler(this::show);
    router.put(PATH).handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES)).handler(this::set);
    router.delete(PATH).handler(this::takeBack);
    router
        .route(PATH)
        .handler(routing -> Problem.of(
                405, "method_not_allowed", "The method is not one of: GET, PUT, DELETE.")
            .withHeader("allow", "GET, PUT, DELETE")
            .answer(routing.request()));
  }

  private void show(RoutingContext routing) {
    String service = service(routing);
    if (service != null) {
      answer(routing, service);
    }
  }

  private void set(RoutingContext routing) {
    String service = service(routing);
    if (service == null) {
      return;
    }
    String type = routing.request().getHeader("content-type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      // A page in a browser of the operator's machine cannot send this unasked.
      Problem.of(
              415,
              "unsupported_media_type",
              "The body is of another type (expected: content-type: application/json).")
          .answer(routing.request());
      return;
    }
    JsonArray document = document(routing);
    if (document == null) {
      Problem.of(
              400,
              "malformed_body",
              "The body is no JSON array (expected: rules, such as [{\"split\": [{\"weight\": 1}]}]).")
          .answer(routing.request());
      return;
    }
    RoutesJson reader = new RoutesJson(service);
    RoutePolicy routes = reader.read(document);
    List<Fault> wrong = new ArrayList<>(reader.problems().stream()
        .map(problem -> new Fault(In.BODY, problem.pointer(), problem.text()))
        .toList());
    wrong.addAll(new UnknownNames(service, calls).in(routes));
    if (!wrong.isEmpty()) {
      Problem.of(400, "invalid_routes", "The rules cannot be used as they are.")
          .withErrors(wrong)
          .answer(routing.request());
    } else if (change(routing, service, routes)) {
      LogEvent.of("routes set")
          .field("service", service)
          .field("version", policies.current(service).version())
          .field("by", routing.request().remoteAddress())
          .field("rules", routes.rules())
          .warn(LOG);
      answer(routing, service);
    }
  }

  private void takeBack(RoutingContext routing) {
    String service = service(routing);
    if (service != null && change(routing, service, policies.configured(service).route())) {
      LogEvent.of("routes as configured again")
          .field("service", service)
          .field("version", policies.current(service).version())
          .field("by", routing.request().remoteAddress())
          .warn(LOG);
      answer(routing, service);
    }
  }

  /** Changes the rules, unless somebody else has changed something since the client looked. */
  private boolean change(RoutingContext routing, String service, RoutePolicy routes) {
    String expected = routing.request().getHeader("if-match");
    AtomicBoolean changed = new AtomicBoolean();
    policies.update(service, policy -> {
      // Asked while nobody else can change the service, so that of two clients one is told.
      changed.set(expected == null
          || expected.equals("*")
          || expected.equals(tag(policies.current(service).version())));
      return changed.get() ? policy.withRoute(routes) : policy;
    });
    if (!changed.get()) {
      Problem.of(
              412,
              "version_mismatch",
              "The rules have changed since (expected: if-match: "
                  + tag(policies.current(service).version()) + ", after another look).")
          .answer(routing.request());
    }
    return changed.get();
  }

  private static @Nullable JsonArray document(RoutingContext routing) {
    try {
      Buffer body = routing.body().buffer();
      return body == null ? null : new JsonArray(body);
    } catch (DecodeException | ClassCastException e) {
      return null;
    }
  }

  /** The service that is meant; where there is none, that is answered. */
  private @Nullable String service(RoutingContext routing) {
    String service = routing.pathParam("service");
    if (policies.services().contains(service)) {
      return service;
    }
    Problem.of(
            404,
            "not_found",
            "There is no service " + service + " (expected: one of "
                + String.join(", ", policies.services()) + ").")
        .answer(routing.request());
    return null;
  }

  private void answer(RoutingContext routing, String service) {
    PolicyStore.Current current = policies.current(service);
    ServicePolicy policy = current.policy();
    routing
        .response()
        .putHeader("content-type", "application/json")
        .putHeader("cache-control", "no-store")
        .putHeader("etag", tag(current.version()))
        .end(RoutesJson.write(policy.route()).encodePrettily());
  }

  private static String tag(long version) {
    return "\"" + version + "\"";
  }
}
