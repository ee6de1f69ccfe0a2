package dev.gatehouse.dsl;

import dev.gatehouse.dsl.NodeTable.Reach;
import dev.gatehouse.dsl.NodeTable.Recipe;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.finding.CallFinding.CallPerItem;
import dev.gatehouse.dsl.finding.CallFinding.UnsafeNotOnce;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.finding.ScopeFinding.WithinNoCall;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.Node.Compensation;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.dsl.graph.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls of operations. */
final class Calls {

  private Calls() {}

  /** What a call is made of. */
  private record Written(
      OperationSpec operation,
      @Nullable Node input,
      @Nullable Duration timeout,
      @Nullable Compensation compensation) {}

  static Node call(Definition current, Operation<?, ?> operation, Value<?> input) {
    OperationSpec spec = operation.spec();
    Node given = current.operand(input, "the input of " + NodeText.of(spec));
    Node node = given.type().javaType() == Nothing.class ? null : given;
    current.reportAll(operation.findings());
    Compensation compensation = null;
    if (operation.findings().isEmpty() && !TypeFit.isBroken(given.type())) {
      InputCheck.check(current, spec, node == null ? null : node.type());
      compensation = Undoing.bind(current, operation, node);
    }
    return make(current, new Written(spec, node, null, compensation));
  }

  private static Node make(Definition current, Written call) {
    OperationSpec operation = call.operation();
    List<Node> operands = call.input() == null ? List.of() : List.of(call.input());
    boolean safe = operation.safety() == Safety.SAFE;
    Recipe recipe = safe
        ? new Recipe(
            operation.answer(),
            operands,
            Reach.GUARDED,
            List.of("call", call, current.groups(), current.age()))
        : new Recipe(operation.answer(), operands, Reach.FIXED, null);
    CallNode made = (CallNode) current.node(
        recipe,
        head -> new CallNode(
            head, operation, call.input(), call.timeout(), current.groups(), call.compensation()));
    if (safe) {
      checkRows(current, made);
    } else {
      current.effect(made);
      checkOnce(current, operation);
    }
    return made;
  }

  private static void checkRows(Definition current, CallNode call) {
    OperationSpec operation = call.operation();
    if (operation.batch() != null || operation.perItemAtMost() > 0) {
      return;
    }
    for (Scope scope = call.scope(); scope != null; scope = scope.parent()) {
      Node over = scope.over();
      if (scope.kind() == Scope.Kind.EACH && over != null) {
        current.report(new CallPerItem(
            Places.here(), current.composite(), NodeText.of(operation), NodeText.of(over)));
        return;
      }
    }
  }

  private static void checkOnce(Definition current, OperationSpec operation) {
    if (current.scope().kind() != Scope.Kind.ROOT) {
      current.report(new UnsafeNotOnce(
          Places.here(),
          current.composite(),
          NodeText.of(operation),
          operation.safety().name().toLowerCase(Locale.ROOT),
          NodeText.of(current.scope())));
    }
  }

  /** The same call, or the same composite's calls, with a time limit. */
  static Node within(Definition current, Value<?> value, Duration limit) {
    Node node = current.operand(value, "the value that within is asked of");
    if (TypeFit.isBroken(node.type())) {
      return node;
    }
    String subject = value.origin() == null
        ? NodeText.of(node)
        : "composite " + value.origin().composite().name();
    Optional<Finding> range =
        Durations.check(current.composite() + ": within of " + subject, limit, Places.here());
    if (range.isPresent()) {
      current.report(range.get());
      return node;
    }
    if (value.origin() != null) {
      return within(current, value.origin(), subject, limit);
    }
    if (node instanceof CallNode call) {
      current.limit(NodeText.of(call.operation()), limit);
      current.replaced(List.of(call));
      return make(current, new Written(call.operation(), call.input(), limit, call.compensation()));
    }
    current.report(new WithinNoCall(Places.here(), current.composite(), NodeText.of(node)));
    return node;
  }

  private static Node within(Definition current, Inlining call, String subject, Duration limit) {
    current.limit(subject, limit);
    current.replaced(call.effects());
    Duration own = call.composite().deadline();
    Duration shorter = own == null || limit.compareTo(own) < 0 ? limit : own;
    return Drafting.inline(current, call.composite(), call.input(), shorter).node();
  }
}
