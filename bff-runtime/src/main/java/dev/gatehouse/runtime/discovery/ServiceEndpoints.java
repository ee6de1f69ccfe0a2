package dev.gatehouse.runtime.discovery;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where one service is right now: a plain read, kept up to date by its registry. Confined to one event loop. */
public final class ServiceEndpoints {
  private static final Comparator<Endpoint> ORDER = Comparator.comparing(Endpoint::host)
      .thenComparingInt(Endpoint::port)
      .thenComparing(Endpoint::scheme)
      .thenComparing(Endpoint::basePath);

  private final String service;
  private final Supplier<SourceState> state;
  /** What each scope tells; where several tell of one address, the first scope that came counts. */
  private final Map<String, Map<Endpoint, ServiceInstance>> told = new LinkedHashMap<>();

  private final TreeMap<Endpoint, ServiceInstance> instances = new TreeMap<>(ORDER);
  private final Set<Endpoint> touched = new LinkedHashSet<>();
  /** Null until somebody asks, as to list thousands with each change would take longer than the change. */
  private @Nullable List<ServiceInstance> current;

  private @Nullable Consumer<Change> listener;

  /**
   * What became different from one moment to the next.
   *
   * @param put instances that are new, or of which something else is told now
   * @param gone addresses that are no longer told of
   */
  public record Change(List<ServiceInstance> put, List<Endpoint> gone) {}

  ServiceEndpoints(String service, Supplier<SourceState> state) {
    this.service = service;
    this.state = state;
  }

  /** The service's logical name. */
  public String service() {
    return service;
  }

  /** The instances, in the order of their hosts and ports; immutable, and the same list until something changes. */
  public List<ServiceInstance> current() {
    List<ServiceInstance> listed = current;
    if (listed == null) {
      listed = List.copyOf(instances.values());
      current = listed;
    }
    return listed;
  }

  /** How far they are to be believed, and since when. */
  public SourceState state() {
    return state.get();
  }

  /** Sets what to do after each change, replacing what was set before. Changes of one turn of the event loop are told at once. */
  public void onChange(Consumer<Change> listener) {
    this.listener = listener;
  }

  /** What an operator wants to see: the source, how old its word is, what is wrong, and how many instances there are. */
  public JsonObject describe() {
    return state().json(System.nanoTime()).put("instances", instances.size());
  }

  /** Notes an instance, to be seen after {@link #flush()}. Answers whether the same was known already. */
  boolean put(String scope, ServiceInstance instance) {
    ServiceInstance before =
        told.computeIfAbsent(scope, any -> new HashMap<>()).put(instance.endpoint(), instance);
    if (instance.equals(before)) {
      return true;
    }
    touched.add(instance.endpoint());
    return false;
  }

  /** Forgets an instance, to be seen after {@link #flush()}. */
  void remove(String scope, Endpoint endpoint) {
    Map<Endpoint, ServiceInstance> ofScope = told.get(scope);
    if (ofScope != null && ofScope.remove(endpoint) != null) {
      touched.add(endpoint);
    }
  }

  /** Makes what was noted since the last time visible, at a cost in proportion to it. */
  void flush() {
    if (touched.isEmpty()) {
      return;
    }
    List<ServiceInstance> put = new ArrayList<>();
    List<Endpoint> gone = new ArrayList<>();
    for (Endpoint endpoint : touched) {
      ServiceInstance now = winner(endpoint);
      ServiceInstance before =
          now == null ? instances.remove(endpoint) : instances.put(endpoint, now);
      if (now == null && before != null) {
        gone.add(endpoint);
      } else if (now != null && !now.equals(before)) {
        put.add(now);
      }
    }
    touched.clear();
    if (!put.isEmpty() || !gone.isEmpty()) {
      current = null;
      if (listener != null) {
        listener.accept(new Change(put, gone));
      }
    }
  }

  private @Nullable ServiceInstance winner(Endpoint endpoint) {
    for (Map<Endpoint, ServiceInstance> ofScope : told.values()) {
      ServiceInstance instance = ofScope.get(endpoint);
      if (instance != null) {
        return instance;
      }
    }
    return null;
  }
}
