package dev.gatehouse.dsl;

import dev.gatehouse.dsl.Bindings.Bound;
import dev.gatehouse.dsl.NodeTable.Reach;
import dev.gatehouse.dsl.NodeTable.Recipe;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.finding.ShapeFinding.ComponentBoundTwice;
import dev.gatehouse.dsl.finding.ShapeFinding.ComponentUnbound;
import dev.gatehouse.dsl.finding.ShapeFinding.TypeMismatch;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.ObjectNode;
import dev.gatehouse.dsl.graph.Place;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Objects put together from values. */
final class ObjectNodes {

  private ObjectNodes() {}

  static Bindings bind(
      Definition current,
      DataType type,
      Bindings bindings,
      Serializable accessor,
      Function<Component, Node> value) {
    if (TypeFit.isBroken(type)) {
      return bindings;
    }
    Component component = Fields.component(current, type, accessor);
    if (component == null) {
      return bindings;
    }
    Bound first = bindings.named().get(component.javaName());
    if (first != null) {
      current.report(new ComponentBoundTwice(
          Places.here(), current.composite(), type.name(), component.javaName(), first.place()));
      return bindings;
    }
    Node bound = value.apply(component);
    check(current, Places.here(), type, component, bound);
    return bindings.with(component.javaName(), bound, Places.here());
  }

  static Bindings from(Definition current, DataType type, Bindings bindings, Node source) {
    DataType found = source.type();
    if (TypeFit.isBroken(found) || found instanceof RecordType || found instanceof UnionType) {
      return bindings.from(source, Places.here());
    }
    current.report(new TypeMismatch(
        Places.here(),
        current.composite(),
        "from of object(" + type.name() + ")",
        NodeText.of(source),
        found.name(),
        "a record",
        "Bind it to one component with .with(…)."));
    return bindings.from(current.broken(), Places.here());
  }

  private static void check(
      Definition current, Place place, DataType owner, Component component, Node value) {
    String subject = owner.name() + "." + component.javaName();
    if (Fitting.require(current, place, subject, value, component.type())
        && !component.nullable()) {
      Fitting.requirePresent(current, place, subject, value);
    }
  }

  /** The object, complete: whatever is still unbound is reported. */
  static Node node(Definition current, DataType type, Place place, Bindings bindings) {
    if (!(type instanceof RecordType record)) {
      return current.broken();
    }
    List<Node> values = new ArrayList<>();
    for (Component component : record.components()) {
      values.add(value(current, record, component, place, bindings));
    }
    return current.node(
        new Recipe(record, values, Reach.FREE, List.of("object", record, values)),
        head -> new ObjectNode(head, values));
  }

  private static Node value(
      Definition current, RecordType record, Component component, Place place, Bindings bindings) {
    Bound named = bindings.named().get(component.javaName());
    if (named != null) {
      return current.visible(named.value());
    }
    for (Bound source : bindings.sources()) {
      if (TypeFit.isBroken(source.value().type())) {
        return source.value();
      }
      for (Component field : Fields.components(source.value().type())) {
        if (field.javaName().equals(component.javaName())) {
          Node value = Fields.field(current, current.visible(source.value()), field);
          check(current, source.place(), record, component, value);
          return value;
        }
      }
    }
    current.report(new ComponentUnbound(
        place,
        current.composite(),
        record.name(),
        component.javaName(),
        component.type().name()));
    return current.broken();
  }
}
