package dev.gatehouse.runtime.config;

import java.time.Duration;

/**
 * How many calls to services one caller may cause, by the upper bounds of plans.
 *
 * @param budget calls in each interval; 0 for no limit
 * @param interval in which the budget comes back, evenly
 * @param burst the most calls that may have been saved; 0 for as many as the budget
 */
public record RateSettings(int budget, Duration interval, int burst) {

  /** No limit. */
  public static final RateSettings DEFAULT = new RateSettings(0, Duration.ofMinutes(1), 0);

  /** Whether there is a limit. */
  public boolean enabled() {
    return budget > 0;
  }

  /** The most calls that may have been saved. */
  public int capacity() {
    return burst == 0 ? budget : burst;
  }
}
