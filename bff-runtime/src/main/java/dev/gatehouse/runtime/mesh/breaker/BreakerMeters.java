package dev.gatehouse.runtime.mesh.breaker;

import dev.gatehouse.runtime.mesh.layer.LayerContext;
import io.micrometer.core.instrument.Counter;
import io.vertx.circuitbreaker.CircuitBreakerState;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What operators see of a breaker. */
final class BreakerMeters {
  private final Map<CircuitBreakerState, Counter> transitions =
      new EnumMap<>(CircuitBreakerState.class);
  private final Map<CircuitBreakerState, AtomicInteger> instances =
      new EnumMap<>(CircuitBreakerState.class);
  private final Counter refused;

  BreakerMeters(LayerContext context) {
    for (CircuitBreakerState state : CircuitBreakerState.values()) {
      String label = state.name().toLowerCase(Locale.ROOT);
      transitions.put(
          state,
          Counter.builder("gatehouse.mesh.breaker.transitions")
              .description("Changes of breakers' states, by the new one")
              .tags(context.tags())
              .tag("state", label)
              .register(context.meters()));
      instances.put(
          state,
          context
              .levels()
              .level(
                  "gatehouse.mesh.breaker.instances",
                  "BFF instances whose breaker is in a state",
                  context.tags().and("state", label)));
    }
    refused = Counter.builder("gatehouse.mesh.breaker.refused")
        .description("Calls that were not sent because a breaker was open")
        .tags(context.tags())
        .register(context.meters());
  }

  void entered(CircuitBreakerState state) {
    add(state, 1);
  }

  void left(CircuitBreakerState state) {
    add(state, -1);
  }

  private void add(CircuitBreakerState state, int change) {
    AtomicInteger level = instances.get(state);
    if (level != null) {
      level.addAndGet(change);
    }
  }

  void changed(CircuitBreakerState from, CircuitBreakerState to) {
    left(from);
    entered(to);
    Counter counter = transitions.get(to);
    if (counter != null) {
      counter.increment();
    }
  }

  void refused() {
    refused.increment();
  }
}
