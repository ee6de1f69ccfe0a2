package dev.gatehouse.runtime.telemetry;

import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.engine.CallObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The meters, logs and traces of one BFF instance. Confined to its event loop. */
public final class Telemetry {
  private final Metrics metrics;
  private final String bff;
  private final MeterRegistry registry;
  private final AccessLog accessLog;
  private final CallMeters calls;
  private final RequestTraces traces;

  /**
   * @param openTelemetry where the spans of requests go
   */
  public Telemetry(Metrics metrics, OpenTelemetry openTelemetry, BffSettings settings) {
    this.metrics = metrics;
    this.bff = settings.name();
    this.registry = metrics.registry();
    this.accessLog = new AccessLog(
        bff,
        settings.accessLog(),
        settings.logFormat(),
        new FailureLog(bff, settings.logFormat(), System::nanoTime));
    this.calls = new CallMeters(registry, bff);
    this.traces = new RequestTraces(openTelemetry, bff);
  }

  /** For meters of a door's own. */
  public MeterRegistry registry() {
    return registry;
  }

  /**
   * The meters of a route, to be resolved once, when the door opens.
   *
   * @param door the door's kind
   * @param route what names it in the BFF's definition, such as {@code GET /api/products/{id}}; never a path that a client sent
   */
  public RouteMeter route(String door, String route) {
    return new RouteMeter(
        registry, Tags.of(MeterNames.BFF, bff, MeterNames.DOOR, door, MeterNames.ROUTE, route));
  }

  /**
   * The meters of what can be subscribed to, to be resolved once, when the door opens.
   *
   * @param route as for {@link #route}
   */
  public SubscriptionMeters subscriptions(String door, String route) {
    Tags tags = Tags.of(MeterNames.BFF, bff, MeterNames.DOOR, door, MeterNames.ROUTE, route);
    return new SubscriptionMeters(
        registry,
        tags,
        metrics.level(MeterNames.SUBSCRIPTIONS_ACTIVE, "Subscriptions that are open", tags));
  }

  /** How many WebSockets of a door are open: to be counted up and down, by all instances together. */
  public AtomicInteger webSockets(String door) {
    return metrics.level(
        MeterNames.WEBSOCKETS_ACTIVE,
        "WebSockets that are open",
        Tags.of(MeterNames.BFF, bff, MeterNames.DOOR, door));
  }

  /** Meters every call that the engine makes. */
  public CallObserver calls() {
    return calls;
  }

  /**
   * The meters of the instance as a server.
   *
   * @param underWay how many requests are under way; called on any thread
   */
  public InstanceMeters instance(IntSupplier underWay) {
    return new InstanceMeters(registry, bff, metrics.underWay(bff, underWay));
  }

  /** A request begins; who begins it ends it with {@link #ended}. */
  public RequestTrace begin(HttpServerRequest request) {
    return traces.begin(request);
  }

  /**
   * A request has ended, once.
   *
   * @param trace what it began with; null where it came to nothing before
   */
  public void ended(AccessEntry entry, @Nullable RequestTrace trace) {
    accessLog.log(entry, trace);
    if (trace != null) {
      trace.end(entry);
    }
  }
}
