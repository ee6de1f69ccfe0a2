package dev.gatehouse.runtime.management;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** Whether every BFF that is meant to run does. Thread-safe. */
final class Readiness {
  private final Map<String, Instances> bffs = new TreeMap<>();

  private static final class Instances {
    private int expected;
    private int open;
    private int port;
    private boolean closing;

    private boolean ready() {
      return open > 0 && open >= expected && !closing;
    }
  }

  /** Waits for so many instances of a BFF. */
  synchronized void expect(String bff, int instances) {
    of(bff).expected += instances;
  }

  synchronized void opened(String bff, int port) {
    Instances instances = of(bff);
    instances.port = port;
    instances.open++;
    instances.closing = false;
  }

  synchronized void closing(String bff) {
    Instances instances = of(bff);
    instances.open--;
    instances.closing = true;
  }

  /** Never without a BFF. */
  synchronized boolean ready() {
    return !bffs.isEmpty() && bffs.values().stream().allMatch(Instances::ready);
  }

  synchronized JsonObject json() {
    JsonObject states = new JsonObject();
    bffs.forEach((name, instances) -> states.put(
        name,
        new JsonObject()
            .put(
                "status", instances.closing ? "stopping" : instances.ready() ? "ready" : "starting")
            .put("instances", instances.open)
            .put("port", instances.port)));
    return new JsonObject().put("status", ready() ? "ready" : "not_ready").put("bffs", states);
  }

  private Instances of(String bff) {
    return bffs.computeIfAbsent(bff, any -> new Instances());
  }
}
