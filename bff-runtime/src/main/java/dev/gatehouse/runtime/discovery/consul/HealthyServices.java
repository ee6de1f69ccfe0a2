package dev.gatehouse.runtime.discovery.consul;

import dev.gatehouse.runtime.discovery.FoundInstances;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Consul's health answer, {@code [{"Node": {…}, "Service": {…}}, …]}. */
final class HealthyServices {
  private HealthyServices() {}

  static FoundInstances read(ServiceLookup lookup, JsonArray entries) {
    FoundInstances found = new FoundInstances(lookup);
    for (int i = 0; i < entries.size(); i++) {
      try {
        add(found, lookup, entries.getJsonObject(i));
      } catch (ClassCastException | NullPointerException e) {
        found.leaveOut("entry " + i + ": not a healthy service (expected: Node and Service)");
      }
    }
    return found;
  }

  private static void add(FoundInstances found, ServiceLookup lookup, JsonObject entry) {
    JsonObject service = entry.getJsonObject("Service");
    JsonObject node = entry.getJsonObject("Node", new JsonObject());
    String address = service.getString("Address", "");
    Map<String, String> labels = labels(service);
    JsonObject locality = service.getJsonObject("Locality");
    String zone = locality == null ? null : locality.getString("Zone");
    JsonObject weights = service.getJsonObject("Weights");
    found.add(
        null,
        address.isEmpty() ? node.getString("Address") : address,
        lookup.portNumber() > 0 ? lookup.portNumber() : service.getLong("Port", 0L),
        weights == null ? 1 : weights.getLong("Passing", 1L),
        zone == null ? labels.getOrDefault("zone", "") : zone,
        labels,
        State.READY);
  }

  /** The service's metadata, and its tags: {@code version=v2} is such a label, any other tag is one with the value true. */
  private static Map<String, String> labels(JsonObject service) {
    Map<String, String> labels = new HashMap<>();
    JsonArray tags = service.getJsonArray("Tags");
    if (tags != null) {
      for (int i = 0; i < tags.size(); i++) {
        String tag = tags.getString(i);
        int equals = tag.indexOf('=');
        labels.put(
            equals < 1 ? tag : tag.substring(0, equals),
            equals < 1 ? "true" : tag.substring(equals + 1));
      }
    }
    JsonObject meta = service.getJsonObject("Meta");
    if (meta != null) {
      meta.forEach(entry -> labels.put(entry.getKey(), String.valueOf(entry.getValue())));
    }
    return labels;
  }
}
