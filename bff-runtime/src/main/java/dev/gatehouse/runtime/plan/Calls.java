package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.Node.Compensation;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.Batch;
import dev.gatehouse.dsl.graph.OperationSpec.BodyBinding;
import dev.gatehouse.dsl.graph.OperationSpec.HeaderBinding;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.dsl.graph.OperationSpec.JavaTarget;
import dev.gatehouse.runtime.plan.GraphFacts.AnswersKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the steps that call operations, and the tables of their answers. */
final class Calls {
  private final GraphFacts facts;
  private final PlanBuilder plan;
  private final Resolver resolver;
  private final Map<AnswersKey, Step.Answers> answers = new HashMap<>();
  private final Map<Step.Call, CallNode> nodes = new LinkedHashMap<>();

  Calls(GraphFacts facts, PlanBuilder plan, Resolver resolver) {
    this.facts = facts;
    this.plan = plan;
    this.resolver = resolver;
  }

  Ref call(CallNode node, TableSpec table, Env env) {
    OperationSpec operation = node.operation();
    Ref input = node.input() == null ? null : whole(resolver.resolve(node.input(), env));
    Step.Answers into = answersOf(node, table);
    Step.CallInput bound = bind(operation, input, table);
    boolean mustSucceed = !operation.isSafe() && !facts.isHandled(node);
    Step.Call step = plan.step(index -> new Step.Call(
        index,
        table,
        operation,
        into,
        bound,
        node.timeout(),
        node.groups(),
        node.compensation(),
        mustSucceed));
    nodes.put(step, node);
    bound.required().forEach(loc -> plan.needs(step, loc));
    bound.variables().forEach(variable -> plan.needs(step, variable.value()));
    bound.keys().forEach(loc -> plan.needs(step, loc));
    if (bound.body() != null) {
      plan.needs(step, bound.body());
    }
    if (bound.whole() != null) {
      plan.needs(step, bound.whole());
    }
    if (into.solo()) {
      into.read().madeBy(step);
      into.whole().madeBy(step);
    }
    Ref.Scanned answer =
        new Ref.Scanned(table, List.of(new Hop(Hop.Kind.LINK, step.index())), into.read());
    Compensation compensation = node.compensation();
    if (compensation != null) {
      Ref from = compensation.input().fromAnswer() || input == null ? answer : input;
      Component part = compensation.input().component();
      step.undoInput(
          plan.seenFrom(table, resolver.value(part == null ? from : resolver.get(from, part))));
    }
    return answer;
  }

  /** An object in whose place another may stand is one or the other, never parts of both. */
  private Ref whole(Ref input) {
    boolean hasParts =
        input instanceof Ref.Scanned || input instanceof Ref.Composed || input instanceof Ref.Fixed;
    return hasParts || !(input.type() instanceof RecordType) ? input : resolver.materialise(input);
  }

  /**
   * Has every call wait for the change written before it, so that a command does things in the order written and reads what
   * it changed.
   */
  void keepOrderOfCommands() {
    for (Map.Entry<Step.Call, CallNode> later : nodes.entrySet()) {
      Step.Call before = null;
      int idBefore = -1;
      for (Map.Entry<Step.Call, CallNode> earlier : nodes.entrySet()) {
        boolean isBefore = !earlier.getKey().operation().isSafe()
            && earlier.getValue().id() < later.getValue().id();
        if (isBefore && idBefore < earlier.getValue().id()) {
          before = earlier.getKey();
          idBefore = earlier.getValue().id();
        }
      }
      if (before != null) {
        later.getKey().runAfter(Set.of(before));
        if (!later.getKey().operation().isSafe()) {
          later.getKey().precededBy(before);
        }
      }
    }
  }

  private Step.Answers answersOf(CallNode node, TableSpec table) {
    AnswersKey key = facts.answersKey(node);
    Step.Answers known = answers.get(key);
    if (known == null) {
      boolean solo =
          table == plan.root() && facts.isOnly(node) && node.operation().batch() == null;
      known = plan.answers(newAnswers(node.operation(), solo));
      answers.put(key, known);
    }
    known.table().grow(table.maxRows());
    return known;
  }

