package dev.gatehouse.runtime.door;

import io.netty.handler.codec.http.HttpResponseStatus;

/** The phrases of HTTP statuses, as RFC 9110 has them today. */
final class StatusPhrase {
  private StatusPhrase() {}

  static String of(int status) {
    return switch (status) {
      // Netty still says what RFC 2616 said.
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 422 -> "Unprocessable Content";
      default -> HttpResponseStatus.valueOf(status).reasonPhrase();
    };
  }
}
