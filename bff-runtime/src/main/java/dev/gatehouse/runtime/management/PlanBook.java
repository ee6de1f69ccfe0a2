package dev.gatehouse.runtime.management;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Door;
import dev.gatehouse.dsl.Opening;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.runtime.plan.Explanation;
import dev.gatehouse.runtime.plan.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** The names of the operations of a service that some composite calls. */
  Set<String> operations(String service) {
    return entries.values().stream()
        .flatMap(entry -> entry.composite().graph().nodes().stream())
        .flatMap(node -> node instanceof CallNode call ? operations(call) : Stream.empty())
        .filter(operation -> operation.service().equals(service))
        .map(OperationSpec::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<OperationSpec> operations(CallNode call) {
    return call.compensation() == null
        ? Stream.of(call.operation())
        : Stream.of(call.operation(), call.compensation().operation());
  }

  Optional<Explanation> explain(String composite) {
    Entry entry = entries.get(composite);
    return entry == null
        ? Optional.empty()
        : Optional.of(explanations.computeIfAbsent(
            composite, any -> Planner.plan(entry.composite().graph(), null).explain()));
  }
}
