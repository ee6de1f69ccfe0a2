package dev.gatehouse.runtime.engine.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.dsl.Caller;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.graph.Graph;
import dev.gatehouse.dsl.graph.Node.ArgumentNode;
import dev.gatehouse.dsl.graph.Node.ArgumentSpec;
import dev.gatehouse.runtime.plan.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request asks of a composite and brings to it, by chance. */
public final class RandomRequest {
  private static final int DEEPEST = 5;

  private final Graph graph;
  private final Random random;
  private final List<@Nullable JsonNode> arguments = new ArrayList<>();
  private final @Nullable Selection selection;
  private final @Nullable JsonNode input;

  private RandomRequest(Graph graph, Random random) {
    this.graph = graph;
    this.random = random;
    this.selection = random.nextInt(4) == 0 ? null : of(graph.result().type(), 0);
    this.input = graph.input() == null ? null : new Samples(random, 0).of(graph.input());
  }

  public static RandomRequest of(Graph graph, Random random) {
    return new RandomRequest(graph, random);
  }

  /** Null for all. */
  public @Nullable Selection selection() {
    return selection;
  }

  public ReferenceInterpreter.Requested requested(Caller caller) {
    return new ReferenceInterpreter.Requested(input, arguments, caller);
  }

  private @Nullable Selection of(DataType type, int depth) {
    if (type instanceof ListType list) {
      return of(list.element(), depth);
    }
    if (type instanceof MapType map) {
      return of(map.value(), depth);
    }
    if (depth > DEEPEST) {
      return null;
    }
    Map<String, Selection.Field> fields = new LinkedHashMap<>();
    if (type instanceof RecordType record) {
      choose(record, null, depth, fields);
    } else if (type instanceof UnionType union) {
      chooseOfUnion(union, depth, fields);
    } else {
      return null;
    }
    return new Selection(List.copyOf(fields.values()));
  }

  private void chooseOfUnion(UnionType union, int depth, Map<String, Selection.Field> fields) {
    if (random.nextBoolean()) {
      put(fields, Selection.field(union.discriminator()));
    }
    for (Component component : union.common()) {
      if (random.nextBoolean()) {
        put(fields, field(union.cases().get(0).type(), component, null, depth));
      }
    }
    for (Case one : union.cases()) {
      if (random.nextInt(3) > 0) {
        choose(one.type(), Set.of(one.tag()), depth, fields);
      }
    }
  }

  private void choose(
      RecordType record,
      @Nullable Set<String> cases,
      int depth,
      Map<String, Selection.Field> fields) {
    List<Component> components = record.components();
    int wanted = 1 + random.nextInt(components.size());
    for (int i = 0; i < wanted; i++) {
      Component component = components.get(random.nextInt(components.size()));
      put(fields, field(record, component, cases, depth));
    }
    if (random.nextInt(8) == 0) {
      put(
          fields,
          new Selection.Field(
              Selection.TYPE_NAME, Selection.TYPE_NAME + fields.size(), List.of(), null, cases));
    }
  }

  /** Keys are not used twice, so that no two fields of one name have to be merged. */
  private static void put(Map<String, Selection.Field> fields, Selection.Field field) {
    fields.putIfAbsent(field.key(), field);
  }

  private Selection.Field field(
      RecordType record, Component component, @Nullable Set<String> cases, int depth) {
    Selection part = random.nextInt(4) == 0 ? null : of(component.type(), depth + 1);
    String key =
        cases == null ? component.name() : component.name() + cases.iterator().next();
    if (random.nextInt(8) == 0) {
      key += random.nextInt(100);
    }
    return new Selection.Field(component.name(), key, given(record, component), part, cases);
  }

  private List<Selection.Argument> given(RecordType record, Component component) {
    List<Selection.Argument> given = new ArrayList<>();
    for (ArgumentSpec spec : specs(record, component)) {
      if (random.nextBoolean()) {
        given.add(new Selection.Argument(spec.name(), arguments.size()));
        arguments.add(random.nextInt(4) == 0 ? null : new Samples(random, 0).of(spec.type()));
      }
    }
    return given;
  }

  private Set<ArgumentSpec> specs(RecordType record, Component component) {
    Map<String, ArgumentSpec> specs = new LinkedHashMap<>();
    graph.nodes().forEach(node -> {
      if (node instanceof ArgumentNode argument
          && argument.spec().owner().equals(record)
          && argument.spec().field().equals(component)) {
        specs.putIfAbsent(argument.spec().name(), argument.spec());
      }
    });
    return new LinkedHashSet<>(specs.values());
  }
}
