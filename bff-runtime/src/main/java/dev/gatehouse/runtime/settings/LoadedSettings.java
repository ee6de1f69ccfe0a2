package dev.gatehouse.runtime.settings;

import java.util.List;

/**
 * The configuration, and where each value came from.
 *
 * @param values every key that is in use, in the tree's order
 */
public record LoadedSettings(GatehouseSettings settings, List<EffectiveValue> values) {
  public LoadedSettings {
    values = List.copyOf(values);
  }

  /** One line per key: the value, masked where it is secret, and its origin. */
  public String text() {
    int width = values.stream()
        .mapToInt(value -> value.key().length() + value.value().length() + 2)
        .filter(length -> length < 80)
        .max()
        .orElse(0);
    StringBuilder text = new StringBuilder();
    for (EffectiveValue value : values) {
      String pair = value.key() + ": " + value.value();
      text.append(pair)
          .append(" ".repeat(Math.max(0, width - pair.length())))
          .append("  # ")
          .append(value.origin())
          .append('\n');
    }
    return text.toString();
  }
}
