package dev.gatehouse.runtime.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * The policies of a process's services. Any source may change them at any time; calls under way keep what they began with.
 * Thread-safe.
 */
public final class PolicyStore {
  private static final Current NONE = new Current(ServicePolicy.DEFAULT, 0);

  private final Map<String, Current> services = new ConcurrentHashMap<>();
  private final List<BiConsumer<String, ServicePolicy>> listeners = new CopyOnWriteArrayList<>();

  /**
   * What holds for a service.
   *
   * @param version how often it was set
   */
  public record Current(ServicePolicy policy, long version) {}

  /** What holds for a service: the defaults, version 0, for one that was never set. */
  public Current current(String service) {
    return services.getOrDefault(service, NONE);
  }

  /** Sets what holds for a service that was never set; leaves others as they are. */
  public void begin(String service, ServicePolicy policy) {
    services.putIfAbsent(service, new Current(policy, 1));
  }

  /** The services that were ever set, sorted. */
  public Set<String> services() {
    return new TreeSet<>(services.keySet());
  }

  /** Changes what holds for a service; a change that changes nothing makes no new version. */
  public void update(String service, UnaryOperator<ServicePolicy> change) {
    Current next = services.compute(service, (name, before) -> {
      Current old = before == null ? NONE : before;
      ServicePolicy changed = change.apply(old.policy());
      return before != null && changed.equals(before.policy())
          ? before
          : new Current(changed, old.version() + 1);
    });
    listeners.forEach(listener -> listener.accept(service, next.policy()));
  }

  /**
   * Has {@code listener} told of every change, on the thread that makes it.
   *
   * @return ends that
   */
  public Runnable listen(BiConsumer<String, ServicePolicy> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
