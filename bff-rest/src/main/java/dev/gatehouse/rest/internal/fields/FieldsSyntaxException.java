package dev.gatehouse.rest.internal.fields;

/** A {@code fields} text that cannot be read. Its message is for clients: what was found where, and what was expected. */
public final class FieldsSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  FieldsSyntaxException(String message) {
    super(message, null, false, false);
  }

  static FieldsSyntaxException at(int index, String found, String expected) {
    return new FieldsSyntaxException(
        "character " + (index + 1) + ": " + found + " (expected: " + expected + ")");
  }
}
