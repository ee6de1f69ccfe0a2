package dev.gatehouse.runtime.plan;

import java.util.List;

/** A selection does not fit what it selects from. Its problems may be shown to clients: they name fields of the contract only. */
public final class SelectionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /**
   * @param problems at least one
   */
  public SelectionException(List<String> problems) {
    super(String.join("; ", problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
