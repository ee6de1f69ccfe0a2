package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.graph.Node.ArgumentNode;
import dev.gatehouse.dsl.graph.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the request's argument slots the arguments of selected fields are bound to, and which half of a streamed list the rows of
 * a scope are. Immutable. A field selected twice with different arguments is planned twice, once in each environment, and so is what
 * each half of a list needs.
 */
record Env(Map<ArgumentNode, Integer> slots, Map<Scope, Half> halves) {

  static final Env EMPTY = new Env(Map.of(), Map.of());

  /** Where a request gives no value. */
  static final int NO_SLOT = -1;

  Env with(Map<ArgumentNode, Integer> more) {
    if (more.isEmpty()) {
      return this;
    }
    Map<ArgumentNode, Integer> all = new LinkedHashMap<>(slots);
    all.putAll(more);
    all.values().removeIf(slot -> slot == NO_SLOT);
    return new Env(Map.copyOf(all), halves);
  }

  /** Where the rows of a scope are one half of its list. */
  Env with(Scope scope, Half half) {
    Map<Scope, Half> all = new LinkedHashMap<>(halves);
    all.put(scope, half);
    return new Env(slots, Map.copyOf(all));
  }

  /** Null where the rows of the scope are the whole list. */
  @Nullable Half half(Scope scope) {
    return halves.get(scope);
  }

  /**
   * Only what something depends on, so that what depends on nothing is planned once.
   *
   * @param scope where it stands
   */
  Env only(Set<ArgumentNode> arguments, Scope scope) {
    boolean allSlots = slots.isEmpty() || arguments.containsAll(slots.keySet());
    if (allSlots && halves.isEmpty()) {
      return this;
    }
    Map<ArgumentNode, Integer> some = new LinkedHashMap<>(slots);
    some.keySet().retainAll(arguments);
    Map<Scope, Half> around = new LinkedHashMap<>();
    for (Scope each = scope; each != null && !halves.isEmpty(); each = each.parent()) {
      Half half = halves.get(each);
      if (half != null) {
        around.put(each, half);
      }
    }
    return some.isEmpty() && around.isEmpty()
        ? EMPTY
        : new Env(Map.copyOf(some), Map.copyOf(around));
  }

  int slot(ArgumentNode argument) {
    return slots.getOrDefault(argument, NO_SLOT);
  }
}
