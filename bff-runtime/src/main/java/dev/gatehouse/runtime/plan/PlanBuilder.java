package dev.gatehouse.runtime.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Collects tables, columns and steps of a plan being made, and works out which step must wait for which. */
final class PlanBuilder {
  private final List<TableSpec> tables = new ArrayList<>();
  private final List<Plan.ColumnSpec> columns = new ArrayList<>();
  private final Map<Integer, byte[]> constants = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Step.Answers> answers = new ArrayList<>();
  private final List<Plan.Part> parts = new ArrayList<>();
  private final Map<Integer, Step> columnMakers = new HashMap<>();
  private final Map<Integer, Step> tableMakers = new HashMap<>();
  private final Set<TableSpec> appended = new HashSet<>();
  private final TableSpec root;

  PlanBuilder(String name) {
    root = table(name, null, 1);
  }

  TableSpec root() {
    return root;
  }

  TableSpec table(String name, @Nullable TableSpec parent, long maxRows) {
    return add(TableSpec.of(tables.size(), name, parent, maxRows));
  }

  private TableSpec add(TableSpec table) {
    tables.add(table);
    return table;
  }

  /**
   * @param appended whether the column grows with its table's rows, as reading does; else a step makes it for all rows at once
   */
  int column(TableSpec table, boolean appended) {
    columns.add(new Plan.ColumnSpec(table.index(), appended));
    return columns.size() - 1;
  }

  int constant(byte[] json) {
    int column = column(root, false);
    constants.put(column, json);
    return column;
  }

  int nextStep() {
    return steps.size();
  }

  <S extends Step> S step(IntFunction<S> make) {
    S step = make.apply(steps.size());
    steps.add(step);
    Step maker = tableMakers.get(step.table().index());
    if (maker != null) {
      step.runAfter(Set.of(maker));
    }
    return step;
  }

  Step.Answers answers(Step.Answers made) {
    answers.add(made);
    return made;
  }

  /** Has something written later; the index of the part. */
  int part(int number, Out out) {
    parts.add(new Plan.Part(number, out, List.copyOf(stepsBehind(out))));
    return parts.size() - 1;
  }

  int nextAnswers() {
    return answers.size();
  }

  /** Says that a column is filled by a step. */
  void makes(Step step, int column) {
    columnMakers.put(column, step);
  }

  /** Says that a table has its rows when a step has ended. */
  void makes(Step step, TableSpec table) {
    tableMakers.put(table.index(), step);
  }

  /** The column that notes a value's bytes, in the table whose rows it is read for. */
  int noted(Read read, TableSpec table) {
    return read.note(() -> readColumn(read, table));
  }

  /** The column that notes a list's range of rows or a union's case. */
  int marked(Read read, TableSpec table) {
    return read.mark(() -> readColumn(read, table));
  }

  int readColumn(Read read, TableSpec table) {
    int column = column(table, isAppended(table));
    Step maker = read.maker();
    if (maker != null) {
      makes(maker, column);
    }
    return column;
  }

  /** A table of answers: reading adds rows to it, and each step that calls has it grow. */
  TableSpec answerTable(String name) {
    TableSpec table = table(name, null, 0);
    appended.add(table);
    return table;
  }

  /** A table of elements: reading adds rows to it. */
  TableSpec listTable(String name, TableSpec parent, long perParentRow) {
    TableSpec table = add(TableSpec.ofList(tables.size(), name, parent, perParentRow));
    appended.add(table);
    return table;
  }

  boolean isAppended(TableSpec table) {
    return appended.contains(table);
  }

  void needs(Step step, Loc loc) {
    Set<Step> found = new LinkedHashSet<>();
    collect(loc, found);
    step.runAfter(found);
  }

  void needs(Step step, Out out) {
    Set<Step> found = new LinkedHashSet<>();
    collect(out, found);
    step.runAfter(found);
  }

  private void collect(Loc loc, Set<Step> found) {
    collect(loc.hops(), loc.column(), found);
  }

  private void collect(List<Hop> hops, int column, Set<Step> found) {
    for (Hop hop : hops) {
      Step maker = switch (hop.kind()) {
        case LINK -> steps.get(hop.index());
        case CHILD, ELEMENT, PARENT -> tableMakers.get(hop.index());
        case ROOT -> null;
      };
      if (maker != null) {
        found.add(maker);
      }
    }
    if (column >= 0) {
      Step maker = columnMakers.get(column);
      if (maker != null) {
        found.add(maker);
      }
    }
  }

