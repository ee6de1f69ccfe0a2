package dev.gatehouse.benchmarks.workload;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param label says which, for people
 * @param target path and query
 * @param body JSON to be posted; null for a {@code GET}
 */
public record Ask(String label, String target, @Nullable String body) {

  /** A {@code GET}. */
  public static Ask get(String target) {
    return new Ask(target, target, null);
  }

  static Ask post(String label, String target, String body) {
    return new Ask(label, target, body);
  }

  /** A {@code GET} of the target, else a {@code POST}. */
  public String method() {
    return body == null ? "GET" : "POST";
  }

  /**
   * The whole request as HTTP/1.1 has it.
   *
   * @param close whether the connection is to be closed after the answer
   */
  public byte[] bytes(int port, boolean close) {
    StringBuilder head = new StringBuilder(256)
        .append(method())
        .append(' ')
        .append(target)
        .append(" HTTP/1.1\r\nHost: 127.0.0.1:")
        .append(port)
        .append("\r\nAccept: application/json\r\n");
    if (close) {
      head.append("Connection: close\r\n");
    }
    String content = body == null ? "" : body;
    if (body != null) {
      head.append("Content-Type: application/json\r\nContent-Length: ")
          .append(content.getBytes(StandardCharsets.UTF_8).length)
          .append("\r\n");
    }
    return head.append("\r\n").append(content).toString().getBytes(StandardCharsets.UTF_8);
  }
}
