package dev.gatehouse.runtime.engine;

import dev.gatehouse.runtime.upstream.FailureClass;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What running a plan gave: the JSON, or why there is none, and what was lost on the way. */
public interface Answer {

  /** The whole JSON value; null where the result as a whole was lost, which {@link #failure()} then explains. */
  @Nullable Buffer json();

  /** Why there is no result; null where there is one. {@code ABSENT} where what was asked for does not exist. */
  @Nullable FailureClass failure();

  /** How many seconds later it makes sense to ask again, where there is no result; 0 where that is not known. */
  default int retryAfterSeconds() {
    return 0;
  }

  /** Every part that was lost, in the order of the answer. What is lost because a part inside it is, counts once. */
  List<Loss> losses();

  /** What a cache may do with the answer. */
  Freshness freshness();

  /** Every call that was made, in the order they were sent. */
  List<CallRecord> calls();

  /** What became of what a command changes; null for a plan that changes nothing. */
  default @Nullable Changes changes() {
    return null;
  }

  /** Whether the answer depends on who asked, so that no shared cache may keep it. */
  boolean dependsOnCaller();

  /**
   * A part of the answer that could not be had.
   *
   * @param path response keys ({@code String}) and list indices ({@code Integer}) from the root to what failed, which may lie below
   *     the null it left
   * @param service the service whose call failed; null where no call did
   * @param operation the operation whose call failed; null where no call did
   * @param detail for logs, never for clients
   * @param replaced whether a declared fallback stands in its place, so that the answer is degraded but has no hole
   */
  record Loss(
      List<Object> path,
      FailureClass failureClass,
      @Nullable String service,
      @Nullable String operation,
      String detail,
      boolean replaced) {}

  /**
   * One call made for this answer.
   *
   * @param startNanos since the request began
   * @param durationNanos until its last byte, or its failure
   * @param status the service's HTTP status; 0 where it gave none
   * @param keys how many inputs went into it
   * @param failureClass null where it succeeded
   * @param stoodIn whether an older answer stood in for one that the service failed to give
   */
  record CallRecord(
      String service,
      String operation,
      long startNanos,
      long durationNanos,
      int status,
      int keys,
      @Nullable FailureClass failureClass,
      boolean stoodIn) {

    /** A call that the service answered, or failed to. */
    public CallRecord(
        String service,
        String operation,
        long startNanos,
        long durationNanos,
        int status,
        int keys,
        @Nullable FailureClass failureClass) {
      this(service, operation, startNanos, durationNanos, status, keys, failureClass, false);
    }
  }
}
