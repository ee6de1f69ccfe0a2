package dev.gatehouse.dsl;

import dev.gatehouse.dsl.NodeTable.Reach;
import dev.gatehouse.dsl.NodeTable.Recipe;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.finding.ScopeFinding.CallsItself;
import dev.gatehouse.dsl.finding.ScopeFinding.DefinitionThrew;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.InputNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs the code that defines composites. */
final class Drafting {

  private Drafting() {}

  static <I, O> Draft draft(Composite<I, O> composite) {
    Definition definition = new Definition(composite.name());
    Names.COMPOSITE
        .check("a composite", composite.name(), composite.place())
        .ifPresent(definition::report);
    DataType input = composite.inputType() == Nothing.class
        ? null
        : definition.contract(
            composite.inputType(), "the input of composite " + composite.name(), composite.place());
    return definition.run(() -> {
      Node handle = input == null
          ? Verbs.nothing().node()
          : definition.node(new Recipe(input, List.of(), Reach.FREE, "input"), InputNode::new);
      return definition.draft(input, body(definition, composite, handle, null));
    });
  }

  private static <I, O> Node body(
      Definition definition, Composite<I, O> composite, Node input, @Nullable Duration limit) {
    return definition.inside(composite, limit, () -> {
      try {
        return definition.inside(
            definition.scope(),
            "what the code of " + composite.name() + " answers",
            () -> composite.body().apply(Value.of(definition, input)));
      } catch (RuntimeException | LinkageError e) {
        definition.report(new DefinitionThrew(Places.of(e), composite.name(), e));
        return definition.broken();
      }
    });
  }

  static <I, O> Value<O> call(Definition current, Composite<I, O> composite, Value<I> input) {
    Node given = current.operand(input, "the input of " + composite.name());
    DataType expected = composite.drafted().input();
    if (expected != null) {
      Fitting.require(current, "the input of " + composite.name(), given, expected);
    }
    return inline(current, composite, given, composite.deadline());
  }

  /** The result of a composite's code on a value of this definition. */
  static <O> Value<O> inline(
      Definition current, Composite<?, O> composite, Node input, @Nullable Duration limit) {
    if (current.running().stream().anyMatch(running -> running.body() == composite.body())) {
      String way = Stream.concat(current.running().stream(), Stream.of(composite))
          .map(Composite::name)
          .collect(Collectors.joining(" → "));
      current.report(new CallsItself(Places.here(), current.composite(), way));
      return Value.of(current, current.broken());
    }
    int effects = current.effects();
    Node result = current.inlined(
        List.of(composite.body(), input, limit == null ? "" : limit),
        () -> body(current, composite, input, limit));
    return new Value<>(
        current, result, new Inlining(composite, input, current.effectsAfter(effects)));
  }
}
