package dev.gatehouse.runtime.mesh;

import dev.gatehouse.runtime.discovery.SourceState;
import dev.gatehouse.runtime.discovery.SourceState.Status;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What operators see of the sources that tell where services are. A source is followed once per process, so its meters are not of a
 * BFF: they are there as long as any instance uses the service. Thread-safe.
 */
final class DiscoveryMeters implements Shareable {
  private static final String NAME = "gatehouse.mesh.discovery.";
  private static final Set<Status> OF_SOURCES =
      EnumSet.of(Status.WAITING, Status.CURRENT, Status.STALE, Status.EMPTY);

  private final Map<Key, Shown> shown = new HashMap<>();

  private record Key(MeterRegistry registry, String service, String source) {}

  /** A service in a source, as any of those sees it who use it: all see the same. */
  private static final class Shown {
    final List<Supplier<SourceState>> users = new CopyOnWriteArrayList<>();
    final List<Meter> meters = new ArrayList<>();

    double read(ToDoubleFunction<SourceState> number) {
      for (Supplier<SourceState> user : users) {
        return number.applyAsDouble(user.get());
      }
      return Double.NaN;
    }
  }

  private DiscoveryMeters() {}

  /** Those of a Vert.x. */
  static DiscoveryMeters of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, DiscoveryMeters>getLocalMap("dev.gatehouse.mesh.discovery")
        .computeIfAbsent("meters", any -> new DiscoveryMeters());
  }

  /**
   * Shows a service.
   *
   * @param state what its source tells right now; asked by any thread
   * @return ends that
   */
  synchronized Runnable show(MeterRegistry registry, String service, Supplier<SourceState> state) {
    Key key = new Key(registry, service, state.get().source());
    Shown all = shown.computeIfAbsent(key, any -> new Shown());
    Supplier<SourceState> user = () -> state.get(); // one of its own, so that it can only go once
    all.users.add(user);
    if (all.meters.isEmpty()) {
      register(all, key);
    }
    return () -> hide(key, all, user);
  }

  private synchronized void hide(Key key, Shown all, Supplier<SourceState> user) {
    if (all.users.remove(user) && all.users.isEmpty()) {
      all.meters.forEach(key.registry()::remove);
      shown.remove(key);
    }
  }

  private static void register(Shown all, Key key) {
    Tags tags = Tags.of("service", key.service(), "source", key.source());
    for (Status status : OF_SOURCES) {
      all.meters.add(Gauge.builder(
              NAME + "state", all, of -> of.read(state -> state.status() == status ? 1 : 0))
          .description("1 for the state in which a service's instances stand, 0 for all others")
          .tags(tags.and("state", status.name().toLowerCase(Locale.ROOT)))
          .register(key.registry()));
    }
    all.meters.add(Gauge.builder(NAME + "age", all, of -> of.read(DiscoveryMeters::seconds))
        .description("Since the source last confirmed a service's instances")
        .baseUnit("seconds")
        .tags(tags)
        .register(key.registry()));
    all.meters.add(Gauge.builder(NAME + "instances", all, of -> of.read(SourceState::instances))
        .description("Instances of a service that its source has told of")
        .tags(tags)
        .register(key.registry()));
    all.meters.add(
        FunctionCounter.builder(NAME + "changes", all, of -> of.read(SourceState::changes))
            .description("How often a source has told something else of a service")
            .tags(tags)
            .register(key.registry()));
    all.meters.add(
        FunctionCounter.builder(NAME + "failures", all, of -> of.read(SourceState::failures))
            .description("How often a source could not tell of a service")
            .tags(tags)
            .register(key.registry()));
  }

  private static double seconds(SourceState state) {
    long millis = state.ageMillis(System.nanoTime());
    return millis < 0 ? Double.NaN : millis / (double) TimeUnit.SECONDS.toMillis(1);
  }
}
