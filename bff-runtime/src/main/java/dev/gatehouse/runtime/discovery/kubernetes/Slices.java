package dev.gatehouse.runtime.discovery.kubernetes;

import dev.gatehouse.runtime.discovery.FoundInstances;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** All slices of a service as its instances. */
final class Slices {
  private static final String IPV6 = "IPv6";

  private record Address(String host, long port) {}

  private record Pod(String zone, Map<String, String> labels, State state) {}

  private Slices() {}

  static FoundInstances instances(ServiceLookup lookup, Collection<Slice> slices) {
    // A service of both families has its pods twice, once per family.
    boolean only6 = slices.stream().allMatch(slice -> slice.addressType().equals(IPV6));
    FoundInstances found = new FoundInstances(lookup);
    Map<Address, Pod> pods = new LinkedHashMap<>();
    for (Slice slice : slices) {
      if (only6 || !slice.addressType().equals(IPV6)) {
        read(lookup, slice, pods, found);
      }
    }
    pods.forEach((address, pod) ->
        found.add(null, address.host(), address.port(), 1, pod.zone(), pod.labels(), pod.state()));
    return found;
  }

  private static void read(
      ServiceLookup lookup, Slice slice, Map<Address, Pod> pods, FoundInstances found) {
    if (slice.endpoints().isEmpty()) {
      return;
    }
    try {
      long port = port(lookup, slice.ports());
      for (int i = 0; i < slice.endpoints().size(); i++) {
        JsonObject endpoint = slice.endpoints().getJsonObject(i);
        Address address = new Address(endpoint.getJsonArray("addresses").getString(0), port);
        // While a pod moves from one slice to another it may be in both.
        pods.merge(
            address,
            pod(endpoint),
            (one, other) -> one.state().compareTo(other.state()) <= 0 ? one : other);
      }
    } catch (ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
      found.leaveOut("EndpointSlice " + slice.name() + ": malformed: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      found.leaveOut("EndpointSlice " + slice.name() + ": " + e.getMessage());
    }
  }

  /** A port by number need not be declared; by name it must be; else it is the only one, or the first. */
  private static long port(ServiceLookup lookup, JsonArray ports) {
    if (lookup.portNumber() > 0) {
      return lookup.portNumber();
    }
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < ports.size(); i++) {
      JsonObject port = ports.getJsonObject(i);
      String name = port.getString("name");
      if (lookup.port().isEmpty() || lookup.port().equals(name)) {
        return port.getLong("port");
      }
      names.append(names.isEmpty() ? "" : ", ").append(name);
    }
    throw new IllegalArgumentException(
        "port " + lookup.port() + " (expected: one of " + (names.isEmpty() ? "none" : names) + ")");
  }

  private static Pod pod(JsonObject endpoint) {
    Map<String, String> labels = new HashMap<>();
    JsonObject target = endpoint.getJsonObject("targetRef");
    if (target != null && target.getString("name") != null) {
      labels.put("pod", target.getString("name"));
    }
    String node = endpoint.getString("nodeName");
    if (node != null) {
      labels.put("node", node);
    }
    String zone = endpoint.getString("zone");
    JsonObject conditions = endpoint.getJsonObject("conditions");
    return new Pod(
        zone == null ? "" : zone,
        labels,
        state(conditions == null ? new JsonObject() : conditions));
  }

  /** Conditions that are not given say: ready, serving as it is ready, not terminating. */
  private static State state(JsonObject conditions) {
    boolean ready = !Boolean.FALSE.equals(conditions.getBoolean("ready"));
    Boolean serving = conditions.getBoolean("serving");
    boolean terminating = Boolean.TRUE.equals(conditions.getBoolean("terminating"));
    if (terminating) {
      return (serving == null ? ready : serving) ? State.DRAINING : State.NOT_READY;
    }
    return ready ? State.READY : State.NOT_READY;
  }
}
