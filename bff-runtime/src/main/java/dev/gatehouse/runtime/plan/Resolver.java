package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds, for a node of the graph, where its value will stand, making the steps and tables that bring it there. Only what somebody
 * asks for is planned: that is the pruning.
 */
final class Resolver {
  private final GraphFacts facts;
  private final PlanBuilder plan;
  private final Step.Begin begin;
  private final Calls calls;
  private final Lists lists;
  private final Map<Key, Ref> refs = new HashMap<>();
  private final Map<Key, Object> scopes = new HashMap<>();
  private final Map<Ref, Ref.Scanned> materialised = new HashMap<>();
  private final Map<Object, Ref> merged = new HashMap<>();
  private @Nullable OutCompiler outs;

  private record Key(Object subject, Env env) {}

  private record MergeKey(Loc main, @Nullable Loc alternative, boolean onlyAbsent) {}

  Resolver(Graph graph, GraphFacts facts, PlanBuilder plan) {
    this.facts = facts;
    this.plan = plan;
    Read input = graph.input() == null ? null : read(graph.input());
    this.begin = plan.step(index -> new Step.Begin(index, plan.root(), input));
    if (input != null) {
      input.madeBy(begin);
    }
    plan.makes(begin, plan.root());
    this.lists = new Lists(plan, this);
    this.calls = new Calls(facts, plan, this);
  }

  void outs(OutCompiler compiler) {
    this.outs = compiler;
  }

  OutCompiler outs() {
    if (outs == null) {
      throw new IllegalStateException("the compiler was not set");
    }
    return outs;
  }

  Lists lists() {
    return lists;
  }

  Calls calls() {
    return calls;
  }

  Ref resolve(Node node, Env env) {
    Env known = env.only(facts.arguments(node), node.scope());
    Key key = new Key(node, known);
    Ref ref = refs.get(key);
    if (ref == null) {
      ref = make(node, known);
      refs.put(key, ref);
    }
    return ref;
  }

  private Ref make(Node node, Env env) {
    if (node instanceof InputNode) {
      return new Ref.Scanned(plan.root(), List.of(), input());
    }
    if (node instanceof ConstantNode constant) {
      return new Ref.Fixed(plan.root(), constant.type(), constant.json().bytes());
    }
    if (node instanceof ArgumentNode argument) {
      return argument(argument, env);
    }
    if (node instanceof CallerNode caller) {
      Read read = read(caller.type());
      read.madeBy(begin);
      begin.callerFacts().add(new Step.CallerRead(caller.fact(), caller.claim(), read));
      return new Ref.Scanned(plan.root(), List.of(), read);
    }
    if (node instanceof FieldNode field) {
      return get(resolve(field.of(), env), field.component());
    }
    if (node instanceof ElementNode) {
      return element(node.scope(), env);
    }
    if (node instanceof CallNode call) {
      return calls.call(call, table(node.scope(), env), env);
    }
    if (node instanceof ObjectNode object) {
      return new Ref.Composed(table(node.scope(), env), object, env);
    }
    if (node instanceof MapNode map) {
      return apply(map, env);
    }
    TableSpec home = table(node.scope(), env);
    if (node instanceof EachNode each) {
      return new Ref.Listed(
          home, each.type(), each.rows(), each(each.rows(), env), each.body(), env);
    }
    if (node instanceof LimitNode limit) {
      return new Ref.Limited(home, resolve(limit.list(), env), resolve(limit.count(), env));
    }
    if (node instanceof WhenNode when) {
      return new Ref.Conditional(home, table(when.rows(), env), resolve(when.body(), env));
    }
    if (node instanceof OrElseNode orElse) {
      return new Ref.OrElse(
          home, resolve(orElse.main(), env), orElse.alternative().bytes());
    }
    if (node instanceof OrNullNode orNull) {
      return new Ref.OrNull(home, resolve(orNull.main(), env));
    }
    if (node instanceof RescueNode rescue) {
      Ref.Conditional alternative =
          new Ref.Conditional(home, table(rescue.rows(), env), resolve(rescue.body(), env));
      return new Ref.Rescued(home, resolve(rescue.main(), env), alternative);
    }
    if (node instanceof OutcomeNode outcome) {
      return new Ref.Outcome(home, outcome.type(), resolve(outcome.main(), env));
    }
    if (node instanceof OneOfNode oneOf) {
      List<Ref.Conditional> branches = new ArrayList<>();
      List<String> tags = new ArrayList<>();
      for (Branch branch : oneOf.branches()) {
        branches.add(
            new Ref.Conditional(home, table(branch.rows(), env), resolve(branch.body(), env)));
        tags.add(branch.tag());
      }
      return new Ref.OneOf(home, oneOf.type(), branches, tags);
    }
    throw new IllegalStateException("unknown node " + node);
  }

