package dev.gatehouse.runtime.telemetry;

import dev.gatehouse.runtime.config.AccessLogMode;
import dev.gatehouse.runtime.config.LogFormat;
import dev.gatehouse.runtime.engine.Answer.Loss;
import dev.gatehouse.runtime.log.LogFields;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line per request on the logger {@code dev.gatehouse.access}; as text:
 *
 * <pre>bff=storefront-web method=GET route=/api/product-pages/{id} status=200 bytes=5120 ms=12.3 calls=6 caller=anonymous
 * lost=related:timed_out</pre>
 *
 * <p>What was lost is also told, with its cause, on the logger {@code dev.gatehouse.failures}, at most once in ten seconds for
 * each cause. Confined to one event loop.
 */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.access");
  private static final int MOST_LOSSES = 10;

  private final String bff;
  private final AccessLogMode mode;
  private final LogFormat format;
  private final FailureLog failures;

  AccessLog(String bff, AccessLogMode mode, LogFormat format, FailureLog failures) {
    this.bff = bff;
    this.mode = mode;
    this.format = format;
    this.failures = failures;
  }

  /**
   * Logs a request, as far as the mode asks for it.
   *
   * @param trace null where the request belongs to none
   */
  void log(AccessEntry entry, @Nullable RequestTrace trace) {
    String traceId = trace == null ? null : trace.traceId();
    if (!entry.losses().isEmpty()) {
      failures.lost(entry.losses(), traceId);
    }
    if (wants(entry) && LOG.isInfoEnabled()) {
      fields(entry, traceId).log(LOG.atInfo(), "request");
    }
  }

  private boolean wants(AccessEntry entry) {
    return switch (mode) {
      case ALL -> true;
      case PROBLEMS -> entry.status() >= 500 || !entry.losses().isEmpty();
      case OFF -> false;
    };
  }

  private LogFields fields(AccessEntry entry, @Nullable String traceId) {
    LogFields line = LogFields.in(format)
        .field("bff", bff)
        .field("method", entry.method())
        .field("route", entry.route())
        .field("status", entry.status())
        .field("bytes", entry.bytes())
        .millis("ms", entry.durationNanos())
        .field("calls", entry.calls())
        .field("caller", entry.callerKnown() ? "known" : "anonymous");
    if (!entry.losses().isEmpty()) {
      line.field("lost", lost(entry.losses()));
    }
    return traceId == null ? line : line.field("trace_id", traceId);
  }

  private static String lost(List<Loss> losses) {
    StringBuilder text = new StringBuilder();
    for (Loss loss : losses.subList(0, Math.min(losses.size(), MOST_LOSSES))) {
      text.append(text.length() == 0 ? "" : ",");
      for (int i = 0; i < loss.path().size(); i++) {
        text.append(i == 0 ? "" : ".").append(loss.path().get(i));
      }
      text.append(':').append(loss.failureClass().label());
    }
    if (losses.size() > MOST_LOSSES) {
      text.append(String.format(Locale.ROOT, ",and_%d_more", losses.size() - MOST_LOSSES));
    }
    return text.toString();
  }
}
