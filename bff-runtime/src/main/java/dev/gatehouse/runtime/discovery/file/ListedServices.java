package dev.gatehouse.runtime.discovery.file;

import dev.gatehouse.runtime.discovery.FoundInstances;
import dev.gatehouse.runtime.discovery.ListedInstance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
    services.getOrDefault(service, List.of()).forEach(entry -> ListedInstance.add(found, entry));
  }
}
