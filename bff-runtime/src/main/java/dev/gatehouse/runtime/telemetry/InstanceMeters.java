package dev.gatehouse.runtime.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;

/** The meters of one BFF instance as a server. Thread-safe. */
public final class InstanceMeters {
  private final Counter[] refused;
  private final Runnable onClose;

  /** Why a request was refused before a door saw it. */
  public enum Refusal {
    /** Too many under way. */
    BUSY,
    /** The instance stops. */
    DRAINING,
    /** No door has its path. */
    NO_ROUTE,
    /** Not HTTP, or larger than the limits allow. */
    MALFORMED
  }

  /**
   * @param onClose what to do when the instance is gone
   */
  InstanceMeters(MeterRegistry registry, String bff, Runnable onClose) {
    this.onClose = onClose;
    Tags tags = Tags.of(MeterNames.BFF, bff);
    Refusal[] reasons = Refusal.values();
    this.refused = new Counter[reasons.length];
    for (Refusal reason : reasons) {
      refused[reason.ordinal()] = Counter.builder(MeterNames.REQUESTS_REFUSED)
          .description("Requests refused before a door saw them")
          .tags(tags.and(MeterNames.REASON, reason.name().toLowerCase(Locale.ROOT)))
          .register(registry);
    }
  }

  public void refused(Refusal reason) {
    refused[reason.ordinal()].increment();
  }

  /** Forgets the instance. */
  public void close() {
    onClose.run();
  }
}
