package dev.gatehouse.graphql.internal.answer;

import java.util.List;

/** A request that is not executed. Its errors may be shown to clients. */
public final class RequestRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<GraphqlError> errors;

  /**
   * @param errors at least one
   */
  public RequestRefused(List<GraphqlError> errors) {
    super(errors.get(0).message(), null, false, false);
    this.errors = List.copyOf(errors);
  }

  public RequestRefused(ErrorCode code, String message) {
    this(List.of(GraphqlError.of(code, message)));
  }

  public List<GraphqlError> errors() {
    return errors;
  }
}
