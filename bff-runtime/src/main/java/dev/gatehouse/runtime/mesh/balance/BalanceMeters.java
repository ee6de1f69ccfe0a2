package dev.gatehouse.runtime.mesh.balance;

import dev.gatehouse.runtime.mesh.layer.LayerContext;
import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What operators see of the choice of instances. No meter is of one instance: there may be thousands. */
final class BalanceMeters {
  /** Why an instance was ejected. */
  enum Reason {
    CONSECUTIVE,
    SUCCESS_RATE
  }

  private final Map<Reason, Counter> ejections = new EnumMap<>(Reason.class);
  private final Counter kept;
  private final Counter panicked;
  private final Counter none;
  private final AtomicInteger instances;
  private final AtomicInteger ejected;
  private final AtomicInteger onTrial;
  private final AtomicInteger unwell;
  private int counted;

  BalanceMeters(LayerContext context) {
    for (Reason reason : Reason.values()) {
      ejections.put(
          reason,
          counter(
              context,
              "gatehouse.mesh.ejections",
              "Instances that were ejected, by what showed them to be worse than others",
              reason.name().toLowerCase(Locale.ROOT)));
    }
    kept = counter(
        context,
        "gatehouse.mesh.ejections.withheld",
        "Instances that were not ejected because too many were already",
        null);
    panicked = counter(
        context,
        "gatehouse.mesh.panics",
        "Calls made while so few instances were well that all were used",
        null);
    none = counter(
        context, "gatehouse.mesh.unroutable", "Calls for which there was no instance", null);
    instances = level(context, "gatehouse.mesh.instances", "Instances known, per BFF instance");
    ejected = level(context, "gatehouse.mesh.instances.ejected", "Instances ejected right now");
    onTrial = level(
        context,
        "gatehouse.mesh.instances.on_trial",
        "Instances that were ejected and have not answered since");
    unwell =
        level(context, "gatehouse.mesh.instances.unhealthy", "Instances whose health checks fail");
  }

  private static Counter counter(
      LayerContext context, String name, String description, @Nullable String reason) {
    Counter.Builder builder = Counter.builder(name).description(description).tags(context.tags());
    return (reason == null ? builder : builder.tag("reason", reason)).register(context.meters());
  }

  private static AtomicInteger level(LayerContext context, String name, String description) {
    return context.levels().level(name, description, context.tags());
  }

  void known(int count) {
    if (count != counted) {
      instances.addAndGet(count - counted);
      counted = count;
    }
  }

  void ejected(Reason reason) {
    ejected.incrementAndGet();
    Counter counter = ejections.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  void readmitted() {
    ejected.decrementAndGet();
  }

  void onTrial(int change) {
    onTrial.addAndGet(change);
  }

  void kept() {
    kept.increment();
  }

  void panicked() {
    panicked.increment();
  }

  void none() {
    none.increment();
  }

  void unwell(int change) {
    unwell.addAndGet(change);
  }
}
