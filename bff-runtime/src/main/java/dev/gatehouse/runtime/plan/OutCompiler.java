package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.graph.Node.ArgumentNode;
import dev.gatehouse.dsl.graph.Node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns a value and a selection of its parts into the way it is written. */
final class OutCompiler {
  private final GraphFacts facts;
  private final PlanBuilder plan;
  private final Resolver resolver;
  private final Lists lists;
  private Deque<DataType> inside = new ArrayDeque<>();
  private boolean isForStep;

  OutCompiler(GraphFacts facts, PlanBuilder plan, Resolver resolver) {
    this.facts = facts;
    this.plan = plan;
    this.resolver = resolver;
    this.lists = resolver.lists();
  }

  /** All of a value, for a step that needs it. */
  Out whole(Ref ref, TableSpec table) {
    return elsewhere(() -> out(ref, table, null));
  }

  /** An object of some components of a record, for a step that needs it. */
  Out object(Ref ref, List<Component> components, TableSpec table) {
    return elsewhere(() -> {
      List<Out.Field> fields = new ArrayList<>();
      for (Component component : components) {
        Out value = out(resolver.get(ref, component), table, null);
        fields.add(Out.Field.of(component.name(), component.nullable(), value));
      }
      return new Out.Obj(List.of(), -1, fields);
    });
  }

  /** What a step needs stands by itself, whatever the object is inside which the step was found to be needed. */
  private Out elsewhere(Supplier<Out> value) {
    Deque<DataType> outer = inside;
    boolean wasForStep = isForStep;
    inside = new ArrayDeque<>();
    isForStep = true;
    Out out = value.get();
    inside = outer;
    isForStep = wasForStep;
    return out;
  }

  Out out(Ref ref, TableSpec table, @Nullable Selection selection) {
    if (selection != null && selection.asText()) {
      return new Out.AsText(out(ref, table, null));
    }
    if (ref instanceof Ref.Scanned scanned) {
      List<Hop> hops = PlanBuilder.join(plan.up(table, scanned.home()), scanned.hops());
      return read(scanned.read(), resolver.tableOf(scanned), hops, selection);
    }
    if (ref instanceof Ref.Scalar scalar) {
      Loc loc = plan.seenFrom(table, scalar.loc());
      return new Out.Slice(loc.hops(), loc.column());
    }
    if (ref instanceof Ref.Fixed fixed) {
      return new Out.Const(
          selection == null
              ? fixed.json()
              : FixedJson.select(fixed.json(), fixed.type(), selection));
    }
    if (ref instanceof Ref.Composed composed) {
      return deferring(selection, part -> composed(composed, table, part));
    }
    if (ref instanceof Ref.Listed listed) {
      return listed(listed, table, selection);
    }
    if (ref instanceof Ref.Limited limited) {
      Lists.View view = lists.view(limited);
      Loc ranges = plan.seenFrom(table, view.ranges());
      Out element = read(view.list().element(), view.table(), List.of(), ofElement(selection));
      Out.Rows rows = new Out.Rows(
          ranges.hops(),
          ranges.column(),
          view.table().index(),
          element,
          view.list().type() instanceof ListType list && list.elementNullable(),
          -1);
      return streaming(rows, selection);
    }
    if (ref instanceof Ref.OrNull orNull) {
      return new Out.OrNull(out(orNull.main(), table, selection));
    }
    if (ref instanceof Ref.OrElse orElse) {
      byte[] alternative = selection == null
          ? orElse.alternative()
          : FixedJson.select(orElse.alternative(), orElse.type(), selection);
      return new Out.OrElse(out(orElse.main(), table, selection), alternative);
    }
    if (ref instanceof Ref.Conditional conditional) {
      return conditional(conditional, table, selection);
    }
    if (ref instanceof Ref.Rescued rescued) {
      return new Out.Rescue(
          out(rescued.main(), table, selection),
          conditional(rescued.alternative(), table, selection));
    }
    if (ref instanceof Ref.Outcome outcome) {
      return deferring(selection, part -> outcome(outcome, table, part));
    }
    if (ref instanceof Ref.FailureOf failure) {
      return new Out.FailureLabel(out(failure.main(), table, null));
    }
    Ref.OneOf oneOf = (Ref.OneOf) ref;
    List<Out> branches = new ArrayList<>();
    for (int i = 0; i < oneOf.branches().size(); i++) {
      branches.add(branch(oneOf, i, table, selection));
    }
    return new Out.Switch(branches);
  }

