package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.ContractException;
import dev.gatehouse.dsl.contract.Contracts;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.finding.ContractFinding;
import dev.gatehouse.dsl.finding.DefinitionException;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.finding.ScopeFinding.BeyondDeadline;
import dev.gatehouse.dsl.finding.ScopeFinding.NotBeingDefined;
import dev.gatehouse.dsl.finding.ScopeFinding.NullValue;
import dev.gatehouse.dsl.finding.ScopeFinding.OtherComposite;
import dev.gatehouse.dsl.finding.ScopeFinding.OutOfScope;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.CallNode;
import dev.gatehouse.dsl.graph.Node.ConstantNode;
import dev.gatehouse.dsl.graph.Node.DeadlineGroup;
import dev.gatehouse.dsl.graph.Node.Head;
import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.dsl.graph.Scope;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A composite while it is being defined: the graph so far, the scope that is being written, what was found wrong. Confined to the
 * thread that defines it, and found by the verbs through {@link #current}.
 */
final class Definition {
  private static final ThreadLocal<@Nullable Definition> CURRENT = new ThreadLocal<>();

  private final String name;
  private final Contracts contracts = new Contracts();
  private final NodeTable table = new NodeTable();
  private final Set<Finding> findings = new LinkedHashSet<>();
  private final Deque<Composite<?, ?>> composites = new ArrayDeque<>();
  private final List<CallNode> effects = new ArrayList<>();
  private final List<Limit> limits = new ArrayList<>();
  private final Map<Scope, Map<List<Object>, Node>> inlined = new HashMap<>();
  private final Map<Arguments, Set<String>> argumentNames = new HashMap<>();
  private List<DeadlineGroup> groups = List.of();
  private Scope scope = table.root();
  private int age;

  /** A time limit written in this composite itself. */
  record Limit(Place place, String call, Duration duration) {
    /** What is wrong with it inside a deadline. */
    Optional<Finding> beyond(Duration deadline, String composite) {
      return duration.compareTo(deadline) > 0
          ? Optional.of(new BeyondDeadline(
              place,
              composite,
              call,
              Durations.text(duration),
              "the composite",
              Durations.text(deadline)))
          : Optional.empty();
    }
  }

  /**
   * @param name of the composite
   */
  Definition(String name) {
    this.name = name;
  }

  /** Of the composite that is being defined. */
  String name() {
    return name;
  }

  /**
   * The definition that this thread is in.
   *
   * @throws DefinitionException where it is in none
   */
  static Definition current(String verb) {
    Definition current = CURRENT.get();
    if (current == null) {
      throw new DefinitionException(verb, List.of(new NotBeingDefined(Places.here(), verb)));
    }
    return current;
  }

  /** Runs {@code body} with this definition as the current one. */
  <R> R run(Supplier<R> body) {
    Definition outer = CURRENT.get();
    CURRENT.set(this);
    try {
      return body.get();
    } finally {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }
  }

  // what was found wrong

  void report(Finding finding) {
    findings.add(finding);
  }

  void reportAll(List<? extends Finding> more) {
    findings.addAll(more);
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** The name of the composite whose code is running. */
  String composite() {
    Composite<?, ?> innermost = composites.peek();
    return innermost == null ? name : innermost.name();
  }

  /** Stands for a value that cannot be made; whatever is done with it is not reported again. */
  Node broken() {
    return node(
        new NodeTable.Recipe(TypeFit.BROKEN, List.of(), NodeTable.Reach.FREE, "broken"),
        head -> new ConstantNode(head, JsonConstants.NULL));
  }

  // types

  /** The contract of a Java type; where it has none, that is reported, and nothing else about it is. */
  DataType contract(Type type, String subject) {
    return contract(type, subject, Places.here());
  }

  DataType contract(Type type, String subject, Place place) {
    try {
      return contracts.of(type);
    } catch (ContractException e) {
      e.problems().forEach(problem -> report(new ContractFinding(place, subject, problem)));
      return TypeFit.BROKEN;
    }
  }

  // nodes

  Node node(NodeTable.Recipe recipe, Function<Head, Node> make) {
    return table.node(scope, recipe, Places.here(), make);
  }

  /** The node of a value that is used here, or {@link #broken} where it may not be. */
  Node operand(@Nullable Value<?> value, String what) {
    if (value == null) {
      report(new NullValue(Places.here(), composite(), what));
      return broken();
    }
    if (value.definition() != this) {
      report(new OtherComposite(
          Places.here(), composite(), value.definition().name(), value.text(), value.place()));
      return broken();
    }
    return visible(value.node());
  }

  /** It, or {@link #broken}, and reported, where it belongs to a scope that is not being written. */
  Node visible(Node node) {
    if (node.scope().encloses(scope)) {
      return node;
    }
    report(new OutOfScope(
        Places.here(), composite(), NodeText.of(node), node.place(), NodeText.of(node.scope())));
    return broken();
  }

  /** Whether an argument of this name is declared for the first time. */
  boolean isNewArgument(Arguments of, String argument) {
    return argumentNames.computeIfAbsent(of, any -> new HashSet<>()).add(argument);
  }

  // scopes

  Scope scope() {
    return scope;
  }

  Scope child(Scope.Kind kind, Node over, int atMost, @Nullable String tag) {
    return table.scope(scope, kind, over, atMost, tag);
  }

  /** What {@code body} answers when written inside {@code rows}. */
  Node inside(Scope rows, String what, Supplier<? extends @Nullable Value<?>> body) {
    Scope outer = scope;
    scope = rows;
    try {
      return operand(body.get(), what);
    } finally {
      scope = outer;
    }
  }

  // calls

  List<DeadlineGroup> groups() {
    return groups;
  }

  /** Notes a call that changes something: it runs although nothing may need its answer. */
  void effect(CallNode call) {
    effects.add(call);
    age++;
  }

  /** How often something was changed so far: equal calls before and after a change are not one. */
  int age() {
    return age;
  }

  /** How many such calls there are so far. */
  int effects() {
    return effects.size();
  }

  /** Those after the first so many. */
  List<CallNode> effectsAfter(int first) {
    return List.copyOf(effects.subList(first, effects.size()));
  }

  /** Forgets calls that others replace. */
  void replaced(List<CallNode> calls) {
    effects.removeAll(calls);
  }

  /** Notes a limit that was set on a call, and checks it against those around it. */
  void limit(String call, Duration duration) {
    Place place = Places.here();
    if (composites.size() == 1) {
      limits.add(new Limit(place, call, duration));
    }
    for (DeadlineGroup group : groups) {
      if (duration.compareTo(group.limit()) > 0) {
        report(new BeyondDeadline(
            place,
            composite(),
            call,
            Durations.text(duration),
            group.name(),
            Durations.text(group.limit())));
      }
    }
  }

  // composites

  /** Runs a composite's code as part of this definition. */
  <R> R inside(Composite<?, ?> composite, @Nullable Duration limit, Supplier<R> body) {
    List<DeadlineGroup> outer = groups;
    composites.push(composite);
    if (limit != null) {
      groups = new ArrayList<>(outer);
      groups.add(new DeadlineGroup(composite.name(), limit));
    }
    try {
      return body.get();
    } finally {
      groups = outer;
      composites.pop();
    }
  }

  /** What {@code body} makes of a composite; made once for equal calls of it. */
  Node inlined(List<Object> call, Supplier<Node> body) {
    List<Object> key = List.of(call, groups, age);
    for (Scope seen = scope; seen != null; seen = seen.parent()) {
      Node equal = inlined.getOrDefault(seen, Map.of()).get(key);
      if (equal != null) {
        return equal;
      }
    }
    int before = effects.size();
    Node made = body.get();
    if (effects.size() == before) {
      inlined.computeIfAbsent(scope, any -> new HashMap<>()).put(key, made);
    }
    return made;
  }

  /** The composites whose code is running, outermost first. */
  List<Composite<?, ?>> running() {
    List<Composite<?, ?>> running = new ArrayList<>();
    composites.descendingIterator().forEachRemaining(running::add);
    return running;
  }

  Draft draft(@Nullable DataType input, @Nullable Node result) {
    return new Draft(input, result, List.copyOf(effects), List.copyOf(limits), findings());
  }
}
