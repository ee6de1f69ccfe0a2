package dev.gatehouse.dsl.contract;

/**
 * One reason why a Java type is no contract.
 *
 * @param kind what is wrong
 * @param path where, such as {@code ProductPage.reviews[].author}
 * @param message what was found, what was expected and how to mend it
 */
public record ContractProblem(Kind kind, String path, String message) {

  /** The kinds of problems. */
  public enum Kind {
    /** A type that has no JSON form here. */
    UNSUPPORTED_TYPE,
    /** An {@code Optional} component. */
    OPTIONAL_COMPONENT,
    /** Two components of one JSON name. */
    DUPLICATE_NAME,
    /** A record that cannot exist, because it always contains itself. */
    REQUIRES_ITSELF
  }
}
