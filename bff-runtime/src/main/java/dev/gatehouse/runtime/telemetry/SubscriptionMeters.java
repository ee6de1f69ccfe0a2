package dev.gatehouse.runtime.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of one field or route that can be subscribed to, resolved beforehand. Thread-safe. */
public final class SubscriptionMeters {
  private final AtomicInteger active;
  private final Counter sent;
  private final Counter dropped;

  SubscriptionMeters(MeterRegistry registry, Tags tags, AtomicInteger active) {
    this.active = active;
    this.sent = counter(registry, tags, "sent");
    this.dropped = counter(registry, tags, "dropped");
  }

  private static Counter counter(MeterRegistry registry, Tags tags, String outcome) {
    return Counter.builder(MeterNames.SUBSCRIPTION_EVENTS)
        .description("Events of subscriptions")
        .tags(tags.and(MeterNames.OUTCOME, outcome))
        .register(registry);
  }

  /** A subscription begins. */
  public void opened() {
    active.incrementAndGet();
  }

  /** A subscription that was {@link #opened()} ends. */
  public void ended() {
    active.decrementAndGet();
  }

  /** An event went to a client. */
  public void sent() {
    sent.increment();
  }

  /** An event was given up for a client that reads too slowly. */
  public void dropped() {
    dropped.increment();
  }
}
