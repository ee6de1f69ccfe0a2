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
  private final long maxRows;

  TableSpec(int index, String name, @Nullable TableSpec parent, long maxRows) {
    this.index = index;
    this.name = name;
    this.parent = parent;
    this.maxRows = maxRows;
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

  /** The most rows it can have; {@link Long#MAX_VALUE} where only the size of an answer limits it. */
  public long maxRows() {
    return maxRows;
  }

  @Override
  public String toString() {
    return name + "#" + index;
  }
}
