package dev.gatehouse.dsl;

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
import dev.gatehouse.dsl.graph.Node.Head;
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
import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.dsl.graph.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes a graph of what a composite's code left behind: only what its result or its effects need, numbered without gaps. */
final class GraphBuilder {
  private final Draft draft;
  private final Map<Scope, Scope> scopes = new HashMap<>();
  private final Map<Node, Node> copies = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Scope> ordered = new ArrayList<>();

  GraphBuilder(Draft draft) {
    this.draft = draft;
  }

  Graph build(String name, @Nullable Duration deadline, Place place) {
    Node result = draft.result();
    if (result == null) {
      throw new IllegalStateException(
          "composite " + name + " without a result and without a finding");
    }
    TreeSet<Node> live = new TreeSet<>(Comparator.comparingInt(Node::id));
    keep(result, live);
    draft.effects().forEach(effect -> keep(effect, live));
    for (Node node : live) {
      Node copy =
          copy(node, new Head(nodes.size(), scope(node.scope()), node.type(), node.place()));
      copies.put(node, copy);
      nodes.add(copy);
    }
    if (ordered.isEmpty()) {
      throw new IllegalStateException("composite " + name + " without a node");
    }
    return new Graph(name, draft.input(), nodes, ordered, of(result), deadline, place);
  }

  private static void keep(Node node, TreeSet<Node> live) {
    if (live.add(node)) {
      for (Scope scope = node.scope(); scope != null; scope = scope.parent()) {
        if (scope.over() != null) {
          keep(scope.over(), live);
        }
      }
      operands(node).forEach(operand -> keep(operand, live));
    }
  }

  private static List<Node> operands(Node node) {
    List<Node> operands = new ArrayList<>();
    if (node instanceof FieldNode field) {
      operands.add(field.of());
    } else if (node instanceof LimitNode limit) {
      operands.addAll(List.of(limit.list(), limit.count()));
    } else if (node instanceof EachNode each) {
      rows(operands, each.rows(), each.body());
    } else if (node instanceof CallNode call) {
      if (call.input() != null) {
        operands.add(call.input());
      }
    } else if (node instanceof ObjectNode object) {
      operands.addAll(object.values());
    } else if (node instanceof MapNode map) {
      operands.addAll(map.inputs());
    } else if (node instanceof WhenNode when) {
      rows(operands, when.rows(), when.body());
    } else if (node instanceof OrElseNode orElse) {
      operands.add(orElse.main());
    } else if (node instanceof RescueNode rescue) {
      rows(operands, rescue.rows(), rescue.body());
    } else if (node instanceof OrNullNode orNull) {
      operands.add(orNull.main());
    } else if (node instanceof OutcomeNode outcome) {
      operands.add(outcome.main());
    } else if (node instanceof OneOfNode oneOf) {
      operands.add(oneOf.of());
      oneOf.branches().forEach(branch -> rows(operands, branch.rows(), branch.body()));
    }
    return operands;
  }

  private static void rows(List<Node> operands, Scope rows, Node body) {
    if (rows.over() != null) {
      operands.add(rows.over());
    }
    operands.add(body);
  }

  private Scope scope(Scope old) {
    Scope known = scopes.get(old);
    if (known != null) {
      return known;
    }
    Scope parent = old.parent() == null ? null : scope(old.parent());
    Scope copy = new Scope(
        ordered.size(),
        old.kind(),
        parent,
        old.over() == null ? null : of(old.over()),
        old.atMost(),
        old.tag());
    ordered.add(copy);
    scopes.put(old, copy);
    return copy;
  }

  private Node of(Node old) {
    Node copy = copies.get(old);
    if (copy == null) {
      throw new IllegalStateException(old + " is used before it is written");
    }
    return copy;
  }

  private Node copy(Node old, Head head) {
    if (old instanceof InputNode) {
      return new InputNode(head);
    } else if (old instanceof CallerNode caller) {
      return new CallerNode(head, caller.fact(), caller.claim());
    } else if (old instanceof ConstantNode constant) {
      return new ConstantNode(head, constant.json());
    } else if (old instanceof ArgumentNode argument) {
      return new ArgumentNode(head, argument.spec());
    } else if (old instanceof FieldNode field) {
      return new FieldNode(head, of(field.of()), field.component());
    } else if (old instanceof ElementNode) {
      return new ElementNode(head);
    } else if (old instanceof LimitNode limit) {
      return new LimitNode(head, of(limit.list()), of(limit.count()));
    } else if (old instanceof EachNode each) {
      return new EachNode(head, scope(each.rows()), of(each.body()));
    } else if (old instanceof CallNode call) {
      return new CallNode(
          head,
          call.operation(),
          call.input() == null ? null : of(call.input()),
          call.timeout(),
          call.groups(),
          call.compensation());
    } else if (old instanceof ObjectNode object) {
      return new ObjectNode(head, object.values().stream().map(this::of).toList());
    } else if (old instanceof MapNode map) {
      return new MapNode(
          head, map.inputs().stream().map(this::of).toList(), map.function(), map.description());
    } else if (old instanceof WhenNode when) {
      return new WhenNode(head, scope(when.rows()), of(when.body()));
    } else if (old instanceof OrElseNode orElse) {
      return new OrElseNode(head, of(orElse.main()), orElse.alternative());
    } else if (old instanceof RescueNode rescue) {
      return new RescueNode(head, of(rescue.main()), scope(rescue.rows()), of(rescue.body()));
    } else if (old instanceof OrNullNode orNull) {
      return new OrNullNode(head, of(orNull.main()));
    } else if (old instanceof OutcomeNode outcome) {
      return new OutcomeNode(head, of(outcome.main()));
    }
    OneOfNode oneOf = (OneOfNode) old;
    return new OneOfNode(
        head,
        of(oneOf.of()),
        oneOf.branches().stream()
            .map(branch -> new Branch(scope(branch.rows()), of(branch.body()), branch.tag()))
            .toList());
  }
}
