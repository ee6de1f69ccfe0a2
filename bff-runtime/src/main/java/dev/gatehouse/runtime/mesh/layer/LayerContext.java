package dev.gatehouse.runtime.mesh.layer;

import dev.gatehouse.runtime.time.TimerWheel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a layer of one service's chain stands on.
 *
 * @param service the service's logical name
 * @param vertx on whose current event loop the chain lives
 * @param timers of that event loop; they go by {@link System#nanoTime()}
 * @param meters where the layer's meters go
 * @param levels where the layer's gauges go
 * @param tags of every such meter: the BFF and the service
 * @param clock for windows, ages and rates, in nanoseconds
 * @param random for jitter and shares
 */
public record LayerContext(
    String service,
    Vertx vertx,
    TimerWheel timers,
    MeterRegistry meters,
    Levels levels,
    Tags tags,
    LongSupplier clock,
    RandomGenerator random) {

  /** Reports what was thrown by code that was told of something, where others have to be told, too. */
  public void report(RuntimeException thrown) {
    ((ContextInternal) vertx.getOrCreateContext()).reportException(thrown);
  }
}
