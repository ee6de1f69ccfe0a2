package dev.gatehouse.dsl.graph;

/**
 * Where in the user's code something was written.
 *
 * @param file the source file's simple name, or {@code unknown}
 * @param line counted from 1; 0 where unknown
 * @param member class and method, such as {@code StorefrontWeb.card}
 */
public record Place(String file, int line, String member) {

  /** Stands where no place is known. */
  public static final Place UNKNOWN = new Place("unknown", 0, "unknown");

  @Override
  public String toString() {
    return member + "(" + file + ":" + line + ")";
  }
}
