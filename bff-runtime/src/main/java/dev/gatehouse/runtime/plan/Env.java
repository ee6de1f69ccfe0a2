package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.graph.Node.ArgumentSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which of the request's argument slots the arguments of selected fields are bound to. Immutable. A field selected twice with
 * different arguments is planned twice, once in each environment.
 */
record Env(Map<ArgumentSpec, Integer> slots) {

  static final Env EMPTY = new Env(Map.of());

  /** Where a request gives no value. */
  static final int NO_SLOT = -1;

  Env with(Map<ArgumentSpec, Integer> more) {
    if (more.isEmpty()) {
      return this;
    }
    Map<ArgumentSpec, Integer> all = new LinkedHashMap<>(slots);
    all.putAll(more);
    return new Env(Map.copyOf(all));
  }

  /** Only what something depends on, so that what depends on nothing is planned once. */
  Env only(Set<ArgumentSpec> specs) {
    if (slots.isEmpty() || specs.containsAll(slots.keySet())) {
      return this;
    }
    Map<ArgumentSpec, Integer> some = new LinkedHashMap<>(slots);
    some.keySet().retainAll(specs);
    return some.isEmpty() ? EMPTY : new Env(Map.copyOf(some));
  }

  int slot(ArgumentSpec spec) {
    return slots.getOrDefault(spec, NO_SLOT);
  }
}
