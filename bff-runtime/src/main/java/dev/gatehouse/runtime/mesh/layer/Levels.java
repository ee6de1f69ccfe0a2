package dev.gatehouse.runtime.mesh.layer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

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
      Gauge.builder(name, level, AtomicInteger::get)
          .description(description)
          .tags(tags)
          .register(registry);
      return level;
    });
  }
}