  private Read input() {
    Read input = begin.input();
    if (input == null) {
      throw new IllegalStateException("a composite without input uses its input");
    }
    return input;
  }

  private Ref argument(ArgumentNode node, Env env) {
    Read read = read(node.type());
    read.madeBy(begin);
    byte[] byDefault =
        node.spec().byDefault() == null ? null : node.spec().byDefault().bytes();
    begin.arguments().add(new Step.ArgumentRead(env.slot(node), byDefault, read));
    return new Ref.Scanned(plan.root(), List.of(), read);
  }

  private Ref apply(MapNode node, Env env) {
    TableSpec home = table(node.scope(), env);
    List<Out> inputs = new ArrayList<>();
    List<java.lang.reflect.Type> types = new ArrayList<>();
    for (Node input : node.inputs()) {
      inputs.add(outs().whole(resolve(input, env), home));
      types.add(input.type().javaType());
    }
    Read result = read(node.type());
    Step.Apply step = plan.step(index ->
        new Step.Apply(index, home, inputs, types, node.function(), node.description(), result));
    inputs.forEach(input -> plan.needs(step, input));
    result.madeBy(step);
    plan.noted(result, home);
    return new Ref.Scanned(home, List.of(), result);
  }

  private static Read read(DataType type) {
    return new Read(type, true, "$");
  }

  // Fields.

  Ref get(Ref of, Component component) {
    if (of instanceof Ref.Scanned scanned) {
      return field(scanned, component);
    }
    if (of instanceof Ref.Composed composed) {
      int i = composed.node().record().components().indexOf(component);
      return resolve(composed.node().values().get(i), composed.env());
    }
    if (of instanceof Ref.Fixed fixed) {
      return new Ref.Fixed(
          fixed.home(), component.type(), FixedJson.member(fixed.json(), component.name()));
    }
    if (of instanceof Ref.OrNull orNull) {
      return new Ref.OrNull(orNull.home(), get(orNull.main(), component));
    }
    if (of instanceof Ref.OrElse orElse) {
      byte[] part = FixedJson.member(orElse.alternative(), component.name());
      return new Ref.OrElse(orElse.home(), get(orElse.main(), component), part);
    }
    if (of instanceof Ref.Conditional conditional) {
      return get(conditional, component);
    }
    if (of instanceof Ref.Rescued rescued) {
      return new Ref.Rescued(
          rescued.home(), get(rescued.main(), component), get(rescued.alternative(), component));
    }
    if (of instanceof Ref.Outcome outcome) {
      return component.javaName().equals("value")
          ? new Ref.OrNull(outcome.home(), outcome.main())
          : new Ref.FailureOf(outcome.home(), component.type(), outcome.main());
    }
    if (of instanceof Ref.OneOf oneOf) {
      List<Ref.Conditional> branches = new ArrayList<>();
      for (Ref.Conditional branch : oneOf.branches()) {
        branches.add(get(branch, componentOf(branch.type(), component)));
      }
      return new Ref.OneOf(oneOf.home(), component.type(), branches, oneOf.tags());
    }
    throw new IllegalStateException(of.type().name() + " has no components");
  }

  private Ref.Conditional get(Ref.Conditional conditional, Component component) {
    return new Ref.Conditional(
        conditional.home(), conditional.child(), get(conditional.body(), component));
  }

  private static Component componentOf(DataType type, Component like) {
    Component component =
        type instanceof RecordType record ? record.component(like.javaName()) : null;
    if (component == null) {
      throw new IllegalStateException(type.name() + " has no component " + like.javaName());
    }
    return component;
  }

  private Ref field(Ref.Scanned of, Component component) {
    if (of.read().kind() != Read.Kind.UNION) {
      return new Ref.Scanned(of.home(), of.hops(), of.read().member(component));
    }
    // A component that all cases have: the first case that the value is of has it.
    Ref found = null;
    for (Read each : of.read().cases()) {
      Component own = componentOf(each.type(), component);
      Ref.Scanned part = new Ref.Scanned(of.home(), of.hops(), each.member(own));
      value(part);
      found = found == null
          ? part
          : merge(of.home(), value(found), value(part), true, component.type());
    }
    if (found == null) {
      throw new IllegalStateException(of.type().name() + " has no cases");
    }
    // What has parts is read once more, so that they can be had and nothing else passes.
    return isLeaf(found) ? found : materialise(found);
  }

