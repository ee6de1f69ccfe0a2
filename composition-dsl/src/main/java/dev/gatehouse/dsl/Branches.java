package dev.gatehouse.dsl;

import dev.gatehouse.dsl.NodeTable.Reach;
import dev.gatehouse.dsl.NodeTable.Recipe;
import dev.gatehouse.dsl.contract.Contracts;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import dev.gatehouse.dsl.contract.JsonKind;
import dev.gatehouse.dsl.finding.ScopeFinding.ListUnbounded;
import dev.gatehouse.dsl.finding.ShapeFinding.TypeMismatch;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.EachNode;
import dev.gatehouse.dsl.graph.Node.ElementNode;
import dev.gatehouse.dsl.graph.Node.WhenNode;
import dev.gatehouse.dsl.graph.Scope;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values that data decides the number or the existence of. */
final class Branches {

  private Branches() {}

  static <E extends @Nullable Object> Node each(
      Definition current, Items<E> items, Function<? super Value<E>, ? extends Value<?>> body) {
    Node list = current.operand(items, "the list that each is asked of");
    if (TypeFit.isBroken(list.type())) {
      return list;
    }
    if (!(list.type() instanceof ListType type)) {
      current.report(new TypeMismatch(
          Places.here(),
          current.composite(),
          "each",
          NodeText.of(list),
          list.type().name(),
          "a list",
          ""));
      return current.broken();
    }
    if (items.bound() == Bounds.NONE) {
      current.report(new ListUnbounded(Places.here(), current.composite(), NodeText.of(list)));
    }
    Scope rows = current.child(Scope.Kind.EACH, list, items.bound(), null);
    Node made = current.inside(
        rows,
        "what each makes of an element",
        () -> body.apply(Value.of(current, element(current, rows, type.element()))));
    if (TypeFit.isBroken(made.type())) {
      return made;
    }
    DataType result = new ListType(
        made.type(),
        Absence.of(made) != null,
        Contracts.parameterized(List.class, made.type().javaType()));
    return current.node(
        new Recipe(result, List.of(), Reach.FIXED, List.of("each", rows, made)),
        head -> new EachNode(head, rows, made));
  }

  /** The value that a row of {@code rows} stands for; must be asked for inside it. */
  static Node element(Definition current, Scope rows, DataType type) {
    return current.node(
        new Recipe(type, List.of(), Reach.FIXED, List.of("element", rows)), ElementNode::new);
  }

  static Node when(
      Definition current, Value<Boolean> condition, Supplier<? extends Value<?>> body) {
    Node over = current.operand(condition, "the condition of when");
    if (!TypeFit.isBroken(over.type())
        && !(over.type() instanceof ScalarType scalar && scalar.kind() == JsonKind.BOOLEAN)) {
      current.report(new TypeMismatch(
          Places.here(),
          current.composite(),
          "when",
          NodeText.of(over),
          over.type().name(),
          "Boolean",
          ""));
      return current.broken();
    }
    Scope rows = current.child(Scope.Kind.WHEN, over, 1, null);
    Node made = current.inside(rows, "what when makes", body);
    return TypeFit.isBroken(made.type())
        ? made
        : current.node(
            new Recipe(made.type(), List.of(), Reach.FIXED, List.of("when", rows, made)),
            head -> new WhenNode(head, rows, made));
  }
}
