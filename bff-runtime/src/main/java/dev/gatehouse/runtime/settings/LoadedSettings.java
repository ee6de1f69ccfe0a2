package dev.gatehouse.runtime.settings;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The configuration, and where each value came from. Immutable. */
public final class LoadedSettings {
  private final GatehouseSettings settings;
  private final List<EffectiveValue> values;
  private final Map<String, Object> typed;
  private final SettingsFile file;

  /**
   * @param values every key that is in use, in the tree's order
   * @param typed by key, what is not the default; secrets are not masked
   */
  LoadedSettings(
      GatehouseSettings settings,
      List<EffectiveValue> values,
      Map<String, Object> typed,
      SettingsFile file) {
    this.settings = settings;
    this.values = List.copyOf(values);
    this.typed = Map.copyOf(typed);
    this.file = file;
  }

  public GatehouseSettings settings() {
    return settings;
  }

  /** The file that was read, or would have been. */
  public SettingsFile file() {
    return file;
  }

  /**
   * The keys whose values, secrets too, are other ones than before; of a BFF or a service that only one of the two knows, the key
   * above them all. Sorted.
   */
  public Set<String> changedSince(LoadedSettings before) {
    Set<String> changed = new TreeSet<>();
    names(
        changed,
        "services.",
        settings.services().keySet(),
        before.settings.services().keySet());
    names(changed, "bffs.", settings.bffs().keySet(), before.settings.bffs().keySet());
    Set<String> above = Set.copyOf(changed);
    Set<String> keys = new TreeSet<>(typed.keySet());
    keys.addAll(before.typed.keySet());
    for (String key : keys) {
      if (!Objects.equals(typed.get(key), before.typed.get(key))
          && above.stream().noneMatch(name -> key.startsWith(name + "."))) {
        changed.add(key);
      }
    }
    return changed;
  }

  private static void names(
      Set<String> changed, String section, Collection<String> now, Collection<String> before) {
    now.stream()
        .filter(name -> !before.contains(name))
        .forEach(name -> changed.add(section + name));
    before.stream()
        .filter(name -> !now.contains(name))
        .forEach(name -> changed.add(section + name));
  }

  /** Whether a key is about a service's policy or its endpoints, which may change while the process runs. */
  public static boolean isImmediate(String key) {
    String services = Section.SERVICE.label() + ".";
    return key.equals(ProcessKeys.ZONE.key(""))
        || key.equals(CacheKeys.STORE.key(""))
        || (key.startsWith(services)
            && Catalogue.ALL
                .suffixOf(Section.SERVICE, key.substring(services.length()), '.')
                .filter(setting ->
                    setting.equals(ServiceKeys.ENDPOINTS) || ServiceKeys.POLICY.contains(setting))
                .isPresent());
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
