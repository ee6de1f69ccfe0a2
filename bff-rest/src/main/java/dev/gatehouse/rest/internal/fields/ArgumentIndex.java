package dev.gatehouse.rest.internal.fields;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.graph.Graph;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.ArgumentNode;
import dev.gatehouse.dsl.graph.Node.ArgumentSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which fields of a composite's output take arguments. Immutable. */
public final class ArgumentIndex {
  private final Map<Owner, List<ArgumentSpec>> specs;

  private record Owner(String record, String field) {}

  private ArgumentIndex(Map<Owner, List<ArgumentSpec>> specs) {
    this.specs = Map.copyOf(specs);
  }

  public static ArgumentIndex of(Graph graph) {
    List<ArgumentSpec> specs = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node instanceof ArgumentNode argument) {
        specs.add(argument.spec());
      }
    }
    return of(specs);
  }

  static ArgumentIndex of(List<ArgumentSpec> all) {
    Map<Owner, List<ArgumentSpec>> specs = new LinkedHashMap<>();
    for (ArgumentSpec spec : all) {
      List<ArgumentSpec> ofField = specs.computeIfAbsent(
          new Owner(spec.owner().name(), spec.field().name()), owner -> new ArrayList<>());
      if (ofField.stream().noneMatch(known -> known.name().equals(spec.name()))) {
        ofField.add(spec);
      }
    }
    return new ArgumentIndex(specs);
  }

  /** Whether no field takes any. */
  boolean isEmpty() {
    return specs.isEmpty();
  }

  /** The arguments of a field. */
  List<ArgumentSpec> of(RecordType record, Component field) {
    return specs.isEmpty()
        ? List.of()
        : specs.getOrDefault(new Owner(record.name(), field.name()), List.of());
  }

  /** Whether a value of this type holds, at any depth, a field that takes arguments. */
  boolean reachableFrom(DataType type) {
    return !isEmpty() && reachableFrom(type, new HashSet<>());
  }

  private boolean reachableFrom(DataType type, Set<String> seen) {
    if (type instanceof ListType list) {
      return reachableFrom(list.element(), seen);
    }
    if (type instanceof MapType map) {
      return reachableFrom(map.value(), seen);
    }
    if (type instanceof UnionType union) {
      for (Case one : union.cases()) {
        if (reachableFrom(one.type(), seen)) {
          return true;
        }
      }
      return false;
    }
    if (type instanceof RecordType record && seen.add(record.name())) {
      for (Component component : record.components()) {
        if (!of(record, component).isEmpty() || reachableFrom(component.type(), seen)) {
          return true;
        }
      }
    }
    return false;
  }
}
