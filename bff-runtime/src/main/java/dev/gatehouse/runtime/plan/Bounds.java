package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.graph.OperationSpec.Batch;

/** Upper bounds that hold before anything is called. */
final class Bounds {

  private Bounds() {}

  /** The most calls one step can make. */
  static long calls(Step.Call step) {
    long rows = step.table().maxRows();
    Batch batch = step.operation().batch();
    if (batch != null) {
      return rows == Long.MAX_VALUE ? rows : (rows + batch.atMost() - 1) / batch.atMost();
    }
    int perItem = step.operation().perItemAtMost();
    return perItem > 0 ? Math.min(rows, perItem) : rows;
  }
}
