package dev.gatehouse.dsl;

import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.ArgumentNode;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.Node.CallerNode;
import dev.gatehouse.dsl.graph.Node.ConstantNode;
import dev.gatehouse.dsl.graph.Node.EachNode;
import dev.gatehouse.dsl.graph.Node.ElementNode;
import dev.gatehouse.dsl.graph.Node.FieldNode;
import dev.gatehouse.dsl.graph.Node.InputNode;
import dev.gatehouse.dsl.graph.Node.LimitNode;
import dev.gatehouse.dsl.graph.Node.MapNode;
import dev.gatehouse.dsl.graph.Node.ObjectNode;
import dev.gatehouse.dsl.graph.Node.OneOfNode;
import dev.gatehouse.dsl.graph.Node.OrElseNode;
import dev.gatehouse.dsl.graph.Node.OrNullNode;
import dev.gatehouse.dsl.graph.Node.OutcomeNode;
import dev.gatehouse.dsl.graph.Node.RescueNode;
import dev.gatehouse.dsl.graph.Node.WhenNode;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.Scope;
import java.util.Locale;

/** What messages call values, operations and scopes. */
final class NodeText {

  private NodeText() {}

  static String of(Node node) {
    if (node instanceof FieldNode field) {
      return field.of().type().name() + "." + field.component().javaName();
    }
    if (node instanceof CallNode call) {
      return "the answer of " + of(call.operation());
    }
    if (node instanceof InputNode) {
      return "the input";
    }
    if (node instanceof CallerNode caller) {
      return "caller()."
          + (caller.claim() == null
              ? caller.fact().name().toLowerCase(Locale.ROOT)
              : "claim(\"" + caller.claim() + "\")");
    }
    if (node instanceof ConstantNode constant) {
      return "the constant " + constant.json();
    }
    if (node instanceof ArgumentNode argument) {
      return "the argument " + argument.spec().name();
    }
    if (node instanceof ElementNode element) {
      Scope scope = element.scope();
      return (scope.kind() == Scope.Kind.EACH
              ? "an element of "
              : "the case " + element.type().name() + " of ")
          + overOf(scope);
    }
    if (node instanceof LimitNode limit) {
      return "the first of " + of(limit.list());
    }
    if (node instanceof EachNode each) {
      return "the list made by each over " + overOf(each.rows());
    }
    if (node instanceof ObjectNode object) {
      return "object(" + object.record().name() + ")";
    }
    if (node instanceof MapNode map) {
      return "the result of the Java function " + map.description();
    }
    if (node instanceof WhenNode when) {
      return "the value of when(" + overOf(when.rows()) + ")";
    }
    if (node instanceof OrElseNode orElse) {
      return of(orElse.main()) + ", or else a constant";
    }
    if (node instanceof OrNullNode orNull) {
      return of(orNull.main()) + ", or null";
    }
    if (node instanceof OutcomeNode outcome) {
      return "the outcome of " + of(outcome.main());
    }
    if (node instanceof RescueNode rescue) {
      return of(rescue.main()) + ", or else another value";
    }
    return "oneOf over " + of(((OneOfNode) node).of());
  }

  static String of(OperationSpec operation) {
    return operation.service() + " " + operation.name();
  }

  static String of(Scope scope) {
    return switch (scope.kind()) {
      case ROOT -> "the composite";
      case EACH -> "the each over " + overOf(scope);
      case WHEN -> "the when of " + overOf(scope);
      case RESCUE -> "the orElseGet of " + overOf(scope);
      case CASE -> "the case " + scope.tag() + " of " + overOf(scope);
    };
  }

  private static String overOf(Scope scope) {
    Node over = scope.over();
    return over == null ? "nothing" : of(over);
  }
}