  // Scalars in columns.

  /** Where the bytes of a value stand, putting them there where they do not stand anywhere yet. */
  Loc value(Ref ref) {
    if (ref instanceof Ref.Scanned scanned) {
      return new Loc(scanned.home(), scanned.hops(), plan.noted(scanned.read(), tableOf(scanned)));
    }
    if (ref instanceof Ref.Scalar scalar) {
      return scalar.loc();
    }
    if (ref instanceof Ref.Fixed fixed) {
      return new Loc(plan.root(), List.of(), plan.constant(fixed.json()));
    }
    if (ref instanceof Ref.OrNull orNull && isLeaf(orNull.main())) {
      return value(merge(orNull.home(), value(orNull.main()), null, false, orNull.type()));
    }
    if (ref instanceof Ref.OrElse orElse && isLeaf(orElse.main())) {
      Loc alternative = new Loc(plan.root(), List.of(), plan.constant(orElse.alternative()));
      return value(merge(orElse.home(), value(orElse.main()), alternative, false, orElse.type()));
    }
    if (ref instanceof Ref.Conditional conditional && isLeaf(conditional.body())) {
      return below(conditional, value(conditional.body()));
    }
    if (ref instanceof Ref.Rescued rescued
        && isLeaf(rescued.main())
        && isLeaf(rescued.alternative().body())) {
      Loc alternative = below(rescued.alternative(), value(rescued.alternative().body()));
      return value(
          merge(rescued.home(), value(rescued.main()), alternative, false, rescued.type()));
    }
    return value(materialise(ref));
  }

  /** Where it stands whether an object is there; null where it always is. */
  @Nullable Loc presence(Ref object) {
    if (object instanceof Ref.Composed || object instanceof Ref.Fixed) {
      return null;
    }
    return value(object instanceof Ref.Scanned ? object : materialise(object));
  }

  /** Whether the value is a scalar, so that a column can note it as it stands. */
  private static boolean isLeaf(Ref ref) {
    return !(ref.type() instanceof RecordType)
        && !(ref.type() instanceof DataType.UnionType)
        && !(ref.type() instanceof ListType)
        && !(ref.type() instanceof DataType.MapType);
  }

  private Loc below(Ref.Conditional conditional, Loc body) {
    List<Hop> hops = new ArrayList<>();
    hops.add(new Hop(Hop.Kind.CHILD, conditional.child().index()));
    Loc seen = plan.seenFrom(conditional.child(), body);
    return new Loc(conditional.home(), PlanBuilder.join(hops, seen.hops()), seen.column());
  }

  private Ref merge(
      TableSpec home, Loc main, @Nullable Loc alternative, boolean onlyAbsent, DataType type) {
    return merged.computeIfAbsent(new MergeKey(main, alternative, onlyAbsent), key -> {
      int column = plan.column(home, false);
      Loc seenMain = plan.seenFrom(home, main);
      Loc seenAlternative = alternative == null ? null : plan.seenFrom(home, alternative);
      Step.Merge step = plan.step(
          index -> new Step.Merge(index, home, seenMain, seenAlternative, onlyAbsent, column));
      plan.needs(step, seenMain);
      if (seenAlternative != null) {
        plan.needs(step, seenAlternative);
      }
      plan.makes(step, column);
      return new Ref.Scalar(new Loc(home, List.of(), column), type);
    });
  }

  /** The table whose rows the read's columns have. */
  TableSpec tableOf(Ref.Scanned scanned) {
    TableSpec table = scanned.home();
    for (Hop hop : scanned.hops()) {
      table = switch (hop.kind()) {
        case ROOT -> plan.root();
        case PARENT -> parentOf(plan.tables().get(hop.index()));
        case LINK -> ((Step.Call) plan.steps().get(hop.index())).answers().table();
        case ELEMENT -> lists.elements(plan.tables().get(hop.index()));
        case CHILD -> plan.tables().get(hop.index());
      };
    }
    return table;
  }

  private static TableSpec parentOf(TableSpec table) {
    TableSpec parent = table.parent();
    if (parent == null) {
      throw new IllegalStateException(table + " lies in no other table");
    }
    return parent;
  }

