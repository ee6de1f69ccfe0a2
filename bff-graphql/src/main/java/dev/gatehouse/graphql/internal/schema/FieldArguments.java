package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.graph.Graph;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.ArgumentNode;
import dev.gatehouse.dsl.graph.Node.ArgumentSpec;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which fields of object types take arguments. */
final class FieldArguments {
  private final Map<Type, Map<String, List<ArgumentSpec>>> specs = new LinkedHashMap<>();

  /** The arguments that a composite declares. */
  static FieldArguments of(Graph graph) {
    FieldArguments arguments = new FieldArguments();
    for (Node node : graph.nodes()) {
      if (node instanceof ArgumentNode argument) {
        arguments.add(argument.spec());
      }
    }
    return arguments;
  }

  private void add(ArgumentSpec spec) {
    List<ArgumentSpec> ofField = specs
        .computeIfAbsent(spec.owner().javaType(), any -> new LinkedHashMap<>())
        .computeIfAbsent(spec.field().name(), any -> new ArrayList<>());
    if (ofField.stream().noneMatch(known -> known.name().equals(spec.name()))) {
      ofField.add(spec);
    }
  }

  /** Adds what others declare. */
  void addAll(FieldArguments others) {
    others.specs.values().forEach(fields -> fields.values().forEach(all -> all.forEach(this::add)));
  }

  List<ArgumentSpec> of(DataType type, String field) {
    return specs.getOrDefault(type.javaType(), Map.of()).getOrDefault(field, List.of());
  }

  /** Whether the arguments of a field are the same there. */
  boolean agrees(FieldArguments other, RecordType type, String field) {
    List<ArgumentSpec> own = of(type, field);
    List<ArgumentSpec> others = other.of(type, field);
    return own.size() == others.size()
        && own.stream().allMatch(one -> others.stream().anyMatch(two -> isSame(one, two)));
  }

  private static boolean isSame(ArgumentSpec one, ArgumentSpec two) {
    return one.name().equals(two.name())
        && one.type().equals(two.type())
        && java.util.Objects.equals(one.byDefault(), two.byDefault())
        && java.util.Objects.equals(one.min(), two.min())
        && java.util.Objects.equals(one.max(), two.max());
  }
}
