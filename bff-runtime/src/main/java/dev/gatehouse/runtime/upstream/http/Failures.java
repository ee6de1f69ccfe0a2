package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.upstream.FailureClass;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;

/** Tells what a failure on the wire means. */
final class Failures {
  /** RFC 9113, section 7: the server has not processed the request. */
  private static final long REFUSED_STREAM = 7;

  private Failures() {}

  /** How far an exchange had come. */
  enum Stage {
    /** Nothing of the answer was read. */
    ASKED,
    /** The status and headers were read. */
    ANSWERING
  }

  /** Who must act. */
  static FailureClass classify(Throwable failure, Stage stage) {
    if (failure instanceof HttpClosedException) {
      // An orderly close in the middle of a body is a service that says less than it announced.
      return stage == Stage.ASKED ? FailureClass.UNREACHABLE : FailureClass.NONSENSE;
    }
    boolean network = failure instanceof IOException || failure instanceof StreamResetException;
    return network ? FailureClass.UNREACHABLE : FailureClass.NONSENSE;
  }

  static String text(Throwable failure, Stage stage) {
    if (failure instanceof HttpClosedException) {
      return stage == Stage.ASKED
          ? "connection closed before an answer"
          : "connection closed within the answer";
    }
    if (failure instanceof StreamResetException reset) {
      return "stream reset by the service (HTTP/2 error code " + reset.getCode() + ")";
    }
    if (failure instanceof IOException) {
      return "connection broken (" + message(failure) + ")";
    }
    return "malformed answer (" + message(failure) + ")";
  }

  /** Whether a failure is what a connection shows that the service had closed before the request reached it. */
  static boolean isClosedConnection(Throwable failure) {
    return failure instanceof HttpClosedException || failure instanceof IOException;
  }

  /** Whether the service said that it did not look at the request, so that it may be sent again whatever it does. */
  static boolean isRefusedStream(Throwable failure) {
    return failure instanceof StreamResetException reset && reset.getCode() == REFUSED_STREAM;
  }

  static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isEmpty() ? failure.getClass().getSimpleName() : message;
  }
}
