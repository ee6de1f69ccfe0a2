package dev.gatehouse.runtime.discovery.file;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.FoundInstances;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What files list: {@code services: {catalog: [URL, {url: URL, weight: 3, …}]}}. Immutable. */
final class ListedServices {
  private static final String EXPECTED =
      " (expected: services: {NAME: [http://HOST:8080, {url: …, weight: 3, zone: …, labels: {…}, state: draining}]})";

  private final Map<String, List<Object>> services;

  private ListedServices(Map<String, List<Object>> services) {
    this.services = services;
  }

  /**
   * @throws IllegalArgumentException where a document is no such list
   */
  static ListedServices of(List<@Nullable Object> documents) {
    Map<String, List<Object>> services = new HashMap<>();
    for (Object document : documents) {
      if (!(document instanceof Map<?, ?> tree)
          || !(tree.get("services") instanceof Map<?, ?> all)) {
        throw new IllegalArgumentException("no services" + EXPECTED);
      }
      all.forEach((name, entries) -> {
        if (!(entries instanceof List<?> list)) {
          throw new IllegalArgumentException("services." + name + ": not a list" + EXPECTED);
        }
        List<Object> known =
            services.computeIfAbsent(String.valueOf(name), any -> new ArrayList<>());
        list.forEach(known::add);
      });
    }
    return new ListedServices(services);
  }

  void addTo(FoundInstances found, String service) {
    for (Object entry : services.getOrDefault(service, List.of())) {
      try {
        add(found, entry);
      } catch (IllegalArgumentException | ClassCastException e) {
        found.leaveOut(String.valueOf(e.getMessage()));
      }
    }
  }

  private static void add(FoundInstances found, Object entry) {
    if (entry instanceof Map<?, ?> tree) {
      found.add(
          Endpoint.parse(text(tree, "url", "")),
          tree.get("weight") == null ? 1 : ((Number) tree.get("weight")).longValue(),
          text(tree, "zone", ""),
          labels(tree.get("labels")),
          State.valueOf(text(tree, "state", "ready").toUpperCase(Locale.ROOT).replace('-', '_')));
    } else {
      found.add(Endpoint.parse(String.valueOf(entry)), 1, "", Map.of(), State.READY);
    }
  }

  private static String text(Map<?, ?> tree, String key, String byDefault) {
    Object value = tree.get(key);
    return value == null ? byDefault : String.valueOf(value);
  }

  private static Map<String, String> labels(@Nullable Object labels) {
    Map<String, String> texts = new HashMap<>();
    if (labels != null) {
      ((Map<?, ?>) labels)
          .forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
    }
    return texts;
  }
}
