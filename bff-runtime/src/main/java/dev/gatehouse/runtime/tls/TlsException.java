package dev.gatehouse.runtime.tls;

import org.jspecify.annotations.Nullable;

/** Files are no usable TLS material. Its message names the file and what was expected, and shows nothing of what it holds. */
public final class TlsException extends Exception {
  private static final long serialVersionUID = 1L;

  TlsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
