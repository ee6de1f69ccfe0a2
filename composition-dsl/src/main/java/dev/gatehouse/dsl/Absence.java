package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.ArgumentNode;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.Node.EachNode;
import dev.gatehouse.dsl.graph.Node.ElementNode;
import dev.gatehouse.dsl.graph.Node.FieldNode;
import dev.gatehouse.dsl.graph.Node.LimitNode;
import dev.gatehouse.dsl.graph.Node.MapNode;
import dev.gatehouse.dsl.graph.Node.ObjectNode;
import dev.gatehouse.dsl.graph.Node.OneOfNode;
import dev.gatehouse.dsl.graph.Node.OrNullNode;
import dev.gatehouse.dsl.graph.Node.RescueNode;
import dev.gatehouse.dsl.graph.Node.WhenNode;
import dev.gatehouse.dsl.graph.Scope;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value may be absent by what is written, and why. What any call may do, fail or answer 404, does not count: that costs
 * whatever needs the value.
 */
final class Absence {

  private Absence() {}

  /**
   * The reason, where the value itself may be absent and what it is a part of may not; else null. An object made of such a value
   * could never be without promising too much.
   */
  static @Nullable String own(Node node) {
    return reason(node, false);
  }

  /** The reason, where it or whatever it needs may be absent; else null. */
  static @Nullable String of(Node node) {
    return reason(node, true);
  }

  private static @Nullable String reason(Node node, boolean deep) {
    if (node instanceof FieldNode field) {
      if (field.component().nullable()) {
        return NodeText.of(field) + " is marked @Nullable";
      }
      return deep ? of(field.of()) : null;
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
      return deep && call.input() != null ? of(call.input()) : null;
    }
    if (node instanceof ObjectNode object) {
      return deep ? ofComponents(object) : null;
    }
    if (node instanceof ElementNode element) {
      return ofElement(element.scope());
    }
    if (node instanceof MapNode map) {
      return first(map.inputs(), deep);
    }
    if (node instanceof EachNode each) {
      return reason(over(each.rows()), deep);
    }
    if (node instanceof LimitNode limit) {
      return reason(limit.list(), deep);
    }
    if (node instanceof OneOfNode oneOf) {
      return reason(oneOf.of(), deep);
    }
    return node instanceof RescueNode rescue ? reason(rescue.body(), deep) : null;
  }

  private static @Nullable String first(List<Node> nodes, boolean deep) {
    return nodes.stream()
        .map(node -> reason(node, deep))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String ofComponents(ObjectNode object) {
    List<Component> components = object.record().components();
    for (int i = 0; i < components.size(); i++) {
      Node value = object.values().get(i);
      String reason = components.get(i).nullable() ? null : of(value);
      if (reason != null && own(value) == null) {
        return reason;
      }
    }
    return null;
  }

  private static @Nullable String ofElement(Scope scope) {
    return scope.kind() == Scope.Kind.EACH
            && over(scope).type() instanceof ListType list
            && list.elementNullable()
        ? "the elements of " + NodeText.of(over(scope)) + " may be"
        : null;
  }

  private static Node over(Scope scope) {
    Node over = scope.over();
    if (over == null) {
      throw new IllegalStateException(scope + " without what it is over");
    }
    return over;
  }
}
