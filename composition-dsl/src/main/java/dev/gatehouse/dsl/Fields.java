package dev.gatehouse.dsl;

import dev.gatehouse.dsl.NodeTable.Reach;
import dev.gatehouse.dsl.NodeTable.Recipe;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.contract.JsonKind;
import dev.gatehouse.dsl.finding.ShapeFinding.NotAComponent;
import dev.gatehouse.dsl.finding.ShapeFinding.TypeMismatch;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.FieldNode;
import dev.gatehouse.dsl.graph.Node.LimitNode;
import dev.gatehouse.dsl.graph.Node.ObjectNode;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parts of values: components of records, the beginnings of lists. */
final class Fields {

  private Fields() {}

  static Node get(Definition current, Value<?> of, Serializable accessor) {
    Node owner = current.operand(of, "the value that get is asked of");
    if (TypeFit.isBroken(owner.type())) {
      return owner;
    }
    Component component = component(current, owner.type(), accessor);
    return component == null ? current.broken() : field(current, owner, component);
  }

  /** The component that a method reference names; null, and reported, where it names none of this type. */
  static @Nullable Component component(Definition current, DataType owner, Serializable accessor) {
    Optional<Component> found = find(owner, accessor);
    if (found.isEmpty()) {
      current.report(new NotAComponent(
          Places.here(), current.composite(), text(accessor), owner.name(), names(owner)));
    }
    return found.orElse(null);
  }

  static Optional<Component> find(DataType owner, Serializable accessor) {
    return Accessors.reference(accessor)
        .filter(reference -> reference.owner().isAssignableFrom(raw(owner)))
        .flatMap(reference -> find(components(owner), reference.method()));
  }

  private static Optional<Component> find(List<Component> components, String javaName) {
    return components.stream()
        .filter(component -> component.javaName().equals(javaName))
        .findFirst();
  }

  static String text(Serializable accessor) {
    return Accessors.reference(accessor).map(Object::toString).orElse("a lambda");
  }

  static List<String> names(DataType owner) {
    return components(owner).stream().map(Component::javaName).toList();
  }

  /** Those of a record, or the common ones of a union; none for other types. */
  static List<Component> components(DataType type) {
    if (type instanceof RecordType record) {
      return record.components();
    }
    return type instanceof UnionType union ? union.common() : List.of();
  }

  private static Class<?> raw(DataType type) {
    if (type instanceof RecordType record) {
      return record.recordClass();
    }
    return type.javaType() instanceof Class<?> plain ? plain : Object.class;
  }

  /** One component; of an object that is put together here, what it is bound to. */
  static Node field(Definition current, Node owner, Component component) {
    if (owner instanceof ObjectNode object) {
      return object.values().get(names(object.type()).indexOf(component.javaName()));
    }
    return current.node(
        new Recipe(
            component.type(),
            List.of(owner),
            Reach.FREE,
            List.of("field", owner, component.javaName())),
        head -> new FieldNode(head, owner, component));
  }

  static Node first(Definition current, Items<?> of, Value<Integer> howMany) {
    Node list = current.operand(of, "the list that first is asked of");
    Node count = current.operand(howMany, "the count of first");
    if (!TypeFit.isBroken(count.type())
        && !(count.type() instanceof ScalarType scalar && scalar.kind() == JsonKind.INTEGER)) {
      current.report(new TypeMismatch(
          Places.here(),
          current.composite(),
          "first of " + NodeText.of(list),
          NodeText.of(count),
          count.type().name(),
          "Integer",
          "Give a whole number."));
    }
    return current.node(
        new Recipe(list.type(), List.of(list, count), Reach.FREE, List.of("first", list, count)),
        head -> new LimitNode(head, list, count));
  }
}
