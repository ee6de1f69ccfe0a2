package dev.gatehouse.runtime.telemetry;

import org.jspecify.annotations.Nullable;

/** The header by which W3C Trace Context, level 1, names a trace. */
final class TraceParent {
  static final String HEADER = "traceparent";

  private static final int TRACE_ID = 3;
  private static final int TRACE_ID_END = TRACE_ID + 32;

  private TraceParent() {}

  /** The trace's identifier; null where the value is none that the specification allows. */
  static @Nullable String traceId(@Nullable String value) {
    if (value == null || value.length() < 55 || value.charAt(2) != '-' || value.charAt(35) != '-') {
      return null;
    }
    boolean zero = true;
    for (int i = TRACE_ID; i < TRACE_ID_END; i++) {
      char c = value.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return null;
      }
      zero &= c == '0';
    }
    return zero ? null : value.substring(TRACE_ID, TRACE_ID_END);
  }
}
