package dev.gatehouse.runtime.engine.reference;

import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.ArgumentNode;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.Node.EachNode;
import dev.gatehouse.dsl.graph.Node.FieldNode;
import dev.gatehouse.dsl.graph.Node.LimitNode;
import dev.gatehouse.dsl.graph.Node.MapNode;
import dev.gatehouse.dsl.graph.Node.ObjectNode;
import dev.gatehouse.dsl.graph.Node.OneOfNode;
import dev.gatehouse.dsl.graph.Node.OrElseNode;
import dev.gatehouse.dsl.graph.Node.OrNullNode;
import dev.gatehouse.dsl.graph.Node.OutcomeNode;
import dev.gatehouse.dsl.graph.Node.RescueNode;
import dev.gatehouse.dsl.graph.Node.WhenNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What values are made of. */
final class Needs {
  private final Set<Node> seen = new HashSet<>();
  private final Set<ArgumentNode> found;

  private Needs(Set<ArgumentNode> found) {
    this.found = found;
  }

  /** Adds the arguments that a value, and its being there, depends on. */
  static void collect(@Nullable Node node, Set<ArgumentNode> found) {
    new Needs(found).collect(node);
  }

  private void collect(@Nullable Node node) {
    if (node == null || !seen.add(node)) {
      return;
    }
    if (node instanceof ArgumentNode argument) {
      found.add(argument);
    }
    operands(node).forEach(this::collect);
    collect(node.scope().over());
  }

  private static List<Node> operands(Node node) {
    if (node instanceof FieldNode field) {
      return List.of(field.of());
    }
    if (node instanceof LimitNode limit) {
      return List.of(limit.list(), limit.count());
    }
    if (node instanceof EachNode each) {
      return List.of(each.body());
    }
    if (node instanceof CallNode call) {
      return call.input() == null ? List.of() : List.of(call.input());
    }
    if (node instanceof ObjectNode object) {
      return object.values();
    }
    if (node instanceof MapNode map) {
      return map.inputs();
    }
    if (node instanceof WhenNode when) {
      return List.of(when.body());
    }
    if (node instanceof OrElseNode orElse) {
      return List.of(orElse.main());
    }
    if (node instanceof RescueNode rescue) {
      return List.of(rescue.main(), rescue.body());
    }
    if (node instanceof OrNullNode orNull) {
      return List.of(orNull.main());
    }
    if (node instanceof OutcomeNode outcome) {
      return List.of(outcome.main());
    }
    return node instanceof OneOfNode oneOf
        ? oneOf.branches().stream().map(Node.Branch::body).toList()
        : List.of();
  }
}
