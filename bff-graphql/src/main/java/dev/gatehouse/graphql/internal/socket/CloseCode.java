package dev.gatehouse.graphql.internal.socket;

import java.nio.charset.StandardCharsets;

/** Why a socket is closed: codes of RFC 6455, and of the protocol (4400 and above). */
public enum CloseCode {
  /** Nobody uses it. */
  NORMAL(1000, "Idle"),
  /** The server stops. */
  GOING_AWAY(1001, "The server is stopping"),
  /** The client shows no sign of life. */
  SILENT(1008, "No sign of life"),
  TOO_BIG(1009, "The message is too large"),
  FAILED(1011, "Something went wrong here"),
  BAD_REQUEST(4400, "Invalid message"),
  UNAUTHORIZED(4401, "Unauthorized"),
  FORBIDDEN(4403, "Forbidden"),
  BAD_SUBPROTOCOL(4406, "Subprotocol not acceptable"),
  INIT_TIMEOUT(4408, "Connection initialisation timeout"),
  ID_TAKEN(4409, "Subscriber already exists"),
  INIT_TWICE(4429, "Too many initialisation requests");

  /** RFC 6455, section 5.5: a control frame has 125 bytes, of which the code takes two. */
  private static final int MOST_BYTES = 123;

  private final short code;
  private final String reason;

  CloseCode(int code, String reason) {
    this.code = (short) code;
    this.reason = reason;
  }

  public short code() {
    return code;
  }

  /** For people, where nothing more is to be said. */
  public String reason() {
    return reason;
  }

  /** As much of a text as fits into a close frame. */
  public static String fitting(String text) {
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      int size = new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8).length;
      if (bytes + size > MOST_BYTES) {
        break;
      }
      bytes += size;
      end += Character.charCount(point);
    }
    return text.substring(0, end);
  }
}
