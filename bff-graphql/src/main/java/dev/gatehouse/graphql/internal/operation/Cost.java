package dev.gatehouse.graphql.internal.operation;

import java.util.List;

/**
 * What an operation could cost at most, by its plans' upper bounds.
 *
 * @param calls to services; {@link Long#MAX_VALUE} where nothing bounds them
 * @param rows of the largest table, without those that only the size of an answer bounds
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
        long table = planned.plan().maxRows();
        // Where only the size of an answer bounds a table, that limit holds.
        rows = table == Long.MAX_VALUE ? rows : Math.max(rows, table);
      }
    }
    return new Cost(calls, rows);
  }

  Cost or(Cost other) {
    return new Cost(Math.max(calls, other.calls), Math.max(rows, other.rows));
  }
}
