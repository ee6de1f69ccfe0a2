package dev.gatehouse.runtime.discovery.redis;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.FoundInstances;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A member of a service's set: a URL, or {@code {"url": "http://10.0.0.1:8080", "weight": 3, "zone": "a", "labels": {…},
 * "state": "draining"}}.
 */
final class ListedInstance {
  private static final int LONGEST = 64 << 10;

  private ListedInstance() {}

  static void add(FoundInstances found, String member) {
    try {
      if (member.length() > LONGEST) {
        found.leaveOut("a member of " + member.length() + " characters");
      } else if (member.startsWith("{")) {
        add(found, new JsonObject(member));
      } else {
        found.add(Endpoint.parse(member), 1, "", Map.of(), State.READY);
      }
    } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
      found.leaveOut(String.valueOf(e.getMessage()));
    }
  }

  private static void add(FoundInstances found, JsonObject member) {
    Map<String, String> labels = new HashMap<>();
    JsonObject told = member.getJsonObject("labels");
    if (told != null) {
      told.forEach(entry -> labels.put(entry.getKey(), String.valueOf(entry.getValue())));
    }
    found.add(
        Endpoint.parse(member.getString("url", "")),
        member.getLong("weight", 1L),
        member.getString("zone", ""),
        labels,
        State.valueOf(
            member.getString("state", "ready").toUpperCase(Locale.ROOT).replace('-', '_')));
  }
}
