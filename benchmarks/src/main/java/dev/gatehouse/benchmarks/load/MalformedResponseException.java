package dev.gatehouse.benchmarks.load;

import java.io.IOException;

/** The server answered what is no HTTP/1.1 response. */
final class MalformedResponseException extends IOException {
  private static final long serialVersionUID = 1;

  MalformedResponseException(String message) {
    super(message);
  }
}
