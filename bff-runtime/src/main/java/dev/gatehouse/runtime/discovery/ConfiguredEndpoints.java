package dev.gatehouse.runtime.discovery;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * Tells all mesh clients of a process where services are that no source tells of, when the configuration says so anew. Keeps
 * nothing: what a process begins with is in its settings. Thread-safe.
 */
public final class ConfiguredEndpoints implements Shareable {
  private final List<BiConsumer<String, List<Endpoint>>> listeners = new CopyOnWriteArrayList<>();

  private ConfiguredEndpoints() {}

  /** Those of a Vert.x. */
  public static ConfiguredEndpoints of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, ConfiguredEndpoints>getLocalMap("dev.gatehouse.discovery.configured")
        .computeIfAbsent("endpoints", any -> new ConfiguredEndpoints());
  }

  /**
   * A service is somewhere else now.
   *
   * @param endpoints all of its addresses; at least one
   */
  public void change(String service, List<Endpoint> endpoints) {
    List<Endpoint> all = List.copyOf(endpoints);
    listeners.forEach(listener -> listener.accept(service, all));
  }

  /**
   * Has {@code listener} told of every change, on the thread that makes it.
   *
   * @return ends that
   */
  public Runnable listen(BiConsumer<String, List<Endpoint>> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
