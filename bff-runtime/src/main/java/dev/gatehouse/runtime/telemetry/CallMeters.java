package dev.gatehouse.runtime.telemetry;

import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.runtime.engine.Answer.CallRecord;
import dev.gatehouse.runtime.engine.CallObserver;
import dev.gatehouse.runtime.upstream.FailureClass;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The meters of the calls of one BFF instance. Confined to its event loop. */
final class CallMeters implements CallObserver {
  private static final int SUCCESS = FailureClass.values().length;

  private final MeterRegistry registry;
  private final String bff;
  /** One entry per operation of the BFF: the engine hands over the same object each time. */
  private final Map<OperationSpec, OperationMeters> operations = new IdentityHashMap<>();

  CallMeters(MeterRegistry registry, String bff) {
    this.registry = registry;
    this.bff = bff;
  }

  @Override
  public void called(OperationSpec operation, CallRecord call) {
    OperationMeters meters = operations.get(operation);
    if (meters == null) {
      meters = new OperationMeters(operation);
      operations.put(operation, meters);
    }
    meters.called(call);
  }

  private final class OperationMeters {
    private final Tags tags;
    /** Null where each call is for one input. */
    private final @Nullable DistributionSummary keys;

    /** One per failure class, then one for success. */
    private final @Nullable Timer[] timers = new @Nullable Timer[SUCCESS + 1];

    OperationMeters(OperationSpec operation) {
      this.tags = Tags.of(
          MeterNames.BFF,
          bff,
          MeterNames.SERVICE,
          operation.service(),
          MeterNames.OPERATION,
          operation.name());
      this.keys = operation.batch() == null
          ? null
          : DistributionSummary.builder(MeterNames.CALL_KEYS)
              .description("Inputs that went into one call")
              .tags(tags)
              .register(registry);
    }

    void called(CallRecord call) {
      FailureClass failure = call.failureClass();
      timer(failure == null ? SUCCESS : failure.ordinal())
          .record(call.durationNanos(), TimeUnit.NANOSECONDS);
      if (keys != null) {
        keys.record(call.keys());
      }
    }

    private Timer timer(int outcome) {
      Timer timer = timers[outcome];
      if (timer == null) {
        String label = outcome == SUCCESS ? "success" : FailureClass.values()[outcome].label();
        timer = Timer.builder(MeterNames.CALLS)
            .description("Time of one call to a service, to its last byte or its failure")
            .tags(tags.and(MeterNames.OUTCOME, label))
            .serviceLevelObjectives(MeterNames.BUCKETS.toArray(Duration[]::new))
            .register(registry);
        timers[outcome] = timer;
      }
      return timer;
    }
  }
}
