package dev.gatehouse.graphql.internal.input;

/** A value does not fit where it was given. Its message may be shown to clients. */
public final class InputFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param at the argument and the way from there, such as {@code line.quantity}
   * @param detail what was found, what was expected
   */
  public InputFault(String at, String detail) {
    super(at + ": " + detail, null, false, false);
  }
}