  private Step.Answers newAnswers(OperationSpec operation, boolean solo) {
    TableSpec table = plan.answerTable(operation.name());
    List<String> at = operation.target() instanceof HttpTarget http ? http.answerAt() : List.of();
    String path = at.isEmpty() ? "$" : "$." + String.join(".", at);
    Batch batch = operation.batch();
    if (batch == null) {
      DataType type = operation.answersList() && !(operation.answer() instanceof ListType)
          ? new ListType(operation.answer(), false, List.class)
          : operation.answer();
      Read read = new Read(type, false, path);
      if (operation.answersList()) {
        read.bound(operation.listAtMost());
      }
      return new Step.Answers(
          plan.nextAnswers(), table, read, Read.below(at, read), List.of(), solo);
    }
    Read list = new Read(new ListType(operation.answer(), false, List.class), false, path);
    list.open(table);
    List<Integer> keys = new ArrayList<>();
    for (Component component : batch.key()) {
      keys.add(plan.noted(list.element().member(component), table));
    }
    return new Step.Answers(
        plan.nextAnswers(), table, list.element(), Read.below(at, list), keys, false);
  }

  private Step.CallInput bind(OperationSpec operation, @Nullable Ref input, TableSpec table) {
    if (operation.target() instanceof JavaTarget) {
      Out whole = input == null ? null : resolver.outs().whole(input, table);
      return new Step.CallInput(List.of(), List.of(), null, List.of(), whole);
    }
    HttpTarget http = (HttpTarget) operation.target();
    if (input == null) {
      return new Step.CallInput(List.of(), List.of(), null, List.of(), null);
    }
    Batch batch = operation.batch();
    if (batch != null) {
      List<Loc> keys = new ArrayList<>();
      for (Component component : batch.key()) {
        Ref part = input.type() instanceof RecordType record
            ? resolver.get(input, named(record, component))
            : input;
        keys.add(plan.seenFrom(table, resolver.value(part)));
      }
      Out body =
          http.body() instanceof BodyBinding.None ? null : resolver.outs().whole(input, table);
      return new Step.CallInput(keys, List.of(), body, keys, null);
    }
    Set<String> names = new LinkedHashSet<>(http.uri().variableNames());
    for (HeaderBinding header : http.headers()) {
      names.addAll(header.value().variableNames());
    }
    List<Loc> required = new ArrayList<>();
    Loc presence = input.type() instanceof RecordType ? resolver.presence(input) : null;
    if (presence != null) {
      required.add(plan.seenFrom(table, presence));
    }
    List<Step.Variable> variables = new ArrayList<>();
    for (String name : names) {
      Component component = input.type() instanceof RecordType record ? byName(record, name) : null;
      Ref part = component == null ? input : resolver.get(input, component);
      Loc loc = plan.seenFrom(table, resolver.value(part));
      variables.add(new Step.Variable(name, loc, part.type() instanceof ListType));
      if (component == null || !component.nullable()) {
        required.add(loc);
      }
    }
    return new Step.CallInput(
        required, variables, body(http, input, table, names), List.of(), null);
  }

  private @Nullable Out body(HttpTarget http, Ref input, TableSpec table, Set<String> used) {
    if (http.body() instanceof BodyBinding.None) {
      return null;
    }
    if (!(input.type() instanceof RecordType record)) {
      return used.isEmpty() ? resolver.outs().whole(input, table) : null;
    }
    if (http.body() instanceof BodyBinding.OneComponent one) {
      Component component = byName(record, one.javaName());
      return component == null
          ? null
          : resolver.outs().whole(resolver.get(input, component), table);
    }
    List<Component> rest = new ArrayList<>();
    for (Component component : record.components()) {
      if (!used.contains(component.name()) && !used.contains(component.javaName())) {
        rest.add(component);
      }
    }
    return rest.isEmpty() ? null : resolver.outs().object(input, rest, table);
  }

  private static Component named(RecordType record, Component like) {
    Component component = byName(record, like.javaName());
    if (component == null) {
      throw new IllegalStateException(record.name() + " has no component " + like.javaName());
    }
    return component;
  }

  private static @Nullable Component byName(RecordType record, String name) {
    Component component = record.component(name);
    return component != null ? component : record.field(name);
  }
}