  private Out listed(Ref.Listed listed, TableSpec table, @Nullable Selection selection) {
    Selection.Streamed streamed = selection == null ? null : selection.streamed();
    if (streamed == null || !resolver.hasHalves(listed.scope(), listed.env())) {
      return streaming(rows(listed, listed.env(), table, selection), selection);
    }
    int count = streamed.initialCount();
    Env first = listed.env().with(listed.scope(), new Half(false, count));
    Env rest = listed.env().with(listed.scope(), new Half(true, count));
    Out.Rows head = rows(listed, first, table, selection);
    Out.Rows tail = rows(listed, rest, table, selection).after(count);
    return new Out.Streaming(head, tail, plan.part(streamed.part(), tail));
  }

  private Out.Rows rows(
      Ref.Listed listed, Env env, TableSpec table, @Nullable Selection selection) {
    Ref.EachTable each = resolver.each(listed.scope(), env);
    Loc ranges = plan.seenFrom(table, each.ranges());
    Out element = out(resolver.resolve(listed.body(), env), each.table(), ofElement(selection));
    boolean elementNullable = listed.type() instanceof ListType list && list.elementNullable();
    return new Out.Rows(
        ranges.hops(), ranges.column(), each.table().index(), element, elementNullable, -1);
  }

  /** Rows of which some are written later, where that was asked for. */
  private Out streaming(Out.Rows rows, @Nullable Selection selection) {
    Selection.Streamed streamed = selection == null ? null : selection.streamed();
    if (streamed == null || rows.keyColumn() >= 0) {
      return rows;
    }
    Out.Rows tail = rows.only(new Half(true, streamed.initialCount()));
    return new Out.Streaming(
        rows.only(new Half(false, streamed.initialCount())),
        tail,
        plan.part(streamed.part(), tail));
  }

  private static @Nullable Selection ofElement(@Nullable Selection selection) {
    return selection == null ? null : selection.ofElement();
  }

  private Out.Move conditional(
      Ref.Conditional conditional, TableSpec table, @Nullable Selection selection) {
    List<Hop> hops = PlanBuilder.join(
        plan.up(table, conditional.home()),
        List.of(new Hop(Hop.Kind.CHILD, conditional.child().index())));
    return new Out.Move(hops, out(conditional.body(), conditional.child(), selection));
  }

  private Out branch(Ref.OneOf oneOf, int i, TableSpec table, @Nullable Selection selection) {
    Ref.Conditional branch = oneOf.branches().get(i);
    if (!(oneOf.type() instanceof UnionType union)) {
      return conditional(branch, table, selection);
    }
    UnionCase one = new UnionCase(union, oneOf.tags().get(i), branch.body().type(), selection);
    return one.tagged(conditional(branch, table, one.own()));
  }

  /** An object of the selected fields, and one more, later, of each group of deferred ones. */
  private Out deferring(@Nullable Selection selection, Function<@Nullable Selection, Out> object) {
    Out main = object.apply(selection);
    if (selection == null || selection.deferred().isEmpty()) {
      return main;
    }
    List<Integer> parts = new ArrayList<>();
    for (Selection.Deferred later : selection.deferred()) {
      parts.add(plan.part(later.part(), object.apply(new Selection(later.fields()))));
    }
    return new Out.Deferring(main, parts);
  }

  private Out outcome(Ref.Outcome outcome, TableSpec table, @Nullable Selection selection) {
    List<Out.Field> fields = new ArrayList<>();
    for (Selection.Field field : selected((RecordType) outcome.type(), selection)) {
      if (field.name().equals("value")) {
        Out main = out(outcome.main(), table, field.selection());
        fields.add(Out.Field.of(field.key(), true, new Out.OrNull(main)));
      } else if (field.name().equals(Selection.TYPE_NAME)) {
        fields.add(Out.Field.text(field.key(), field.nameOf(outcome.type())));
      } else {
        fields.add(Out.Field.of(
            field.key(), true, new Out.FailureLabel(out(outcome.main(), table, null))));
      }
    }
    return new Out.Obj(List.of(), -1, fields);
  }

  private Out composed(Ref.Composed composed, TableSpec table, @Nullable Selection selection) {
    RecordType record = composed.node().record();
    List<Out.Field> fields = new ArrayList<>();
    inside.push(record);
    for (Selection.Field selected : selected(record, selection)) {
      if (selected.name().equals(Selection.TYPE_NAME)) {
        fields.add(Out.Field.text(selected.key(), selected.nameOf(record)));
        continue;
      }
      Component component = component(record, selected.name());
      Env env = composed.env().with(bind(composed.node(), component, selected));
      int i = record.components().indexOf(component);
      Out value =
          out(resolver.resolve(composed.node().values().get(i), env), table, selected.selection());
      fields.add(Out.Field.of(selected.key(), component.nullable(), value));
    }
    inside.pop();
    return new Out.Obj(List.of(), -1, fields);
  }

