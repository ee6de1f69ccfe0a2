package dev.gatehouse.runtime.mesh.route;

import dev.gatehouse.runtime.mesh.layer.LayerContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what rules have sent where they say. Rules come and go while a process runs, under any name: a counter is there for as long
 * as any instance has the rule, so that there are never more of them than rules. Thread-safe.
 */
final class RuleMeters implements Shareable {
  private final Map<Key, Shown> shown = new HashMap<>();

  private record Key(MeterRegistry registry, Tags tags) {}

  private static final class Shown {
    final Counter counter;
    int users;

    Shown(Counter counter) {
      this.counter = counter;
    }
  }

  private RuleMeters() {}

  /** Those of a Vert.x. */
  static RuleMeters of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, RuleMeters>getLocalMap("dev.gatehouse.mesh.routed")
        .computeIfAbsent("meters", any -> new RuleMeters());
  }

  /** The counter of a rule, to be given back with {@link #hide} once. */
  synchronized Counter show(LayerContext context, String rule) {
    Shown one = shown.computeIfAbsent(key(context, rule), RuleMeters::register);
    one.users++;
    return one.counter;
  }

  /** An instance no longer has the rule. */
  synchronized void hide(LayerContext context, String rule) {
    Key key = key(context, rule);
    Shown one = shown.get(key);
    if (one != null && --one.users == 0) {
      shown.remove(key);
      context.meters().remove(one.counter);
    }
  }

  private static Key key(LayerContext context, String rule) {
    return new Key(context.meters(), context.tags().and("rule", rule));
  }

  private static Shown register(Key key) {
    return new Shown(Counter.builder("gatehouse.mesh.routed")
        .description("Calls that a rule has sent where it says")
        .tags(key.tags())
        .register(key.registry()));
  }
}
