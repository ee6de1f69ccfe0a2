package dev.gatehouse.runtime.mesh.retry;

import dev.gatehouse.runtime.mesh.layer.LayerContext;
import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operators see of further attempts. */
final class RetryMeters {
  private final Map<Reason, Counter> retries = new EnumMap<>(Reason.class);
  private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);
  final Counter hedgesWon;
  final Counter hedgesLost;

  /** Why there was no further attempt where one would have made sense. */
  enum Refusal {
    /** The budget was used up. */
    BUDGET,
    /** There would not have been the time. */
    DEADLINE;

    String label() {
      return this == BUDGET ? "budget" : "deadline";
    }
  }

  RetryMeters(LayerContext context) {
    for (Reason reason : Reason.values()) {
      retries.put(
          reason,
          Counter.builder("gatehouse.mesh.retries")
              .description("Further attempts of calls, by what became of the one before")
              .tags(context.tags())
              .tag("reason", reason.label())
              .register(context.meters()));
    }
    for (Refusal refusal : Refusal.values()) {
      refused.put(
          refusal,
          Counter.builder("gatehouse.mesh.retries.refused")
              .description("Further attempts that were not made, though they would have made sense")
              .tags(context.tags())
              .tag("reason", refusal.label())
              .register(context.meters()));
    }
    hedgesWon = hedges(context, "won");
    hedgesLost = hedges(context, "lost");
  }

  void retried(Reason reason) {
    increment(retries.get(reason));
  }

  void refused(Refusal refusal) {
    increment(refused.get(refusal));
  }

  private static void increment(@Nullable Counter counter) {
    if (counter != null) {
      counter.increment();
    }
  }

  double retries() {
    return retries.values().stream().mapToDouble(Counter::count).sum();
  }

  private static Counter hedges(LayerContext context, String outcome) {
    return Counter.builder("gatehouse.mesh.hedges")
        .description("Calls that were sent a second time, by whether that answered first")
        .tags(context.tags())
        .tag("outcome", outcome)
        .register(context.meters());
  }
}
