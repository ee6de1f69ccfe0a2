package dev.gatehouse.runtime.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What all sources gave together, the strongest for each key, and everything that is wrong with it. */
final class Values {
  private record Given(Object raw, Origin origin) {}

  private final Map<String, Given> given = new HashMap<>();
  private final Map<Section, Set<String>> names = new HashMap<>();
  private final List<EffectiveValue> effective = new ArrayList<>();
  private final Map<String, Object> typed = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /** Gives a value, replacing what weaker sources gave. */
  void put(Setting<?> setting, String name, Object raw, Origin origin) {
    given.put(setting.key(name), new Given(raw, origin));
    mention(setting.section(), name);
  }

  /** Makes a name known, even if no value stands under it. */
  void mention(Section section, String name) {
    names.computeIfAbsent(section, any -> new TreeSet<>()).add(name);
  }

  /** The names that stand in a section, sorted. */
  Set<String> names(Section section) {
    return names.getOrDefault(section, Set.of());
  }

  /** Whether anything was given under a name. */
  boolean isMentioned(Section section, String name) {
    return names(section).contains(name);
  }

  void problem(Origin origin, String problem) {
    problems.add(Masking.mask(origin.text() + ": " + problem));
  }

  void problem(String problem) {
    problems.add(Masking.mask(problem));
  }

  /**
   * Something is wrong with a part of a value.
   *
   * @param rest follows the key, such as {@code [1].weight: -3 (expected: …)}
   */
  void problem(Setting<?> setting, String name, String rest) {
    String key = setting.key(name);
    Given entry = given.get(key);
    if (entry == null) {
      problem(key + rest);
    } else {
      problem(entry.origin(), key + rest);
    }
  }

  List<String> problems() {
    return problems;
  }

  /** Every value that was asked for, in that order. */
  List<EffectiveValue> effective() {
    return effective;
  }

  /** By key, every value that was asked for and is not the default; secrets are not masked. */
  Map<String, Object> typed() {
    return typed;
  }

  /** The value of a setting that has a default. */
  <T> T get(Setting<T> setting, String name) {
    T value = find(setting, name);
    if (value == null) {
      throw new IllegalStateException(setting.key(name) + ": has no default (expected: one)");
    }
    return value;
  }

  /** The value of a setting, else that of another for the whole process. */
  <T> T get(Setting<T> setting, String name, Setting<T> process) {
    T value = find(setting, name);
    return value != null ? value : get(process, "");
  }

  /** The value of a setting, else that of another for the whole process, else null. */
  <T> @Nullable T find(Setting<T> setting, String name, Setting<T> process) {
    T value = find(setting, name);
    return value != null ? value : find(process, "");
  }

  /** The value of a setting that must be given; null where it is not, which is a problem then. */
  <T> @Nullable T require(Setting<T> setting, String name) {
    if (!given.containsKey(setting.key(name))) {
      problem(setting.key(name) + ": missing (expected: " + setting.type().expected() + ")");
    }
    return find(setting, name);
  }

  /** The value, else the default, else null. One that does not fit is a problem, and the default holds. */
  <T> @Nullable T find(Setting<T> setting, String name) {
    String key = setting.key(name);
    Given entry = given.get(key);
    if (entry != null) {
      try {
        T value = setting.type().read(entry.raw());
        if (value != null && !value.equals(setting.byDefault())) {
          typed.put(key, value);
        }
        show(setting, key, setting.type().show(value), entry.origin());
        return value;
      } catch (IllegalArgumentException e) {
        String found =
            setting.secret() ? "*** (expected: " + setting.type().expected() + ")" : e.getMessage();
        problem(entry.origin(), key + ": " + found);
      }
    } else {
      show(setting, key, setting.defaultText(), Origin.DEFAULT);
    }
    return setting.byDefault();
  }

  private void show(Setting<?> setting, String key, String value, Origin origin) {
    String shown = setting.secret() && !value.isEmpty() ? Masking.MASK : Masking.mask(value);
    effective.add(new EffectiveValue(key, shown, origin.text()));
  }
}
