package dev.gatehouse.runtime;

import java.util.List;

/** One or more BFFs cannot start. Lists everything that is wrong, with the BFF as written and with its configuration. */
public final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String bff;
  private final List<String> problems;

  /**
   * @param bff its name, or several with commas between
   * @param problems at least one
   */
  public StartupException(String bff, List<String> problems) {
    super(
        "BFF " + bff + " cannot start:\n  - " + String.join("\n  - ", problems),
        null,
        false,
        false);
    this.bff = bff;
    this.problems = List.copyOf(problems);
  }

  /** The BFF's name, or several with commas between. */
  public String bff() {
    return bff;
  }

  public List<String> problems() {
    return problems;
  }
}
