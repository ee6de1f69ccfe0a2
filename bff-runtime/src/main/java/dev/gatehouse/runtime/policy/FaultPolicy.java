package dev.gatehouse.runtime.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Faults that are injected into calls on purpose, to see what becomes of them. Only an operator can set them. Immutable.
 *
 * @param rules the first that fits a call holds for it
 * @param until when they end by themselves; null where they last
 */
public record FaultPolicy(List<Rule> rules, @Nullable Instant until) {
  /** None. */
  public static final FaultPolicy OFF = new FaultPolicy(List.of(), null);

  /**
   * Which calls, and what happens to them.
   *
   * @param operation the name of an operation, such as {@code GET /products/{id}}; null for all
   * @param header that the request from outside must have; null for all
   * @param percent the share of those calls; more than 0, at most 100
   * @param delay before the call goes on, or is aborted; zero for none
   * @param abort what the call ends with instead of being sent; null where it is sent
   */
  public record Rule(
      @Nullable String operation,
      @Nullable HeaderMatch header,
      double percent,
      Duration delay,
      @Nullable Abort abort) {
    public Rule {
      if (!(percent > 0 && percent <= 100)) {
        throw new IllegalArgumentException(
            "percent: " + percent + " (expected: more than 0, and at most 100)");
      }
      Range.check("delay", delay, Duration.ZERO);
    }
  }

  /**
   * A header with a value.
   *
   * @param name in lower case
   */
  public record HeaderMatch(String name, String value) {}

  /**
   * How a call ends.
   *
   * @param status that the service seems to have answered; 0 for a connection that fails
   */
  public record Abort(int status) {
    /** As if nobody listened. */
    public static final Abort CONNECTION = new Abort(0);

    public Abort {
      if (status != 0) {
        Range.check("status", status, 400, 599);
      }
    }
  }

  public FaultPolicy {
    rules = List.copyOf(rules);
  }
}
