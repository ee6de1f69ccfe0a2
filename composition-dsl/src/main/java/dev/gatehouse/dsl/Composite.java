package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.Contracts;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.finding.DefinitionException;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.Graph;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.Place;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A named, typed composition of operations and other composites. The code that defines it runs once, when it is made, and once more
 * for each composite that calls it. Immutable.
 *
 * @param <I> what it is given; {@link Nothing} where it takes nothing
 * @param <O> what it answers
 */
public final class Composite<I, O> {
  private final String name;
  private final Type input;
  private final Function<? super Value<I>, ? extends Value<? extends O>> body;
  private final @Nullable Duration deadline;
  private final Place place;
  private final Draft draft;
  private final List<Finding> findings;
  private final @Nullable Graph graph;

  private Composite(
      String name,
      Type input,
      Function<? super Value<I>, ? extends Value<? extends O>> body,
      @Nullable Duration deadline,
      Place place,
      @Nullable Draft draft) {
    this.name = name;
    this.input = input;
    this.body = body;
    this.deadline = deadline;
    this.place = place;
    this.draft = draft == null ? Drafting.draft(this) : draft;
    this.findings = findings(name, deadline, place, this.draft);
    this.graph =
        findings.isEmpty() ? new GraphBuilder(this.draft).build(name, deadline, place) : null;
  }

  /**
   * Defines a composite.
   *
   * @param name what plans, doors and messages call it; unique in a BFF
   * @param input the type of its input: a scalar or a record
   * @param body runs once, now, and puts values together
   */
  public static <I, O> Composite<I, O> named(
      String name, Class<I> input, Function<? super Value<I>, ? extends Value<O>> body) {
    return new Composite<>(name, input, body, null, Places.here(), null);
  }

  /** Defines a composite whose input is of a generic type; else as {@link #named}. */
  public static <I, O> Composite<I, O> typed(
      String name, TypeRef<I> input, Function<? super Value<I>, ? extends Value<O>> body) {
    return new Composite<>(name, input.type(), body, null, Places.here(), null);
  }

  /** Defines a composite that takes nothing; else as {@link #named}. */
  public static <O> Composite<Nothing, O> withoutInput(
      String name, Supplier<? extends Value<O>> body) {
    return new Composite<>(name, Nothing.class, none -> body.get(), null, Places.here(), null);
  }

  /** The same with a deadline for the whole. */
  public Composite<I, O> within(Duration deadline) {
    return new Composite<>(name, input, body, deadline, place, draft);
  }

  /**
   * The same for a list of inputs, in their order: what it calls is called for all of them at once, as inside
   * {@link Items#each}. An element that is absent or lost is null.
   *
   * @param atMost how many inputs there may be; a longer list counts as failed
   */
  public Composite<List<I>, List<@Nullable O>> forAll(int atMost) {
    Function<Value<List<I>>, Value<List<@Nullable O>>> each =
        inputs -> Verbs.list(inputs).atMost(atMost).each(one -> call(one).orNull());
    return new Composite<>(
        name + "ForAll", Contracts.parameterized(List.class, input), each, null, place, null);
  }

  /** Makes it part of the composite that is being defined: its deadline becomes one for the calls it makes there. */
  public Value<O> call(Value<I> input) {
    Definition current = Definition.current(name + ".call");
    return Drafting.call(current, this, input);
  }

  public String name() {
    return name;
  }

  /** The Java type of its input; {@link Nothing} where it takes none. */
  public Type inputType() {
    return input;
  }

  /** For the whole; null where it sets none. */
  public @Nullable Duration deadline() {
    return deadline;
  }

  /** Where it was written. */
  public Place place() {
    return place;
  }

  Function<? super Value<I>, ? extends Value<? extends O>> body() {
    return body;
  }

  Draft drafted() {
    return draft;
  }

  /** The calls that change something, in the order written. A composite that has any is a command. */
  public List<CallNode> effects() {
    return draft.effects();
  }

  /** Whether it changes something, so that only methods and operations meant for that may open it. */
  public boolean isCommand() {
    return !draft.effects().isEmpty();
  }

  private static List<Finding> findings(
      String name, @Nullable Duration deadline, Place place, Draft draft) {
    List<Finding> findings = new ArrayList<>(draft.findings());
    if (deadline != null) {
      Optional<Finding> range = Durations.check("the deadline of " + name, deadline, place);
      range.ifPresentOrElse(
          findings::add,
          () -> draft
              .limits()
              .forEach(limit -> limit.beyond(deadline, name).ifPresent(findings::add)));
    }
    return List.copyOf(findings);
  }

  /** Everything that is wrong with it; empty where it can run. */
  public List<Finding> findings() {
    return findings;
  }

  /**
   * What it does.
   *
   * @throws DefinitionException with all {@link #findings()}, where there are any
   */
  public Graph graph() {
    if (graph == null) {
      throw new DefinitionException("composite " + name, findings);
    }
    return graph;
  }

  @Override
  public String toString() {
    return "composite " + name;
  }
}
