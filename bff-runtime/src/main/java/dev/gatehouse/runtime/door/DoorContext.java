package dev.gatehouse.runtime.door;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Caller;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.engine.Compositions;
import dev.gatehouse.runtime.events.EventSources;
import dev.gatehouse.runtime.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** What a door may use. Everything in it belongs to one BFF instance and its event loop. */
public interface DoorContext {

  Vertx vertx();

  Bff bff();

  /** Plans and runs composites. */
  Compositions compositions();

  /** Subscribes to sources of events. */
  EventSources events();

  /** This BFF's part of the configuration. */
  BffSettings settings();

  /** What a request's calls carry on of its headers. */
  Propagation propagation();

  /** Meters and the access log. */
  Telemetry telemetry();

  /** Resolves who is asking, from the request alone. Doors ask {@link #callerOf}. */
  CallerResolver callers();

  /**
   * Finds out who is asking, within the time that a request may take. Never throws.
   *
   * @return told on this event loop; it fails where the caller is refused, or is not found out
   */
  default Future<Caller> callerOf(HttpServerRequest request) {
    return CallerLookup.of(request, callers(), vertx(), settings().limits().requestTimeout());
  }
}
