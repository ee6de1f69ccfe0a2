package dev.gatehouse.runtime.upstream;

import java.util.Locale;

/** Why a value could not be had, classed by who must act. Errors, metrics and logs show it by {@link #label()}. */
public enum FailureClass {
  /** No connection could be made, or it broke before an answer: the network or the service's operator. */
  UNREACHABLE,
  /** No whole answer in time: the service's owner, or whoever set the deadline. */
  TIMED_OUT,
  /** The service answered 4xx, but not 429: whoever wrote the call. */
  REJECTED,
  /** The service answered 5xx: the service's owner. */
  SERVER_ERROR,
  /** The answer is malformed, truncated, oversized or not what its contract says: whoever owns that contract. */
  NONSENSE,
  /**
   * Not sent, on purpose: no endpoint, a limit, an open breaker, or an earlier step of a command failed; or the service answered 429,
   * which is its own limit.
   */
  REFUSED,
  /** The caller went away. */
  CANCELLED,
  /** Code of the BFF itself failed, such as a mapping function: the BFF's author. */
  INTERNAL,
  /** What was asked for does not exist, and the contract says it must: usually the caller. */
  ABSENT;

  private static final int TOO_MANY_REQUESTS = 429;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** What an HTTP status means that is no success, and not absence. */
  public static FailureClass of(int status) {
    if (status == TOO_MANY_REQUESTS) {
      return REFUSED;
    }
    return status >= 500 ? SERVER_ERROR : status >= 400 ? REJECTED : NONSENSE;
  }

  /** The name in lower snake case, such as {@code timed_out}: stable, for meters, logs and {@code Outcome}. */
  public String label() {
    return label;
  }
}
