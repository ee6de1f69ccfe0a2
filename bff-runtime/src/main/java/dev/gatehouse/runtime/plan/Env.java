package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.graph.Node.ArgumentNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which of the request's argument slots the arguments of selected fields are bound to. Immutable. A field selected twice with
 * different arguments is planned twice, once in each environment.
 */
record Env(Map<ArgumentNode, Integer> slots) {

  static final Env EMPTY = new Env(Map.of());

  /** Where a request gives no value. */
  static final int NO_SLOT = -1;

  Env with(Map<ArgumentNode, Integer> more) {
    if (more.isEmpty()) {
      return this;
    }
    Map<ArgumentNode, Integer> all = new LinkedHashMap<>(slots);
    all.putAll(more);
    all.values().removeIf(slot -> slot == NO_SLOT);
    return new Env(Map.copyOf(all));
  }

  /** Only what something depends on, so that what depends on nothing is planned once. */
  Env only(Set<ArgumentNode> arguments) {
    if (slots.isEmpty() || arguments.containsAll(slots.keySet())) {
      return this;
    }
    Map<ArgumentNode, Integer> some = new LinkedHashMap<>(slots);
    some.keySet().retainAll(arguments);
    return some.isEmpty() ? EMPTY : new Env(Map.copyOf(some));
  }

  int slot(ArgumentNode argument) {
    return slots.getOrDefault(argument, NO_SLOT);
  }
}
