package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.discovery.SourceSettings;
import dev.gatehouse.runtime.discovery.file.FileSettings;
import dev.gatehouse.runtime.settings.DiscoveryKeys.Type;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the sources of instances are. Nothing here is dialled unless a service names its type. */
final class SourceKeys {
  private static final Pattern PATH = Pattern.compile("\\P{Cntrl}+");

  static final Setting<List<String>> FILE = process(
      "file",
      texts("list of paths", "paths of YAML or JSON files", PATH),
      null,
      "Files that list the instances of services of type `file`; changes are followed within a second.");

  static final List<Setting<?>> ALL = List.of(FILE);

  private SourceKeys() {}

  /** The source of a type; null where what it needs is missing, which is a problem then. */
  static @Nullable SourceSettings read(Values values, String service, Type type) {
    return switch (type) {
      case FILE -> {
        List<String> paths = needed(values, FILE, service, type);
        yield paths == null ? null : new FileSettings(paths, FileSettings.EVERY);
      }
    };
  }

  private static <T> @Nullable T needed(
      Values values, Setting<T> setting, String service, Type type) {
    T value = values.find(setting, "");
    if (value == null) {
      values.problem(setting.key("") + ": missing (expected: " + setting.type().expected()
          + ", for " + DiscoveryKeys.TYPE.key(service) + ": "
          + DiscoveryKeys.TYPE.type().show(type) + ")");
    }
    return value;
  }

  private static ValueType<List<String>> texts(String name, String expected, Pattern pattern) {
    return ValueTypes.list(
        name,
        expected,
        text -> {
          if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
          }
          return text;
        },
        Function.identity(),
        List::copyOf);
  }

  private static <T> Setting<T> process(
      String leaf, ValueType<T> type, @Nullable T byDefault, String description) {
    return Setting.of(Section.DISCOVERY, leaf, type, byDefault, description);
  }
}
