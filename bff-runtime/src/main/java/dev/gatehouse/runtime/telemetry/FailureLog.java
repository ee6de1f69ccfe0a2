package dev.gatehouse.runtime.telemetry;

import dev.gatehouse.runtime.config.LogFormat;
import dev.gatehouse.runtime.engine.Answer.Loss;
import dev.gatehouse.runtime.log.LogFields;
import dev.gatehouse.runtime.upstream.FailureClass;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells why parts of answers were lost, on the logger {@code dev.gatehouse.failures}: each cause at most once in ten seconds at
 * {@code WARN}, with the number of times it was held back, and every time at {@code DEBUG}. Confined to one event loop.
 */
final class FailureLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.failures");
  private static final long PAUSE = Duration.ofSeconds(10).toNanos();
  /** As many causes are told apart: more than a BFF has operations times classes, unless something is badly wrong. */
  private static final int MOST_CAUSES = 1000;

  private final String bff;
  private final LogFormat format;
  private final LongSupplier clock;
  private final Map<Cause, Told> told = new HashMap<>();

  private record Cause(String service, String operation, FailureClass failureClass) {}

  private static final class Told {
    private long atNanos;
    private long heldBack;
  }

  /**
   * @param clock nanoseconds, as {@link System#nanoTime()}
   */
  FailureLog(String bff, LogFormat format, LongSupplier clock) {
    this.bff = bff;
    this.format = format;
    this.clock = clock;
  }

  /**
   * @param traceId of the request that lost them; null where it belongs to none
   */
  void lost(List<Loss> losses, @Nullable String traceId) {
    for (Loss loss : losses) {
      if (isWorthTelling(loss.failureClass())) {
        lost(loss, traceId);
      }
    }
  }

  /** That something does not exist, or that a client left, is everyday life. */
  private static boolean isWorthTelling(FailureClass failureClass) {
    return failureClass != FailureClass.ABSENT && failureClass != FailureClass.CANCELLED;
  }

  private void lost(Loss loss, @Nullable String traceId) {
    Cause cause = new Cause(
        Objects.requireNonNullElse(loss.service(), "-"),
        Objects.requireNonNullElse(loss.operation(), "-"),
        loss.failureClass());
    long now = clock.getAsLong();
    Told last = told.get(cause);
    if (last != null && now - last.atNanos < PAUSE) {
      last.heldBack++;
      if (LOG.isDebugEnabled()) {
        fields(cause, loss, 0, traceId).log(LOG.atDebug(), "lost");
      }
      return;
    }
    if (last == null) {
      if (told.size() >= MOST_CAUSES) {
        told.clear();
      }
      last = new Told();
      told.put(cause, last);
    }
    if (LOG.isWarnEnabled()) {
      fields(cause, loss, last.heldBack, traceId).log(LOG.atWarn(), "lost");
    }
    last.atNanos = now;
    last.heldBack = 0;
  }

  private LogFields fields(Cause cause, Loss loss, long heldBack, @Nullable String traceId) {
    LogFields line = LogFields.in(format)
        .field("bff", bff)
        .field("service", cause.service())
        .field("operation", cause.operation())
        .field("class", cause.failureClass().label())
        .field("detail", loss.detail());
    if (heldBack > 0) {
      line.field("held_back", heldBack);
    }
    return traceId == null ? line : line.field("trace_id", traceId);
  }
}
