package dev.gatehouse.runtime.management;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Door;
import dev.gatehouse.dsl.Opening;
import dev.gatehouse.runtime.plan.Explanation;
import dev.gatehouse.runtime.plan.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The plans of a BFF's composites, each for all of its output; made when first looked at. Thread-safe. */
final class PlanBook {
  private final Map<String, Entry> entries = new TreeMap<>();
  private final Map<String, Explanation> explanations = new ConcurrentHashMap<>();

  /**
   * A composite that can be reached from outside.
   *
   * @param openings how, such as {@code rest GET /api/products/{id}}
   */
  record Entry(Composite<?, ?> composite, List<String> openings) {
    String name() {
      return composite.name();
    }
  }

  PlanBook(Bff bff) {
    for (Door door : bff.doors()) {
      for (Opening opening : door.openings()) {
        entries
            .computeIfAbsent(
                opening.composite().name(),
                any -> new Entry(opening.composite(), new ArrayList<>()))
            .openings()
            .add(door.kind() + " " + opening.label());
      }
    }
  }

  /** By name. */
  List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  Optional<Explanation> explain(String composite) {
    Entry entry = entries.get(composite);
    return entry == null
        ? Optional.empty()
        : Optional.of(explanations.computeIfAbsent(
            composite, any -> Planner.plan(entry.composite().graph(), null).explain()));
  }
}
