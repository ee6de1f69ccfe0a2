package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.graph.Graph;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.ArgumentNode;
import dev.gatehouse.dsl.graph.Node.Branch;
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
import dev.gatehouse.dsl.graph.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the planner wants to know of a graph before it plans: which field arguments a node depends on, who handles failures. */
final class GraphFacts {
  private final Map<Node, Set<ArgumentNode>> arguments = new HashMap<>();
  private final Map<AnswersKey, Integer> callers = new HashMap<>();
  private final Set<Node> handled = new HashSet<>();
  private final List<CallNode> changes = new ArrayList<>();

  /** Calls with an equal key share their answers within a request; but not those before a change with those after it. */
  record AnswersKey(Object operation, Object timeout, Object groups, int changesBefore) {}

  AnswersKey answersKey(CallNode call) {
    int changesBefore =
        (int) changes.stream().filter(change -> change.id() < call.id()).count();
    return new AnswersKey(
        call.operation(),
        call.timeout() == null ? "" : call.timeout(),
        call.groups(),
        changesBefore);
  }

  GraphFacts(Graph graph) {
    for (Node node : graph.nodes()) {
      Set<ArgumentNode> needed = new LinkedHashSet<>(arguments(node.scope()));
      if (node instanceof ArgumentNode argument) {
        needed.add(argument);
      }
      for (Node operand : operands(node)) {
        needed.addAll(arguments(operand));
      }
      arguments.put(node, needed);
      if (node instanceof CallNode call) {
        // A call that depends on arguments may be planned once per selection of its field.
        callers.merge(answersKey(call), needed.isEmpty() ? 1 : 2, Integer::sum);
        if (!call.operation().isSafe()) {
          changes.add(call);
        }
      } else if (node instanceof OrNullNode orNull) {
        handled.add(orNull.main());
      } else if (node instanceof OrElseNode orElse) {
        handled.add(orElse.main());
      } else if (node instanceof RescueNode rescue) {
        handled.add(rescue.main());
      } else if (node instanceof OutcomeNode outcome) {
        handled.add(outcome.main());
      }
    }
  }

  Set<ArgumentNode> arguments(Node node) {
    return arguments.getOrDefault(node, Set.of());
  }

  Set<ArgumentNode> arguments(Scope scope) {
    Set<ArgumentNode> needed = new LinkedHashSet<>();
    for (Scope each = scope; each != null; each = each.parent()) {
      if (each.over() != null) {
        needed.addAll(arguments(each.over()));
      }
    }
    return needed;
  }

  /** The arguments that a component of this object takes; not those of others like it, on which its being there may depend. */
  List<ArgumentNode> argumentsOf(ObjectNode object, Component component) {
    Node value = object.values().get(object.record().components().indexOf(component));
    Set<ArgumentNode> outside = arguments(object.scope());
    return arguments(value).stream()
        .filter(argument -> !outside.contains(argument)
            && argument.spec().owner().equals(object.record())
            && argument.spec().field().equals(component))
        .toList();
  }

  /** Whether it is the only call that can fill its answers. */
  boolean isOnly(CallNode call) {
    return callers.getOrDefault(answersKey(call), 0) == 1;
  }

  /** Whether somebody says what happens when it fails. */
  boolean isHandled(Node node) {
    return handled.contains(node);
  }

  /** The calls that change something, in the order they were written. */
  List<CallNode> changes() {
    return changes;
  }

  /** The nodes that a node is directly made of. */
  static List<Node> operands(Node node) {
    if (node instanceof FieldNode field) {
      return List.of(field.of());
    }
    if (node instanceof LimitNode limit) {
      return List.of(limit.list(), limit.count());
    }
    if (node instanceof EachNode each) {
      return List.of(over(each.rows()), each.body());
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
      return List.of(over(when.rows()), when.body());
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
    if (node instanceof OneOfNode oneOf) {
      List<Node> all = new ArrayList<>(List.of(oneOf.of()));
      for (Branch branch : oneOf.branches()) {
        all.add(branch.body());
      }
      return all;
    }
    if (node instanceof ElementNode element) {
      return List.of(over(element.scope()));
    }
    if (node instanceof InputNode
        || node instanceof CallerNode
        || node instanceof ConstantNode
        || node instanceof ArgumentNode) {
      return List.of();
    }
    throw new IllegalStateException("unknown node " + node);
  }

  static Node over(Scope scope) {
    Node over = scope.over();
    if (over == null) {
      throw new IllegalStateException(scope + " hangs on no value");
    }
    return over;
  }
}
