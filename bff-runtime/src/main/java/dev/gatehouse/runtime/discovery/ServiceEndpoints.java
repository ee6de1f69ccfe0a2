package dev.gatehouse.runtime.discovery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where one service is right now: a plain read, kept up to date by its registry. Confined to one event loop. */
public final class ServiceEndpoints {
  private final String service;
  private List<ServiceInstance> current = List.of();
  private @Nullable Runnable listener;

  ServiceEndpoints(String service) {
    this.service = service;
  }

  /** The service's logical name. */
  public String service() {
    return service;
  }

  /** The instances, in the order of their URLs; immutable, and the same list until something changes. */
  public List<ServiceInstance> current() {
    return current;
  }

  /** Sets what to do after each change, replacing what was set before. */
  public void onChange(Runnable listener) {
    this.listener = listener;
  }

  void update(List<ServiceInstance> instances) {
    if (!instances.equals(current)) {
      current = instances;
      if (listener != null) {
        listener.run();
      }
    }
  }
}
