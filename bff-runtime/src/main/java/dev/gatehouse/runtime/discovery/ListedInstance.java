package dev.gatehouse.runtime.discovery;

import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance as people list it, in files and registries without a form of their own: a URL, or {@code {url: http://10.0.0.1:8080, weight:
 * 3, zone: a, labels: {…}, state: draining}}. What is null counts as not given.
 */
public final class ListedInstance {
  private ListedInstance() {}

  /**
   * Adds an entry, or counts it as left out where it is none.
   *
   * @param entry text, or a map
   */
  public static void add(FoundInstances found, @Nullable Object entry) {
    try {
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
    } catch (IllegalArgumentException | ClassCastException e) {
      found.leaveOut(String.valueOf(e.getMessage()));
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
