package dev.gatehouse.runtime.telemetry;

import dev.gatehouse.runtime.mesh.layer.Levels;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** The process's meters. One per process, shared by all its BFFs; thread-safe. */
public final class Metrics implements AutoCloseable {
  private final MeterRegistry registry;
  private final boolean owned;
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final Map<String, Collection<IntSupplier>> underWay = new ConcurrentHashMap<>();

  private final Levels levels;

  private Metrics(MeterRegistry registry, boolean owned) {
    this.registry = registry;
    this.levels = new Levels(registry);
    this.owned = owned;
  }

  /** Meters that Prometheus can scrape, the JVM's among them. */
  public static Metrics prometheus() {
    return new Metrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), true).withJvm();
  }

  /** Meters in a registry of the application's own, which it fills and closes itself. */
  public static Metrics in(MeterRegistry registry) {
    return new Metrics(registry, false);
  }

  private Metrics withJvm() {
    List<MeterBinder> binders = List.of(
        new ClassLoaderMetrics(),
        new JvmMemoryMetrics(),
        new JvmThreadMetrics(),
        new ProcessorMetrics(),
        new UptimeMetrics(),
        gc);
    binders.forEach(binder -> binder.bindTo(registry));
    return this;
  }

  public MeterRegistry registry() {
    return registry;
  }

  /** Everything in Prometheus's text format 0.0.4; empty where the registry is of another kind. May take milliseconds. */
  public Optional<String> scrape() {
    return registry instanceof PrometheusMeterRegistry prometheus
        ? Optional.of(prometheus.scrape())
        : Optional.empty();
  }

  /**
   * Adds an instance to those whose requests under way are summed up.
   *
   * @return takes it out again
   */
  Runnable underWay(String bff, IntSupplier instance) {
    Collection<IntSupplier> instances = underWay.computeIfAbsent(bff, this::gauge);
    instances.add(instance);
    return () -> instances.remove(instance);
  }

  private Collection<IntSupplier> gauge(String bff) {
    Collection<IntSupplier> instances = new CopyOnWriteArrayList<>();
    levels.show(
        MeterNames.REQUESTS_ACTIVE,
        "Requests under way",
        null,
        Tags.of(MeterNames.BFF, bff),
        instances,
        all -> all.stream().mapToInt(IntSupplier::getAsInt).sum());
    return instances;
  }

  /** Numbers that go up and down, shared by all instances. */
  public Levels levels() {
    return levels;
  }

  AtomicInteger level(String name, String description, Tags tags) {
    return levels.level(name, description, tags);
  }

  /** Closes the registry, unless it is the application's own. */
  @Override
  public void close() {
    gc.close();
    if (owned) {
      registry.close();
    }
  }
}
