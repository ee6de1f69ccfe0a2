package dev.gatehouse.runtime.telemetry;

import dev.gatehouse.runtime.config.AccessLogMode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** The meters and logs of one BFF instance. Confined to its event loop. */
public final class Telemetry {
  private final String bff;
  private final MeterRegistry registry;
  private final AccessLog accessLog;

  /**
   * @param bff the BFF's name, a tag of all its meters
   */
  public Telemetry(Metrics metrics, String bff, AccessLogMode accessLog) {
    this.bff = bff;
    this.registry = metrics.registry();
    this.accessLog = new AccessLog(bff, accessLog, new FailureLog(bff, System::nanoTime));
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

  public AccessLog accessLog() {
    return accessLog;
  }
}
