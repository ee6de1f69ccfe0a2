package dev.gatehouse.graphql.internal.operation;

import java.util.List;

/**
 * What an operation could cost at most, by its plans' upper bounds.
 *
 * @param calls to services; {@link Long#MAX_VALUE} where nothing bounds them
 * @param rows of the largest table of each root field, all of them together, without tables that only the size of an answer bounds
 */
public record Cost(long calls, long rows) {
  static final Cost NONE = new Cost(0, 0);

  static Cost of(List<CompiledRoot> roots) {
    long calls = 0;
    long rows = 0;
    for (CompiledRoot root : roots) {
      if (root instanceof CompiledRoot.Planned planned) {
        long own = planned.plan().maxCalls();
        calls = Long.MAX_VALUE - calls < own ? Long.MAX_VALUE : calls + own;
        long table = planned.plan().maxBoundedRows();
        rows = Long.MAX_VALUE - rows < table ? Long.MAX_VALUE : rows + table;
      }
    }
    return new Cost(calls, rows);
  }

  Cost or(Cost other) {
    return new Cost(Math.max(calls, other.calls), Math.max(rows, other.rows));
  }
}
