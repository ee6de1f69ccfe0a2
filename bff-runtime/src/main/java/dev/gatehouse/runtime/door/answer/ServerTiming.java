package dev.gatehouse.runtime.door.answer;

import dev.gatehouse.runtime.engine.Answer.CallRecord;
import java.util.List;

/**
 * The {@code Server-Timing} header (W3C): one entry per call to a service. It names services, so it is sent only where a BFF's
 * configuration says so.
 *
 * <pre>
 * server-timing: catalog;dur=3.1;desc="0.2+3.1ms 200", users;dur=4.0;desc="3.5+4.0ms 200, 12 keys", total;dur=8.2
 * </pre>
 */
public final class ServerTiming {
  /** Its name. */
  public static final String NAME = "server-timing";

  private static final int MOST = 50;

  private ServerTiming() {}

  /**
   * The header's value.
   *
   * @param totalNanos since the request came
   */
  public static String of(List<CallRecord> calls, long totalNanos) {
    StringBuilder header = new StringBuilder();
    for (CallRecord call : calls.subList(0, Math.min(MOST, calls.size()))) {
      header
          .append(token(call.service()))
          .append(";dur=")
          .append(millis(call.durationNanos()))
          .append(";desc=\"");
      header
          .append(millis(call.startNanos()))
          .append('+')
          .append(millis(call.durationNanos()))
          .append("ms ");
      header.append(
          call.failureClass() == null
              ? Integer.toString(call.status())
              : call.failureClass().label());
      if (call.stoodIn()) {
        header.append(", stale");
      }
      if (call.keys() > 1) {
        header.append(", ").append(call.keys()).append(" keys");
      }
      header.append("\", ");
    }
    return header.append("total;dur=").append(millis(totalNanos)).toString();
  }

  private static String millis(long nanos) {
    long tenths = Math.max(0, nanos) / 100_000;
    return tenths / 10 + "." + tenths % 10;
  }

  private static String token(String name) {
    StringBuilder token = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      token.append(
          c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.') ? c : '_');
    }
    return token.isEmpty() ? "_" : token.toString();
  }
}
