package dev.gatehouse.runtime.mesh.limit;

import dev.gatehouse.runtime.mesh.layer.LayerContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;

/** What operators see of limits. */
final class LimitMeters {
  final Counter refusedByRate;
  final Counter refusedByConcurrency;
  final Timer waited;
  /** Sums over the BFF's instances. */
  final AtomicInteger waiting;

  final AtomicInteger active;
  final AtomicInteger limit;

  LimitMeters(LayerContext context) {
    refusedByRate = refused(context, "rate");
    refusedByConcurrency = refused(context, "concurrency");
    waited = Timer.builder("gatehouse.mesh.limit.waited")
        .description("How long calls waited that could not be sent at once")
        .tags(context.tags())
        .register(context.meters());
    waiting = level(context, "waiting", "Calls that wait until they may be sent");
    active = level(context, "active", "Calls under way that a limit counts");
    limit =
        level(context, "concurrency", "How many calls may be under way at once; 0 for any number");
  }

  private static Counter refused(LayerContext context, String limit) {
    return Counter.builder("gatehouse.mesh.limit.refused")
        .description("Calls that were not sent because of a limit")
        .tags(context.tags())
        .tag("limit", limit)
        .register(context.meters());
  }

  private static AtomicInteger level(LayerContext context, String name, String description) {
    return context.levels().level("gatehouse.mesh.limit." + name, description, context.tags());
  }
}
