package dev.gatehouse.runtime.upstream;

import org.jspecify.annotations.Nullable;

/** A call failed. Carries no stack trace: it tells about a network, not about code. Its message is for logs, never for clients. */
public final class UpstreamException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureClass failureClass;
  private final int status;
  private final boolean unprocessed;

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
    super(message, cause, false, false);
    this.failureClass = failureClass;
    this.status = status;
    this.unprocessed = unprocessed;
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
}
