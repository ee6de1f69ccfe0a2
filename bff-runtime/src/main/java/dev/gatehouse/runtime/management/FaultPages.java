package dev.gatehouse.runtime.management;

import dev.gatehouse.runtime.door.Nearest;
import dev.gatehouse.runtime.door.Problem;
import dev.gatehouse.runtime.door.Problem.Fault;
import dev.gatehouse.runtime.door.Problem.In;
import dev.gatehouse.runtime.log.LogEvent;
import dev.gatehouse.runtime.policy.FaultPolicy;
import dev.gatehouse.runtime.policy.PolicyStore;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where an operator has faults injected into the calls to a service, for a while. Thread-safe. */
final class FaultPages {
  private static final Logger LOG = LoggerFactory.getLogger(FaultPages.class);
  private static final String PATH = "/mesh/services/:service/faults";
  private static final int MOST_BYTES = 64 << 10;

  private final Vertx vertx;
  private final PolicyStore policies;
  private final KnownCalls calls;
  private final Map<String, Long> timers = new ConcurrentHashMap<>();

  FaultPages(Vertx vertx, PolicyStore policies, KnownCalls calls) {
    this.vertx = vertx;
    this.policies = policies;
    this.calls = calls;
  }

  void mount(Router router) {
    router.get(PATH).handler(this::show);
    router.put(PATH).handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES)).handler(this::set);
    router.delete(PATH).handler(this::clear);
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
    JsonObject document = document(routing);
    if (document == null) {
      Problem.of(
              400,
              "malformed_body",
              "The body is no JSON object (expected: {\"for\": \"10m\", \"rules\": [{\"percent\": 10, \"abort\": 503}]}).")
          .answer(routing.request());
      return;
    }
    FaultsJson reader = new FaultsJson();
    FaultPolicy faults = reader.read(document, Instant.now());
    List<Fault> wrong = new ArrayList<>(reader.wrong());
    wrong.addAll(unknown(service, faults));
    if (!wrong.isEmpty()) {
      Problem.of(400, "invalid_faults", "The faults cannot be injected as they are.")
          .withErrors(wrong)
          .answer(routing.request());
      return;
    }
    change(service, faults);
    endLater(service, faults);
    LogEvent.of("faults set")
        .field("service", service)
        .field("until", faults.until() == null ? "cleared" : faults.until())
        .field("by", routing.request().remoteAddress())
        .field("rules", faults.rules())
        .warn(LOG);
    answer(routing, service);
  }

  /** A rule for an operation that nobody calls would wait in vain, and look as if the fault did no harm. */
  private List<Fault> unknown(String service, FaultPolicy faults) {
    Set<String> known = calls.operations(service);
    List<Fault> unknown = new ArrayList<>();
    for (int i = 0; i < faults.rules().size() && !known.isEmpty(); i++) {
      String operation = faults.rules().get(i).operation();
      if (operation != null && !known.contains(operation)) {
        unknown.add(new Fault(
            In.BODY,
            "/rules/" + i + "/operation",
            operation + ": no call to " + service + " is called so "
                + Nearest.expected(operation, known)));
      }
    }
    return unknown;
  }

  private static @Nullable JsonObject document(RoutingContext routing) {
    try {
      Buffer body = routing.body().buffer();
      return body == null ? null : new JsonObject(body);
    } catch (DecodeException | ClassCastException e) {
      return null;
    }
  }

  private void clear(RoutingContext routing) {
    String service = service(routing);
    if (service != null) {
      Long timer = timers.remove(service);
      if (timer != null) {
        vertx.cancelTimer(timer);
      }
      change(service, policies.configured(service).fault());
      LogEvent.of("faults cleared")
          .field("service", service)
          .field("by", routing.request().remoteAddress())
          .warn(LOG);
      answer(routing, service);
    }
  }

  private void endLater(String service, FaultPolicy faults) {
    Instant until = faults.until();
    if (until == null) {
      return;
    }
    long millis = Math.max(1, Duration.between(Instant.now(), until).toMillis());
    Long before = timers.put(service, vertx.setTimer(millis, over -> {
      policies.update(
          service,
          policy -> policy.fault().equals(faults)
              ? policy.withFault(policies.configured(service).fault())
              : policy);
      LogEvent.of("faults ended").field("service", service).warn(LOG);
    }));
    if (before != null) {
      vertx.cancelTimer(before);
    }
  }

  private void change(String service, FaultPolicy faults) {
    policies.update(service, policy -> policy.withFault(faults));
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
    routing
        .response()
        .putHeader("content-type", "application/json")
        .putHeader("cache-control", "no-store")
        .end(FaultsJson.write(service, policies.current(service).policy().fault())
            .encodePrettily());
  }

  /** Ends no faults: they end by themselves. */
  void close() {
    timers.values().forEach(vertx::cancelTimer);
    timers.clear();
  }
}
