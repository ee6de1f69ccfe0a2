package dev.gatehouse.runtime.management;

import dev.gatehouse.runtime.mesh.Mesh;
import dev.gatehouse.runtime.policy.PolicyStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the BFFs that are open can call, so that a slip of an operator's is told at once. Thread-safe. */
record KnownCalls(
    Map<String, PlanBook> bffs, Map<String, List<Mesh>> meshes, PolicyStore policies) {

  /**
   * Those services to which calls of one cannot be led.
   *
   * @return by name, the BFFs that call the one and have no client for the other
   */
  Map<String, Set<String>> unreachable(String service, Set<String> others) {
    Map<String, Set<String>> unreachable = new TreeMap<>();
    meshes.forEach((bff, instances) -> instances.stream()
        .map(Mesh::services)
        .filter(known -> known.contains(service))
        .forEach(known -> others.stream()
            .filter(other -> !known.contains(other))
            .forEach(other ->
                unreachable.computeIfAbsent(other, any -> new TreeSet<>()).add(bff))));
    return unreachable;
  }

  /** The services to which the calls of one can be led, itself among them. */
  Set<String> reachable(String service) {
    Set<String> all = policies.services();
    all.removeAll(unreachable(service, Set.copyOf(all)).keySet());
    return all;
  }

  /**
   * The operations of the calls that a service may be sent: its own, and those of services whose rules lead to it.
   *
   * @return empty where no BFF that is open calls it
   */
  Set<String> operations(String service) {
    Set<String> operations = new TreeSet<>();
    for (String called : policies.services()) {
      if (called.equals(service)
          || policies.current(called).policy().route().services().contains(service)) {
        bffs.values().forEach(bff -> operations.addAll(bff.operations(called)));
      }
    }
    return operations;
  }
}
