package dev.gatehouse.runtime.mesh.layer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that go up and down, shown as gauges. All instances of a process share them: a gauge of each would be taken for the same
 * one, and only the first would be shown. Thread-safe.
 */
public final class Levels {
  private final MeterRegistry registry;
  private final Map<Key, AtomicInteger> levels = new ConcurrentHashMap<>();

  private record Key(String name, Tags tags) {}

  public Levels(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Where the gauges are. */
  public MeterRegistry registry() {
    return registry;
  }

  /** The same object for the same name and tags; whoever adds to it takes the same away again. */
  public AtomicInteger level(String name, String description, Tags tags) {
    return levels.computeIfAbsent(new Key(name, tags), any -> {
      AtomicInteger level = new AtomicInteger();
      show(name, description, null, tags, level, AtomicInteger::get);
      return level;
    });
  }

  /**
   * Shows a number. Of a BFF that is deployed again, the new gauge counts: the one before would go on showing what has ended.
   *
   * @param unit null where things are counted
   * @param holder who is asked, by any thread; shown for as long as it is held elsewhere
   */
  public <T> void show(
      String name,
      String description,
      @Nullable String unit,
      Tags tags,
      T holder,
      ToDoubleFunction<T> value) {
    registry.removeByPreFilterId(new Meter.Id(name, tags, unit, null, Meter.Type.GAUGE));
    Gauge.builder(name, holder, value)
        .description(description)
        .baseUnit(unit)
        .tags(tags)
        .register(registry);
  }
}
