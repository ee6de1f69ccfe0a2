package dev.gatehouse.runtime.policy;

import java.time.Duration;

/**
 * How instances are asked whether they are well. Immutable.
 *
 * @param path of the question, such as {@code /health}; empty for none
 * @param interval between two questions to one instance
 * @param timeout of one question
 * @param healthyAfter good answers in a row, an instance that was not well is called again
 * @param unhealthyAfter bad answers in a row, an instance is not called
 */
public record HealthCheckPolicy(
    String path, Duration interval, Duration timeout, int healthyAfter, int unhealthyAfter) {
  /** No questions. */
  public static final HealthCheckPolicy OFF =
      new HealthCheckPolicy("", Duration.ofSeconds(10), Duration.ofSeconds(1), 2, 3);

  public boolean enabled() {
    return !path.isEmpty();
  }

  public HealthCheckPolicy withPath(String path) {
    return new HealthCheckPolicy(path, interval, timeout, healthyAfter, unhealthyAfter);
  }

  public HealthCheckPolicy withInterval(Duration interval) {
    return new HealthCheckPolicy(path, interval, timeout, healthyAfter, unhealthyAfter);
  }
}
