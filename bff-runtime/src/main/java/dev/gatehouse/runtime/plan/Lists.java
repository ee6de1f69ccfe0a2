package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes tables of lists: a row per element. */
final class Lists {
  private final PlanBuilder plan;
  private final Resolver resolver;
  private final Map<TableSpec, TableSpec> elements = new HashMap<>();
  private final Map<Object, View> views = new HashMap<>();

  /**
   * A list whose elements are rows of a table that reading fills.
   *
   * @param ranges where the range of rows stands
   * @param list how the list is read
   * @param whole whether its ranges cover all rows of the table that belong to it
   */
  record View(Loc ranges, Read list, boolean whole) {
    TableSpec table() {
      TableSpec rows = list.rows();
      if (rows == null) {
        throw new IllegalStateException(list.path() + " was not opened");
      }
      return rows;
    }
  }

  Lists(PlanBuilder plan, Resolver resolver) {
    this.plan = plan;
    this.resolver = resolver;
  }

  /** The list table that a derived table's rows lead to. */
  TableSpec elements(TableSpec derived) {
    TableSpec table = elements.get(derived);
    if (table == null) {
      throw new IllegalStateException(derived + " leads to no elements");
    }
    return table;
  }

  /** The rows that a list gives a scope. */
  Ref.EachTable rows(Ref list, TableSpec parent, int atMost) {
    if (list instanceof Ref.Listed listed
        && listed.home() == parent
        && listed.each().atMost() <= atMost) {
      Ref element = resolver.resolve(listed.body(), listed.env());
      Ref.EachTable each = listed.each();
      return new Ref.EachTable(each.ranges(), each.table(), element, each.atMost());
    }
    bound(list, atMost);
    View view = view(list);
    if (view.whole() && view.list().atMost() <= atMost && isPrivate(view, parent)) {
      TableSpec table = view.table();
      return new Ref.EachTable(
          plan.seenFrom(parent, view.ranges()),
          table,
          new Ref.Scanned(table, List.of(), view.list().element()),
          atMost);
    }
    return expand(view, parent, atMost, null);
  }

  /** The rows that one half of a list gives a scope. */
  Ref.EachTable half(Ref list, TableSpec parent, int atMost, Half half) {
    bound(list, atMost);
    return expand(view(list), parent, atMost, half);
  }

  /** Has a list that is longer fail when it is read, before it becomes rows. */
  private static void bound(Ref list, int atMost) {
    if (list instanceof Ref.Scanned scanned) {
      scanned.read().bound(atMost);
    } else if (list instanceof Ref.OrElse orElse) {
      bound(orElse.main(), atMost);
    } else if (list instanceof Ref.OrNull orNull) {
      bound(orNull.main(), atMost);
    }
  }

  /** Whether the table's rows hang on the parent's rows and on no others, so that no rows of its own are needed. */
  private boolean isPrivate(View view, TableSpec parent) {
    if (view.ranges().home() != parent) {
      return false;
    }
    TableSpec above = view.table().parent();
    return above == parent || parent == plan.root() && isOnlyAnswer(above);
  }

  private boolean isOnlyAnswer(@Nullable TableSpec table) {
    return plan.answers().stream().anyMatch(answers -> answers.solo() && answers.table() == table);
  }

  private Ref.EachTable expand(View view, TableSpec parent, int atMost, @Nullable Half half) {
    int most = half == null ? atMost : half.of(atMost);
    TableSpec rows =
        plan.table(view.table().name(), parent, PlanBuilder.times(parent.maxRows(), most));
    int column = plan.column(parent, false);
    Loc ranges = plan.seenFrom(parent, view.ranges());
    Step.Expand step =
        plan.step(index -> new Step.Expand(index, parent, ranges, atMost, half, rows, column));
    plan.needs(step, ranges);
    plan.makes(step, rows);
    plan.makes(step, column);
    elements.put(rows, view.table());
    Ref element = new Ref.Scanned(
        rows, List.of(new Hop(Hop.Kind.ELEMENT, rows.index())), view.list().element());
    return new Ref.EachTable(new Loc(parent, List.of(), column), rows, element, atMost);
  }

  /** The list as rows that reading fills, read a second time where it was not read but made. */
  View view(Ref list) {
    View known = views.get(list);
    if (known == null) {
      known = make(list);
      views.put(list, known);
    }
    return known;
  }

  private View make(Ref list) {
    if (list instanceof Ref.Scanned scanned) {
      TableSpec table = resolver.tableOf(scanned);
      open(scanned.read(), table);
      return new View(
          new Loc(scanned.home(), scanned.hops(), plan.marked(scanned.read(), table)),
          scanned.read(),
          true);
    }
    if (list instanceof Ref.OrElse orElse && FixedJson.isEmptyArray(orElse.alternative())) {
      View main = view(orElse.main());
      return adapted(
          orElse.home(),
          main,
          (index, ranges, column) -> new Step.OrEmpty(index, orElse.home(), ranges, column));
    }
    if (list instanceof Ref.OrNull orNull) {
      View main = view(orNull.main());
      return adapted(
          orNull.home(),
          main,
          (index, ranges, column) ->
              new Step.Merge(index, orNull.home(), ranges, null, false, column));
    }
    if (list instanceof Ref.Limited limited) {
      View main = view(limited.list());
      Loc count = plan.seenFrom(limited.home(), resolver.value(limited.count()));
      View view = adapted(
          limited.home(),
          main,
          (index, ranges, column) -> new Step.Limit(index, limited.home(), ranges, count, column));
      plan.needs(plan.steps().get(plan.steps().size() - 1), count);
      return new View(view.ranges(), view.list(), false);
    }
    return view(resolver.materialise(list));
  }

  private interface StepMaker {
    Step make(int index, Loc ranges, int column);
  }

  private View adapted(TableSpec home, View main, StepMaker maker) {
    int column = plan.column(home, false);
    Loc ranges = plan.seenFrom(home, main.ranges());
    Step step = plan.step(index -> maker.make(index, ranges, column));
    plan.needs(step, ranges);
    plan.makes(step, column);
    return new View(
        new Loc(home, List.of(), column),
        main.list(),
        main.whole() && main.ranges().home() == home);
  }

  /** Has a row for each element of a list, or each value of a map. */
  void open(Read read, TableSpec table) {
    if (read.rows() != null) {
      return;
    }
    long most = read.kind() == Read.Kind.LIST ? read.atMost() : Integer.MAX_VALUE;
    TableSpec rows = plan.listTable(nameOf(read), table, most);
    Step maker = read.maker();
    if (maker != null) {
      plan.makes(maker, rows);
    }
    read.open(rows);
  }

  private static String nameOf(Read read) {
    return read.type() instanceof ListType list
        ? list.element().name()
        : read.type().name();
  }

  /** Whether parts of the elements are selected, so that they must be rows; else they pass as they stand. */
  static boolean hasParts(Read element) {
    return element.type() instanceof RecordType
        || element.type() instanceof UnionType
        || (element.kind() == Read.Kind.LIST || element.kind() == Read.Kind.MAP)
            && hasParts(element.element());
  }
}
