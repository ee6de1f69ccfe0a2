package dev.gatehouse.runtime.engine.reference;

import dev.gatehouse.dsl.graph.Graph;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.ArgumentNode;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.Node.ConstantNode;
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
import dev.gatehouse.dsl.graph.Scope;
import java.util.List;

/** A graph as text, to tell what went wrong. */
public final class GraphText {

  private GraphText() {}

  /** One line per node and scope. */
  public static String of(Graph graph) {
    StringBuilder text = new StringBuilder();
    for (Scope scope : graph.scopes()) {
      if (scope.over() != null) {
        text.append(scope)
            .append(" in ")
            .append(scope.parent())
            .append(" over #")
            .append(scope.over().id())
            .append(scope.tag() == null ? " at most " + scope.atMost() : " " + scope.tag())
            .append('\n');
      }
    }
    for (Node node : graph.nodes()) {
      text.append(node)
          .append(" in ")
          .append(node.scope())
          .append(" = ")
          .append(of(node))
          .append('\n');
    }
    return text.append("result #").append(graph.result().id()).toString();
  }

  private static String of(Node node) {
    if (node instanceof FieldNode field) {
      return ids(field.of()) + "." + field.component().javaName();
    }
    if (node instanceof LimitNode limit) {
      return ids(limit.list()) + ".first(" + ids(limit.count()) + ")";
    }
    if (node instanceof EachNode each) {
      return each.rows() + " -> " + ids(each.body());
    }
    if (node instanceof CallNode call) {
      return call.operation().name() + "(" + (call.input() == null ? "" : ids(call.input())) + ")";
    }
    if (node instanceof ObjectNode object) {
      return ids(object.values().toArray(Node[]::new));
    }
    if (node instanceof MapNode map) {
      return map.description() + "(" + ids(map.inputs().toArray(Node[]::new)) + ")";
    }
    if (node instanceof WhenNode when) {
      return when.rows() + " -> " + ids(when.body());
    }
    if (node instanceof OrElseNode orElse) {
      return ids(orElse.main()) + ".orElse(" + orElse.alternative() + ")";
    }
    if (node instanceof RescueNode rescue) {
      return ids(rescue.main()) + ".orElseGet " + rescue.rows() + " -> " + ids(rescue.body());
    }
    if (node instanceof OrNullNode orNull) {
      return ids(orNull.main()) + ".orNull";
    }
    if (node instanceof OutcomeNode outcome) {
      return ids(outcome.main()) + ".outcome";
    }
    if (node instanceof OneOfNode oneOf) {
      return ids(oneOf.of()) + " case "
          + oneOf.branches().stream()
              .map(one -> one.rows() + " -> " + ids(one.body()))
              .toList();
    }
    if (node instanceof ConstantNode constant) {
      return constant.json().toString();
    }
    return node instanceof ArgumentNode argument
        ? argument.spec().owner().name() + "." + argument.spec().field().name() + "("
            + argument.spec().name() + ")"
        : "";
  }

  private static String ids(Node... nodes) {
    return String.join(
        ", ", List.of(nodes).stream().map(node -> "#" + node.id()).toList());
  }
}