  Set<Step> stepsBehind(Out out) {
    Set<Step> found = new LinkedHashSet<>();
    collect(out, found);
    return found;
  }

  private void collect(Out out, Set<Step> found) {
    if (out instanceof Out.Slice slice) {
      collect(slice.hops(), slice.column(), found);
    } else if (out instanceof Out.Obj obj) {
      collect(obj.hops(), obj.presence(), found);
      for (Out.Field field : obj.fields()) {
        collect(field.value(), found);
      }
    } else if (out instanceof Out.Rows rows) {
      collect(rows.hops(), rows.ranges(), found);
      Step maker = tableMakers.get(rows.table());
      if (maker != null) {
        found.add(maker);
      }
      collect(rows.element(), found);
    } else if (out instanceof Out.AsText text) {
      collect(text.main(), found);
    } else if (out instanceof Out.OrNull orNull) {
      collect(orNull.main(), found);
    } else if (out instanceof Out.OrElse orElse) {
      collect(orElse.main(), found);
    } else if (out instanceof Out.Move move) {
      collect(move.hops(), -1, found);
      collect(move.value(), found);
    } else if (out instanceof Out.Rescue rescue) {
      collect(rescue.main(), found);
      collect(rescue.alternative(), found);
    } else if (out instanceof Out.Switch branches) {
      branches.branches().forEach(branch -> collect(branch, found));
    } else if (out instanceof Out.Cases cases) {
      collect(cases.hops(), cases.presence(), found);
      cases.cases().forEach(each -> collect(each, found));
    } else if (out instanceof Out.FailureLabel label) {
      collect(label.main(), found);
    } else if (out instanceof Out.Deferring deferring) {
      collect(deferring.main(), found);
    } else if (out instanceof Out.Streaming streaming) {
      collect(streaming.head(), found);
      collect(streaming.tail().hops(), streaming.tail().ranges(), found);
    }
  }

  /** From a row of one table to a row of one that encloses it. */
  List<Hop> up(TableSpec from, TableSpec to) {
    if (from == to) {
      return List.of();
    }
    if (to == root) {
      return List.of(Hop.TO_ROOT);
    }
    List<Hop> hops = new ArrayList<>();
    for (TableSpec table = from; table != to; table = parentOf(table)) {
      hops.add(new Hop(Hop.Kind.PARENT, table.index()));
    }
    return hops;
  }

  private static TableSpec parentOf(TableSpec table) {
    TableSpec parent = table.parent();
    if (parent == null) {
      throw new IllegalStateException(table + " lies in no other table");
    }
    return parent;
  }

  static List<Hop> join(List<Hop> first, List<Hop> second) {
    if (first.isEmpty()) {
      return second;
    }
    if (second.isEmpty()) {
      return first;
    }
    if (second.get(0).kind() == Hop.Kind.ROOT && first.stream().allMatch(PlanBuilder::isSure)) {
      return second;
    }
    List<Hop> hops = new ArrayList<>(first);
    hops.addAll(second);
    return hops;
  }

  /** Whether the hop always leads to a row. */
  private static boolean isSure(Hop hop) {
    return hop.kind() != Hop.Kind.CHILD && hop.kind() != Hop.Kind.LINK;
  }

  Loc seenFrom(TableSpec table, Loc loc) {
    return new Loc(table, join(up(table, loc.home()), loc.hops()), loc.column());
  }

  static long times(long rows, long each) {
    return rows == Long.MAX_VALUE
            || each == Integer.MAX_VALUE
            || each != 0 && rows > Long.MAX_VALUE / each
        ? Long.MAX_VALUE
        : rows * each;
  }

  List<TableSpec> tables() {
    return tables;
  }

  List<Plan.ColumnSpec> columns() {
    return columns;
  }

  Map<Integer, byte[]> constants() {
    return constants;
  }

  List<Step> steps() {
    return steps;
  }

  List<Step.Answers> answers() {
    return answers;
  }

  List<Plan.Part> parts() {
    return parts;
  }
}
