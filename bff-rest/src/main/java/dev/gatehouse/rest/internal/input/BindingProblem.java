package dev.gatehouse.rest.internal.input;

/**
 * Why a request cannot be bound to an input, found when the door is described.
 *
 * @param message what was found, what was expected and the mend
 */
public record BindingProblem(Kind kind, String message) {

  /** What is wrong. */
  public enum Kind {
    /** A path variable, header or default that no component of the input bears the name of. */
    UNKNOWN_COMPONENT,
    /** A component whose type cannot be written in the part of the request it comes from. */
    UNBINDABLE_COMPONENT,
    /** A component that two parts of the request would bind. */
    BOUND_TWICE,
    /** A default that is no value of its component. */
    BAD_DEFAULT
  }
}
