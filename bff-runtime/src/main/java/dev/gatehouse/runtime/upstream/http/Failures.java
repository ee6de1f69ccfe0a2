package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.upstream.FailureClass;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;

/** Tells what a failure on the wire means. */
final class Failures {
  /** RFC 9113, section 7: the server has not processed the request. */
  private static final long REFUSED_STREAM = 7;
  /** What Vert.x says of an HTTP/2 connection that is closed before it was set up. */
  private static final String CLOSED = "Connection was closed";

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
    boolean network = failure instanceof IOException
        || failure instanceof StreamResetException
        || TlsFailures.text(failure) != null;
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
    String tls = TlsFailures.text(failure);
    if (tls != null) {
      return "connection broken (" + tls + ")";
    }
    if (failure instanceof IOException) {
      return "connection broken (" + message(failure) + ")";
    }
    return "malformed answer (" + message(failure) + ")";
  }

  /** Whether a failure is what a connection shows that the service had closed before the request reached it. */
  static boolean isClosedConnection(Throwable failure) {
    return failure instanceof HttpClosedException
        || failure instanceof IOException
        || TlsFailures.text(failure) != null;
  }

  /** Whether the service said that it did not look at the request, so that it may be sent again whatever it does. */
  static boolean isRefusedStream(Throwable failure) {
    return failure instanceof StreamResetException reset && reset.getCode() == REFUSED_STREAM;
  }

  /**
   * Why there is no connection.
   *
   * @param encrypted whether it was to be: in TLS 1.3 a service looks at a certificate when the handshake is over for its client
   */
  static String connecting(Throwable failure, boolean encrypted) {
    String tls = TlsFailures.text(failure);
    String text = tls == null ? message(failure) : tls;
    return encrypted && text.equals(CLOSED)
        ? "closed by the service right after the handshake; it may refuse the certificate it was shown, or that none was"
            + " (tls.certificate)"
        : text;
  }

  static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isEmpty() ? failure.getClass().getSimpleName() : message;
  }
}
