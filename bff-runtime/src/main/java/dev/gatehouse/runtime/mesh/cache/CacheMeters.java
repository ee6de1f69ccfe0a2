package dev.gatehouse.runtime.mesh.cache;

import dev.gatehouse.runtime.mesh.layer.LayerContext;
import io.micrometer.core.instrument.Counter;

/** What operators see of answers that are used more than once. */
final class CacheMeters {
  final Counter hits;
  final Counter outerHits;
  final Counter misses;
  final Counter revalidated;
  final Counter staleWhileRevalidate;
  final Counter staleIfError;
  final Counter stored;
  final Counter shared;

  CacheMeters(LayerContext context) {
    hits = outcome(context, "hit");
    outerHits = outcome(context, "outer_hit");
    misses = outcome(context, "miss");
    revalidated = outcome(context, "revalidated");
    staleWhileRevalidate = outcome(context, "stale_while_revalidate");
    staleIfError = outcome(context, "stale_if_error");
    stored = Counter.builder("gatehouse.mesh.cache.stored")
        .description("Answers that were kept")
        .tags(context.tags())
        .register(context.meters());
    shared = Counter.builder("gatehouse.mesh.shared")
        .description("Calls that waited for the answer of another one under way")
        .tags(context.tags())
        .register(context.meters());
  }

  private static Counter outcome(LayerContext context, String outcome) {
    return Counter.builder("gatehouse.mesh.cache")
        .description("Calls whose answers may be kept, by where the answer came from")
        .tags(context.tags())
        .tag("outcome", outcome)
        .register(context.meters());
  }
}
