package dev.gatehouse.runtime.plan;

import org.jspecify.annotations.Nullable;

/**
 * A table of a plan: what has one row each while a request runs. Immutable once planned; has identity.
 *
 * <p>Tables come in four kinds. The root has one row. A <em>list</em> table has a row per element read from JSON; its parent is the
 * table whose rows hold the lists. An <em>answer</em> table has a row per distinct call of an operation. A <em>derived</em> table has
 * the rows of its parent that a condition picks, or one row per element that each row of its parent reaches.
 */
public final class TableSpec {
  private final int index;
  private final String name;
  private final @Nullable TableSpec parent;
  private final long perParentRow;
  private long maxRows;

  private TableSpec(
      int index, String name, @Nullable TableSpec parent, long perParentRow, long maxRows) {
    this.index = index;
    this.name = name;
    this.parent = parent;
    this.perParentRow = perParentRow;
    this.maxRows = maxRows;
  }

  /** A table of so many rows in all. */
  static TableSpec of(int index, String name, @Nullable TableSpec parent, long maxRows) {
    return new TableSpec(index, name, parent, 0, maxRows);
  }

  /** A list table: so many rows for each row of its parent, which may yet become more. */
  static TableSpec ofList(int index, String name, TableSpec parent, long perParentRow) {
    return new TableSpec(index, name, parent, perParentRow, 0);
  }

  public int index() {
    return index;
  }

  /** What plans show. */
  public String name() {
    return name;
  }

  /** Null for the root and for answer tables. */
  public @Nullable TableSpec parent() {
    return parent;
  }

  /** Says that one more step fills it. */
  void grow(long rows) {
    maxRows = Long.MAX_VALUE - maxRows < rows ? Long.MAX_VALUE : maxRows + rows;
  }

  /**
   * The most rows it can have; {@link Long#MAX_VALUE} where only the size of an answer limits it. What a batch answers without being
   * asked for it does not count.
   */
  public long maxRows() {
    return parent == null || perParentRow == 0
        ? maxRows
        : PlanBuilder.times(parent.maxRows(), perParentRow);
  }

  @Override
  public String toString() {
    return name + "#" + index;
  }
}
