package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.ArgumentNode;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.Node.EachNode;
import dev.gatehouse.dsl.graph.Node.ElementNode;
import dev.gatehouse.dsl.graph.Node.FieldNode;
import dev.gatehouse.dsl.graph.Node.LimitNode;
import dev.gatehouse.dsl.graph.Node.OneOfNode;
import dev.gatehouse.dsl.graph.Node.OrNullNode;
import dev.gatehouse.dsl.graph.Node.RescueNode;
import dev.gatehouse.dsl.graph.Node.WhenNode;
import dev.gatehouse.dsl.graph.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value may be absent by what is written, and why. What any call may do, fail or answer 404, does not count: that costs
 * whatever needs the value.
 */
final class Absence {

  private Absence() {}

  /** The reason; null where nothing says that it may be absent. */
  static @Nullable String of(Node node) {
    if (node instanceof FieldNode field) {
      return field.component().nullable()
          ? NodeText.of(field) + " is marked @Nullable"
          : of(field.of());
    }
    if (node instanceof OrNullNode) {
      return "of its orNull()";
    }
    if (node instanceof WhenNode) {
      return "of its when(…)";
    }
    if (node instanceof ArgumentNode argument) {
      return argument.spec().byDefault() == null
          ? "the argument " + argument.spec().name() + " is optional"
          : null;
    }
    if (node instanceof CallNode call) {
      return call.input() == null ? null : of(call.input());
    }
    if (node instanceof ElementNode element) {
      Scope scope = element.scope();
      return scope.kind() == Scope.Kind.EACH
              && over(scope).type() instanceof ListType list
              && list.elementNullable()
          ? "the elements of " + NodeText.of(over(scope)) + " are marked @Nullable"
          : null;
    }
    if (node instanceof EachNode each) {
      return of(over(each.rows()));
    }
    if (node instanceof LimitNode limit) {
      return of(limit.list());
    }
    if (node instanceof OneOfNode oneOf) {
      return of(oneOf.of());
    }
    return node instanceof RescueNode rescue ? of(rescue.body()) : null;
  }

  private static Node over(Scope scope) {
    Node over = scope.over();
    if (over == null) {
      throw new IllegalStateException(scope + " without what it is over");
    }
    return over;
  }
}
