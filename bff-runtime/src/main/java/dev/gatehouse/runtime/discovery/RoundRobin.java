package dev.gatehouse.runtime.discovery;

import java.util.List;

/** Each endpoint in turn. Counts in steps that wrap at the list's end, so that it can go on for ever. */
final class RoundRobin implements EndpointSelector {
  private int next;

  @Override
  public int select(List<Endpoint> endpoints) {
    int chosen = next < endpoints.size() ? next : 0;
    next = chosen + 1;
    return chosen;
  }
}
