package dev.gatehouse.runtime.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The meters of one route, resolved beforehand: recording neither looks anything up nor allocates. Thread-safe. */
public final class RouteMeter {
  private static final String[] CLASSES = {"1xx", "2xx", "3xx", "4xx", "5xx"};

  private final MeterRegistry registry;
  private final Tags tags;
  private final Counter losses;
  private final @Nullable Timer[] timers = new @Nullable Timer[CLASSES.length];

  RouteMeter(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
    this.losses = Counter.builder(MeterNames.LOSSES)
        .description("Parts of answers that were lost")
        .tags(tags)
        .register(registry);
    timer(1);
  }

  /**
   * Records one request.
   *
   * @param status the HTTP status, 100 to 599; a client that left before an answer counts as 499
   * @param nanos from its arrival to the end of its answer
   * @param lost how many parts of the answer were lost
   */
  public void answered(int status, long nanos, int lost) {
    timer(Math.min(Math.max(status / 100, 1), CLASSES.length) - 1)
        .record(nanos, TimeUnit.NANOSECONDS);
    if (lost > 0) {
      losses.increment(lost);
    }
  }

  /** Made when first needed, so that no series stands for answers that never happen; registering twice gives the same timer. */
  private Timer timer(int statusClass) {
    Timer timer = timers[statusClass];
    if (timer == null) {
      timer = Timer.builder(MeterNames.REQUESTS)
          .description("Time from a request's arrival to the end of its answer")
          .tags(tags.and(MeterNames.STATUS, CLASSES[statusClass]))
          .serviceLevelObjectives(MeterNames.BUCKETS.toArray(Duration[]::new))
          .register(registry);
      timers[statusClass] = timer;
    }
    return timer;
  }
}
