package dev.gatehouse.runtime.plan;

/**
 * One step from a row of one table to a row of another.
 *
 * @param index of the table, or of the call step for {@link Kind#LINK}
 */
public record Hop(Kind kind, int index) {

  /** How a row leads to another. */
  public enum Kind {
    /** To the only row of the root. */
    ROOT,
    /** From a row of the table to its parent's row. */
    PARENT,
    /** From a row of the derived table to the element's row in the list table. */
    ELEMENT,
    /** From a row to the one row that the derived table may have for it; none means absent. */
    CHILD,
    /** From a row of the call step's table to the answer's row; none means absent or failed. */
    LINK
  }

  static final Hop TO_ROOT = new Hop(Kind.ROOT, 0);
}
