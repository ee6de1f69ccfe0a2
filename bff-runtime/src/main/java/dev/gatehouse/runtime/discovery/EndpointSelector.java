package dev.gatehouse.runtime.discovery;

import java.util.List;

/** Chooses the endpoint of the next call to a service. Confined to one event loop, and asked once per call. */
@FunctionalInterface
public interface EndpointSelector {

  /**
   * Chooses one.
   *
   * @param endpoints at least one; the same list as long as nothing changed
   * @return an index into {@code endpoints}
   */
  int select(List<Endpoint> endpoints);

  /** Each in turn. */
  static EndpointSelector roundRobin() {
    return new RoundRobin();
  }
}