  private Map<ArgumentNode, Integer> bind(
      ObjectNode object, Component component, Selection.Field selected) {
    Map<ArgumentNode, Integer> slots = new HashMap<>();
    for (ArgumentNode argument : facts.argumentsOf(object, component)) {
      int slot = selected.arguments().stream()
          .filter(given -> given.name().equals(argument.spec().name()))
          .mapToInt(Selection.Argument::slot)
          .findFirst()
          .orElse(Env.NO_SLOT);
      slots.put(argument, slot);
    }
    return slots;
  }

  /** What was read, from where it stands. */
  private Out read(Read read, TableSpec table, List<Hop> hops, @Nullable Selection selection) {
    if (selection != null && selection.asText()) {
      return new Out.AsText(read(read, table, hops, null));
    }
    if (isForStep
        && isInside(read.type())
        && (read.kind() == Read.Kind.OBJECT || read.kind() == Read.Kind.UNION)) {
      return new Out.Slice(hops, plan.noted(read, table));
    }
    switch (read.kind()) {
      case OBJECT -> {
        return deferring(selection, part -> object(read, table, hops, part));
      }
      case UNION -> {
        UnionType union = (UnionType) read.type();
        List<Out> cases = new ArrayList<>();
        for (int i = 0; i < read.cases().size(); i++) {
          Case each = union.cases().get(i);
          UnionCase one = new UnionCase(union, each.tag(), each.type(), selection);
          cases.add(one.tagged(read(read.cases().get(i), table, List.of(), one.own())));
        }
        return new Out.Cases(hops, plan.marked(read, table), cases);
      }
      case LIST, MAP -> {
        if (!Lists.hasParts(read.element())) {
          return new Out.Slice(hops, plan.noted(read, table));
        }
        lists.open(read, table);
        TableSpec rows = new Lists.View(new Loc(table, hops, 0), read, true).table();
        int keyColumn = -1;
        if (read.kind() == Read.Kind.MAP) {
          keyColumn = read.keyColumn() >= 0 ? read.keyColumn() : plan.readColumn(read, rows);
          read.noteKeys(keyColumn);
        }
        Out element = read(read.element(), rows, List.of(), ofElement(selection));
        Out.Rows all = new Out.Rows(
            hops,
            plan.marked(read, table),
            rows.index(),
            element,
            read.element().nullable(),
            keyColumn);
        return streaming(all, selection);
      }
      default -> {
        return new Out.Slice(hops, plan.noted(read, table));
      }
    }
  }

  private Out object(Read read, TableSpec table, List<Hop> hops, @Nullable Selection selection) {
    RecordType record = (RecordType) read.type();
    List<Out.Field> fields = new ArrayList<>();
    inside.push(record);
    for (Selection.Field selected : selected(record, selection)) {
      if (selected.name().equals(Selection.TYPE_NAME)) {
        fields.add(Out.Field.text(selected.key(), selected.nameOf(record)));
      } else {
        Component component = component(record, selected.name());
        Out value = read(read.member(component), table, List.of(), selected.selection());
        fields.add(Out.Field.of(selected.key(), component.nullable(), value));
      }
    }
    inside.pop();
    return new Out.Obj(hops, plan.noted(read, table), fields);
  }

  // Selections.

  /**
   * The selected fields; where nothing is said, all, but no record inside itself: an answer shows only what it was planned to show.
   * A step needs those too, and takes them as they stand.
   */
  private List<Selection.Field> selected(RecordType record, @Nullable Selection selection) {
    if (selection != null) {
      return selection.fields();
    }
    List<Selection.Field> all = new ArrayList<>();
    for (Component component : record.components()) {
      if (isForStep || !isInside(component.type())) {
        all.add(Selection.field(component.name()));
      }
    }
    return all;
  }

  /** Whether values of the type, or elements or cases of it, are being written already. */
  private boolean isInside(DataType type) {
    if (type instanceof ListType list) {
      return isInside(list.element());
    }
    if (type instanceof MapType map) {
      return isInside(map.value());
    }
    return type instanceof UnionType union
        ? union.cases().stream().anyMatch(one -> inside.contains(one.type()))
        : inside.contains(type);
  }

  private static Component component(RecordType record, String name) {
    Component component = record.field(name);
    if (component == null) {
      throw new IllegalStateException(record.name() + " has no field " + name);
    }
    return component;
  }
}
