package dev.gatehouse.runtime.engine;

import java.util.Arrays;
import java.util.List;

/** The rows of a table while a request runs. */
final class Table {
  private static final int[] NO_ROWS = {};
  private static final byte[][] NO_SOURCES = {};

  private final Column[] columns;
  private final List<Integer> appended;

  int count;

  /** For each row, the row of the parent table that it hangs on. */
  int[] parent = NO_ROWS;

  /** For each row of a derived table, the row of the list table that its element stands in. */
  int[] element = NO_ROWS;

  /** For each row of the parent table, the one row that hangs on it, or {@link State#ABSENT}. */
  int[] childOf = NO_ROWS;

  /** For each row that reading added, the bytes it was read from. */
  byte[][] source = NO_SOURCES;

  /**
   * @param columns all columns of the run
   * @param appended those that grow with this table
   */
  Table(Column[] columns, List<Integer> appended) {
    this.columns = columns;
    this.appended = appended;
  }

  /** Makes room for the first rows. */
  void reserve(int rows) {
    parent = new int[rows];
    source = new byte[rows][];
    for (int i = 0; i < appended.size(); i++) {
      columns[appended.get(i)] = new Column(new long[rows], source);
    }
  }

  /** Adds a row whose values are read next. */
  int append(int parentRow, byte[] bytes) {
    if (count == parent.length) {
      grow();
    }
    parent[count] = parentRow;
    source[count] = bytes;
    return count++;
  }

  private void grow() {
    int capacity = count == 0 ? 16 : count * 2;
    if (count == 0) {
      reserve(capacity);
      return;
    }
    parent = Arrays.copyOf(parent, capacity);
    source = Arrays.copyOf(source, capacity);
    for (int i = 0; i < appended.size(); i++) {
      Column column = columns[appended.get(i)];
      column.at = Arrays.copyOf(column.at, capacity);
      column.source = source;
    }
  }

  /** Forgets the rows from {@code row} on. */
  void truncate(int row) {
    Arrays.fill(source, row, count, null);
    count = row;
  }

  /** Forgets the last rows, as far as they hang on rows of the parent from {@code parentRow} on. */
  void truncateBelow(int parentRow) {
    int row = count;
    while (row > 0 && parent[row - 1] >= parentRow) {
      row--;
    }
    truncate(row);
  }
}
