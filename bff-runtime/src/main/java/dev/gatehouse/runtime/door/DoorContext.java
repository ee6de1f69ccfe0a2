package dev.gatehouse.runtime.door;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.engine.Compositions;
import dev.gatehouse.runtime.events.EventSources;
import dev.gatehouse.runtime.telemetry.Telemetry;
import io.vertx.core.Vertx;

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

  /** Resolves who is asking, from the request alone. */
  CallerResolver callers();
}
