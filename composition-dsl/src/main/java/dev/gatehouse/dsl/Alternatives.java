package dev.gatehouse.dsl;

import dev.gatehouse.dsl.NodeTable.Reach;
import dev.gatehouse.dsl.NodeTable.Recipe;
import dev.gatehouse.dsl.contract.Contracts;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.finding.ScopeFinding.NullValue;
import dev.gatehouse.dsl.graph.Json;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.OrElseNode;
import dev.gatehouse.dsl.graph.Node.OrNullNode;
import dev.gatehouse.dsl.graph.Node.OutcomeNode;
import dev.gatehouse.dsl.graph.Node.RescueNode;
import dev.gatehouse.dsl.graph.Scope;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What stands in for values that are absent or failed. */
final class Alternatives {

  private Alternatives() {}

  static Node constant(Definition current, Value<?> of, @Nullable Object alternative) {
    Node main = current.operand(of, "the value that orElse is asked of");
    if (alternative == null) {
      current.report(
          new NullValue(Places.here(), current.composite(), "the alternative of orElse"));
      return current.broken();
    }
    return TypeFit.isBroken(main.type())
        ? main
        : orElse(current, main, JsonConstants.write(alternative, main.type().javaType()));
  }

  static Node empty(Definition current, Items<?> of) {
    return orElse(
        current,
        current.operand(of, "the list that orEmpty is asked of"),
        JsonConstants.EMPTY_LIST);
  }

  private static Node orElse(Definition current, Node main, Json alternative) {
    return current.node(
        new Recipe(main.type(), List.of(main), Reach.FREE, List.of("orElse", main, alternative)),
        head -> new OrElseNode(head, main, alternative));
  }

  static Node rescue(Definition current, Value<?> of, Supplier<? extends Value<?>> alternative) {
    Node main = current.operand(of, "the value that orElseGet is asked of");
    Scope rows = current.child(Scope.Kind.RESCUE, main, 1, null);
    Node body = current.inside(rows, "the alternative of orElseGet", alternative);
    Fitting.require(current, "the alternative of " + NodeText.of(main), body, main.type());
    return current.node(
        new Recipe(main.type(), List.of(), Reach.FIXED, List.of("rescue", rows, body)),
        head -> new RescueNode(head, main, rows, body));
  }

  static Node orNull(Definition current, Value<?> of) {
    Node main = current.operand(of, "the value that orNull is asked of");
    return current.node(
        new Recipe(main.type(), List.of(main), Reach.FREE, List.of("orNull", main)),
        head -> new OrNullNode(head, main));
  }

  static Node outcome(Definition current, Value<?> of) {
    Node main = current.operand(of, "the value that outcome is asked of");
    if (TypeFit.isBroken(main.type())) {
      return main;
    }
    DataType type = current.contract(
        Contracts.parameterized(Outcome.class, main.type().javaType()),
        current.composite() + ": outcome");
    return current.node(
        new Recipe(type, List.of(main), Reach.FREE, List.of("outcome", main)),
        head -> new OutcomeNode(head, main));
  }
}
