package dev.gatehouse.runtime.discovery.zookeeper;

import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import dev.gatehouse.runtime.discovery.FoundInstances;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** The JSON with which Curator's service discovery has an instance register; Spring Cloud's metadata stands in its payload. */
final class RegisteredService {
  private RegisteredService() {}

  static void add(FoundInstances found, ServiceLookup lookup, String id, byte[] data) {
    try {
      add(found, lookup, new JsonObject(Buffer.buffer(data)));
    } catch (DecodeException | ClassCastException | NumberFormatException e) {
      found.leaveOut("node " + id + ": not an instance (expected: JSON with address and port)");
    }
  }

  private static void add(FoundInstances found, ServiceLookup lookup, JsonObject node) {
    Map<String, String> labels = new HashMap<>();
    if (node.getValue("payload") instanceof JsonObject payload
        && payload.getValue("metadata") instanceof JsonObject metadata) {
      metadata.forEach(entry -> labels.put(entry.getKey(), String.valueOf(entry.getValue())));
    }
    Long plain = node.getLong("port");
    Long secure = node.getLong("sslPort");
    boolean overTls = plain == null && secure != null;
    long port = overTls ? secure : plain == null ? 0 : plain;
    found.add(
        overTls ? Scheme.HTTPS : null,
        node.getString("address"),
        lookup.portNumber() > 0 ? lookup.portNumber() : port,
        Long.parseLong(labels.getOrDefault("weight", "1")),
        labels.getOrDefault("zone", ""),
        labels,
        node.getBoolean("enabled", true) ? State.READY : State.NOT_READY);
  }
}
