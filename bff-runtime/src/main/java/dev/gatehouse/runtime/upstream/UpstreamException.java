package dev.gatehouse.runtime.upstream;

import org.jspecify.annotations.Nullable;

/** A call failed. Carries no stack trace: it tells about a network, not about code. Its message is for logs, never for clients. */
public final class UpstreamException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureClass failureClass;
  private final int status;
  private final boolean unprocessed;
  private final boolean hasty;
  private final int retryAfterSeconds;

  public UpstreamException(FailureClass failureClass, String message) {
    this(failureClass, message, 0, null);
  }

  /**
   * @param message what happened, naming the service and, where known, the endpoint
   * @param status the service's HTTP status; 0 where it gave none
   * @param cause for logs; null where there is none
   */
  public UpstreamException(
      FailureClass failureClass, String message, int status, @Nullable Throwable cause) {
    this(failureClass, message, status, cause, false);
  }

  /**
   * @param unprocessed whether the service surely has not looked at the call, so that sending it again does no harm whatever it does
   */
  public UpstreamException(
      FailureClass failureClass,
      String message,
      int status,
      @Nullable Throwable cause,
      boolean unprocessed) {
    this(failureClass, message, status, cause, unprocessed, false);
  }

  /**
   * @param hasty whether the call had too little time to say anything about the service
   */
  public UpstreamException(
      FailureClass failureClass,
      String message,
      int status,
      @Nullable Throwable cause,
      boolean unprocessed,
      boolean hasty) {
    this(failureClass, message, status, cause, unprocessed, hasty, 0);
  }

  private UpstreamException(
      FailureClass failureClass,
      @Nullable String message,
      int status,
      @Nullable Throwable cause,
      boolean unprocessed,
      boolean hasty,
      int retryAfterSeconds) {
    super(message, cause, false, false);
    this.failureClass = failureClass;
    this.status = status;
    this.unprocessed = unprocessed;
    this.hasty = hasty;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** The same, knowing how many seconds from now on it makes sense to try again. */
  public UpstreamException retryAfter(int seconds) {
    return new UpstreamException(
        failureClass, getMessage(), status, getCause(), unprocessed, hasty, seconds);
  }

  /** How many seconds later it makes sense to try again; 0 where that is not known. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }

  public FailureClass failureClass() {
    return failureClass;
  }

  /** The service's HTTP status; 0 where it gave none. */
  public int status() {
    return status;
  }

  /** Whether the service surely has not looked at the call. */
  public boolean isUnprocessed() {
    return unprocessed;
  }

  /** Whether the call had too little time to say anything about the service. */
  public boolean isHasty() {
    return hasty;
  }
}
