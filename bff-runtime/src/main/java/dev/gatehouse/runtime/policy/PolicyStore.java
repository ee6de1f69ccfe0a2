package dev.gatehouse.runtime.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The policies of a process's services. Any source may change them at any time; calls under way keep what they began with.
 * Thread-safe.
 *
 * <p>The last word about a part of a policy holds: what an operator or the application has set stays until it is set anew, or until
 * the configuration says something else about that very part.
 */
public final class PolicyStore {
  private static final Held NONE = new Held(new Current(ServicePolicy.DEFAULT, 0), null);

  private final Map<String, Held> services = new ConcurrentHashMap<>();
  private final List<BiConsumer<String, ServicePolicy>> listeners = new CopyOnWriteArrayList<>();

  /**
   * What holds for a service.
   *
   * @param version how often it was set
   */
  public record Current(ServicePolicy policy, long version) {}

  /**
   * @param configured what the configuration says; null where it has not said anything
   */
  private record Held(Current current, @Nullable ServicePolicy configured) {
    Held with(ServicePolicy policy, @Nullable ServicePolicy configured) {
      return new Held(
          policy.equals(current.policy()) && current.version() > 0
              ? current
              : new Current(policy, current.version() + 1),
          configured);
    }
  }

  /** What holds for a service: the defaults, version 0, for one that was never set. */
  public Current current(String service) {
    return services.getOrDefault(service, NONE).current();
  }

  /** What the configuration says of a service, whether it holds or not; the defaults where it says nothing. */
  public ServicePolicy configured(String service) {
    ServicePolicy configured = services.getOrDefault(service, NONE).configured();
    return configured == null ? ServicePolicy.DEFAULT : configured;
  }

  /** Sets what holds for a service that was never set; others stay as they are until the configuration changes. */
  public void begin(String service, ServicePolicy policy) {
    services.compute(service, (name, before) -> {
      if (before == null) {
        return NONE.with(policy, policy);
      }
      return before.configured() == null ? before.with(before.current().policy(), policy) : before;
    });
  }

  /** The services that were ever set, sorted. */
  public Set<String> services() {
    return new TreeSet<>(services.keySet());
  }

  /** Changes what holds for a service; a change that changes nothing makes no new version. */
  public void update(String service, UnaryOperator<ServicePolicy> change) {
    tell(
        services.compute(service, (name, before) -> {
          Held old = before == null ? NONE : before;
          return old.with(change.apply(old.current().policy()), old.configured());
        }),
        service);
  }

  /**
   * The configuration says something else of a service. Those parts hold from now on of which it says something else than before, all
   * at once, whoever has set them meanwhile; the others stay as they are.
   */
  public void configure(String service, ServicePolicy configured) {
    tell(
        services.compute(service, (name, before) -> {
          if (before == null) {
            return NONE.with(configured, configured);
          }
          ServicePolicy former = before.configured();
          ServicePolicy own = before.current().policy();
          return before.with(former == null ? own : own.following(former, configured), configured);
        }),
        service);
  }

  private void tell(Held now, String service) {
    listeners.forEach(listener -> listener.accept(service, now.current().policy()));
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
