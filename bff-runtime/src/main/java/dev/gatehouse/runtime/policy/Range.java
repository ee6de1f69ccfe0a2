package dev.gatehouse.runtime.policy;

import java.time.Duration;

/** Keeps policies from holding what nobody can act by, whatever source they come from. */
final class Range {
  private static final Duration LONGEST = Duration.ofDays(1);

  private Range() {}

  static void check(String name, double value, int least, int most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + ": " + text(value) + " (expected: " + least + " to " + most + ")");
    }
  }

  static void check(String name, Duration value, Duration least) {
    if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + least + " to " + LONGEST + ")");
    }
  }

  private static String text(double value) {
    return value == (long) value ? Long.toString((long) value) : Double.toString(value);
  }
}
