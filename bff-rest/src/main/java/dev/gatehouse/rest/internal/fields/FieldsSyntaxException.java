package dev.gatehouse.rest.internal.fields;

/** A {@code fields} text that cannot be read. Its message is for clients. */
public final class FieldsSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String problem;

  FieldsSyntaxException(String problem) {
    super(problem, null, false, false);
    this.problem = problem;
  }

  /** What was found where, and what was expected. */
  public String problem() {
    return problem;
  }

  static FieldsSyntaxException at(int index, String found, String expected) {
    return new FieldsSyntaxException(
        "character " + (index + 1) + ": " + found + " (expected: " + expected + ")");
  }
}
