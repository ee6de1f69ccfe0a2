package dev.gatehouse.runtime.engine;

import dev.gatehouse.runtime.plan.Hop;
import dev.gatehouse.runtime.plan.Loc;
import dev.gatehouse.runtime.plan.Step;
import dev.gatehouse.runtime.upstream.FailureClass;
import java.util.Arrays;
import java.util.List;

/** The steps that only derive rows and columns from others. */
final class Shaping {

  private Shaping() {}

  /** One row per element that each row reaches. */
  static void expand(Run run, Step.Expand step) {
    int count = run.tables[step.table().index()].count;
    Column ranges = run.newColumn(step.column(), count);
    Table rows = run.tables[step.rows().index()];
    int[] parent = new int[16];
    int[] element = new int[16];
    int made = 0;
    for (int row = 0; row < count; row++) {
      long range = run.at(step.ranges(), row);
      int replaced = run.replaced(step.ranges(), row);
      if (replaced != State.OK) {
        ranges.replace(row, replaced);
      }
      int size = range < 0 ? 0 : State.to(range) - State.from(range);
      if (range < 0) {
        ranges.at[row] = range;
      } else if (size > step.atMost()) {
        String detail =
            "a list has " + size + " elements (expected: at most " + step.atMost() + ")";
        ranges.at[row] = run.fail(new Failure(FailureClass.NONSENSE, null, detail));
      } else {
        int first = State.from(range) + Math.min(step.skip(), size);
        size = Math.min(State.to(range) - first, step.most());
        if (made + size > parent.length) {
          int capacity = Math.max(made + size, parent.length * 2);
          parent = Arrays.copyOf(parent, capacity);
          element = Arrays.copyOf(element, capacity);
        }
        for (int i = 0; i < size; i++) {
          parent[made + i] = row;
          element[made + i] = first + i;
        }
        ranges.at[row] = State.range(made, made + size);
        made += size;
      }
    }
    rows.count = made;
    rows.parent = parent;
    rows.element = element;
  }

  /** The rows that a condition picks. */
  static void filter(Run run, Step.Filter step) {
    int count = run.tables[step.table().index()].count;
    Table rows = run.tables[step.rows().index()];
    rows.parent = new int[count];
    rows.childOf = new int[count];
    for (int row = 0; row < count; row++) {
      if (isPicked(run, step, row)) {
        rows.childOf[row] = rows.count;
        rows.parent[rows.count++] = row;
      } else {
        rows.childOf[row] = missing(run, step, row);
      }
    }
  }

  private static boolean isPicked(Run run, Step.Filter step, int row) {
    long state = run.at(step.condition(), row);
    return switch (step.test()) {
      case TRUE -> state >= 0 && run.source(step.condition(), row)[State.from(state)] == 't';
      case MISSING -> state < 0;
      case CASE -> state >= 0 && State.from(state) == step.wanted();
    };
  }

  /** What stands for a row that was not picked: absence, or the failure that kept the condition from being known. */
  private static int missing(Run run, Step.Filter step, int row) {
    if (step.test() == Step.Test.MISSING) {
      return State.ABSENT;
    }
    long state = run.at(step.condition(), row);
    return State.isFailed(state) ? (int) state : State.ABSENT;
  }

  /** The first of two values that is there; without a second, absence instead of failure. */
  static void merge(Run run, Step.Merge step) {
    int count = run.tables[step.table().index()].count;
    Column column = run.newColumn(step.column(), count);
    for (int row = 0; row < count; row++) {
      long state = run.at(step.main(), row);
      Loc from = step.main();
      if (state < 0 && isReplaced(run, step, row, state)) {
        Loc alternative = step.alternative();
        if (State.isFailed(state)) {
          column.replace(row, state);
        }
        if (alternative == null) {
          state = State.ABSENT;
        } else {
          state = run.at(alternative, row);
          from = alternative;
        }
      }
      column.at[row] = state;
      if (state >= 0) {
        column.source[row] = run.source(from, row);
      }
    }
  }

  private static boolean isReplaced(Run run, Step.Merge step, int row, long state) {
    if (state == State.ABSENT || step.alternative() == null) {
      return true;
    }
    if (step.onlyAbsent()) {
      return false;
    }
    // Where a value is there and only a part of it failed, nothing was called instead.
    List<Hop> hops = step.alternative().hops();
    return hops.isEmpty()
        || hops.get(0).kind() != Hop.Kind.CHILD
        || run.tables[hops.get(0).index()].childOf[row] >= 0;
  }

  /** An empty range for lists that are absent or failed. */
  static void orEmpty(Run run, Step.OrEmpty step) {
    int count = run.tables[step.table().index()].count;
    Column column = run.newColumn(step.column(), count);
    for (int row = 0; row < count; row++) {
      long range = run.at(step.main(), row);
      column.at[row] = range < 0 ? State.range(0, 0) : range;
      if (State.isFailed(range)) {
        column.replace(row, range);
      }
    }
  }

  /** The first so many rows of each range. */
  static void limit(Run run, Step.Limit step) {
    int count = run.tables[step.table().index()].count;
    Column column = run.newColumn(step.column(), count);
    for (int row = 0; row < count; row++) {
      long range = run.at(step.ranges(), row);
      int replaced = run.replaced(step.ranges(), row);
      if (replaced != State.OK) {
        column.replace(row, replaced);
      }
      long limit = run.at(step.count(), row);
      if (range < 0 || limit == State.ABSENT) {
        column.at[row] = range;
      } else if (limit < 0) {
        column.at[row] = limit;
      } else {
        long most = number(run.source(step.count(), row), limit);
        int size = State.to(range) - State.from(range);
        column.at[row] = most >= size
            ? range
            : State.range(State.from(range), State.from(range) + (int) Math.max(0, most));
      }
    }
  }

  private static long number(byte[] json, long range) {
    long value = 0;
    int from = State.from(range);
    boolean negative = json[from] == '-';
    for (int i = negative ? from + 1 : from; i < State.to(range); i++) {
      if (value > Integer.MAX_VALUE) {
        break;
      }
      value = value * 10 + (json[i] - '0');
    }
    return negative ? -value : value;
  }
}
