package dev.gatehouse.runtime.plan;

import java.util.List;

/**
 * Where a value stands: from a row of its home table over some hops to a row of a column.
 *
 * @param home the table of the scope that the value was written in
 * @param hops from there to the column's table
 * @param column the column's index
 */
public record Loc(TableSpec home, List<Hop> hops, int column) {
  public Loc {
    hops = List.copyOf(hops);
  }
}
