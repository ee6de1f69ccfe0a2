package dev.gatehouse.runtime.engine;

import org.jspecify.annotations.Nullable;

/** One value per row: where its bytes stand, as {@link State} encodes it, and in which array. */
final class Column {
  long[] at;
  byte[][] source;

  /** For each row, the failure in whose place a fallback stands, or {@link State#OK}; null where there is no fallback. */
  int @Nullable [] replaced;

  Column(long[] at, byte[][] source) {
    this.at = at;
    this.source = source;
  }

  /** Remembers that a fallback stands for a failure, so that the writer can report it where it writes the fallback. */
  void replace(int row, long failed) {
    if (replaced == null) {
      replaced = new int[at.length];
    }
    replaced[row] = (int) failed;
  }

  /** The failure that a fallback stands for in that row, or {@link State#OK}. */
  int replaced(int row) {
    return replaced == null ? State.OK : replaced[row];
  }
}