  /** Writes a value as JSON in a step of its own and reads it again. */
  Ref.Scanned materialise(Ref ref) {
    Ref.Scanned known = materialised.get(ref);
    if (known == null) {
      TableSpec home = ref.home();
      Out out = outs().whole(ref, home);
      Read read = read(ref.type());
      Step.Materialise step = plan.step(index -> new Step.Materialise(index, home, out, read));
      plan.needs(step, out);
      read.madeBy(step);
      plan.noted(read, home);
      known = new Ref.Scanned(home, List.of(), read);
      materialised.put(ref, known);
    }
    return known;
  }

  // Scopes.

  TableSpec table(Scope scope, Env env) {
    if (scope.kind() == Scope.Kind.ROOT) {
      return plan.root();
    }
    if (scope.kind() == Scope.Kind.EACH) {
      return each(scope, env).table();
    }
    return filtered(scope, env).table();
  }

  private Ref element(Scope scope, Env env) {
    if (scope.kind() == Scope.Kind.EACH) {
      return each(scope, env).element();
    }
    Ref element = filtered(scope, env).element();
    if (element == null) {
      throw new IllegalStateException(scope + " has no element");
    }
    return element;
  }

  private record Filtered(TableSpec table, @Nullable Ref element) {}

  private Filtered filtered(Scope scope, Env env) {
    Key key = new Key(scope, env.only(facts.arguments(scope), scope));
    Object known = scopes.get(key);
    if (known == null) {
      known = filter(scope, env);
      scopes.put(key, known);
    }
    return (Filtered) known;
  }

  private Filtered filter(Scope scope, Env env) {
    TableSpec parent = table(parentOf(scope), env);
    Ref over = resolve(GraphFacts.over(scope), env);
    TableSpec rows = plan.table(scope.toString(), parent, parent.maxRows());
    Loc condition;
    Step.Test test;
    Ref element = null;
    int wanted = 0;
    switch (scope.kind()) {
      case WHEN -> {
        test = Step.Test.TRUE;
        condition = value(over);
      }
      case RESCUE -> {
        test = Step.Test.MISSING;
        condition = value(over instanceof Ref.Scanned ? over : materialise(over));
      }
      case CASE -> {
        test = Step.Test.CASE;
        Ref.Scanned union = over instanceof Ref.Scanned scanned ? scanned : materialise(over);
        int mark = plan.marked(union.read(), tableOf(union));
        condition = new Loc(union.home(), union.hops(), mark);
        wanted = caseOf(union.read(), scope);
        List<Hop> hops = PlanBuilder.join(
            PlanBuilder.join(
                List.of(new Hop(Hop.Kind.PARENT, rows.index())), plan.up(parent, union.home())),
            union.hops());
        element = new Ref.Scanned(rows, hops, union.read().cases().get(wanted));
      }
      default -> throw new IllegalStateException("unknown scope " + scope);
    }
    Loc seen = plan.seenFrom(parent, condition);
    int number = wanted;
    Step.Filter step = plan.step(index -> new Step.Filter(index, parent, seen, test, number, rows));
    plan.needs(step, seen);
    plan.makes(step, rows);
    return new Filtered(rows, element);
  }

  private static int caseOf(Read union, Scope scope) {
    for (int i = 0; i < union.tags().size(); i++) {
      if (new String(union.tags().get(i), java.nio.charset.StandardCharsets.UTF_8)
          .equals(scope.tag())) {
        return i;
      }
    }
    throw new IllegalStateException(union.type().name() + " has no case " + scope.tag());
  }

  private static Scope parentOf(Scope scope) {
    Scope parent = scope.parent();
    if (parent == null) {
      throw new IllegalStateException(scope + " lies in no other scope");
    }
    return parent;
  }

  /** Whether the rows of a scope can be two tables; those of a list that is made row by row itself cannot. */
  boolean hasHalves(Scope scope, Env env) {
    return !(resolve(GraphFacts.over(scope), env) instanceof Ref.Listed);
  }

  Ref.EachTable each(Scope scope, Env env) {
    Key key = new Key(scope, env.only(facts.arguments(scope), scope));
    Object known = scopes.get(key);
    if (known == null) {
      TableSpec parent = table(parentOf(scope), env);
      Ref over = resolve(GraphFacts.over(scope), env);
      Half half = env.half(scope);
      known = half == null
          ? lists.rows(over, parent, scope.atMost())
          : lists.half(over, parent, scope.atMost(), half);
      scopes.put(key, known);
    }
    return (Ref.EachTable) known;
  }
}
