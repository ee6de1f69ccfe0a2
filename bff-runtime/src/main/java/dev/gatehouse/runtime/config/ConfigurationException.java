package dev.gatehouse.runtime.config;

import java.util.List;

/** The configuration cannot be used. Lists everything that is wrong, each with its key, value, origin, expectation and mend. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /**
   * @param problems at least one
   */
  public ConfigurationException(List<String> problems) {
    super(
        "The configuration cannot be used:\n  - " + String.join("\n  - ", problems),
        null,
        false,
        false);
    this.problems = List.copyOf(problems);
  }

  public ConfigurationException(String problem) {
    this(List.of(problem));
  }

  public List<String> problems() {
    return problems;
  }
}
