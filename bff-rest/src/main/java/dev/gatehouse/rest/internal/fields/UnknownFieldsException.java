package dev.gatehouse.rest.internal.fields;

import java.util.List;

/** A {@code fields} text that names what the output does not have. */
public final class UnknownFieldsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  UnknownFieldsException(List<String> problems) {
    super(String.join("; ", problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** One per wrong field, for clients: what was found, what is known. */
  public List<String> problems() {
    return problems;
  }
}
