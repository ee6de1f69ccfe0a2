package dev.gatehouse.runtime.settings;

import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out which settings the keys of a source mean; keys that mean none are problems. */
final class KeyReader {
  static final String VARIABLE_PREFIX = "GATEHOUSE_";
  static final String PROPERTY_PREFIX = "gatehouse.";
  /** Says where the configuration file is, and is no part of it. */
  static final String FILE_VARIABLE = VARIABLE_PREFIX + "CONFIG";

  /** What Kubernetes and Docker set for a service that happens to be called gatehouse. */
  private static final Pattern SERVICE_LINK = Pattern.compile(
      "GATEHOUSE_([A-Z0-9_]+_)?(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)?)");

  private final Catalogue catalogue;
  private final Map<Section, Set<String>> names;
  private final Values values;

  /**
   * @param names what the program calls its BFFs and services, to understand environment variables
   */
  KeyReader(Catalogue catalogue, Map<Section, Set<String>> names, Values values) {
    this.catalogue = catalogue;
    this.names = names;
    this.values = values;
  }

  /**
   * Reads a tree of objects.
   *
   * @param origins where each key stands
   */
  void tree(JsonObject tree, Function<List<String>, Origin> origins) {
    for (Map.Entry<String, Object> entry : tree) {
      String top = entry.getKey();
      Section section = sectionNamed(top);
      if (section == Section.PROCESS) {
        setting(section, "", List.of(), top, entry.getValue(), origins);
      } else if (entry.getValue() instanceof JsonObject content) {
        if (section.isNamed()) {
          named(section, content, origins);
        } else {
          group(section, "", List.of(top), "", content, origins);
        }
      } else if (entry.getValue() != null) {
        values.problem(
            origins.apply(List.of(top)),
            top + ": " + entry.getValue() + " (expected: keys below it)");
      }
    }
  }

  private void named(Section section, JsonObject content, Function<List<String>, Origin> origins) {
    for (Map.Entry<String, Object> entry : content) {
      List<String> path = List.of(section.label(), entry.getKey());
      values.mention(section, entry.getKey());
      if (entry.getValue() instanceof JsonObject settings) {
        group(section, entry.getKey(), path, "", settings, origins);
      } else if (entry.getValue() != null) {
        values.problem(
            origins.apply(path),
            String.join(".", path) + ": " + entry.getValue() + " (expected: keys below it, such as "
                + catalogue.known(section, entry.getKey()).get(0) + ")");
      }
    }
  }

  private void group(
      Section section,
      String name,
      List<String> path,
      String prefix,
      JsonObject content,
      Function<List<String>, Origin> origins) {
    for (Map.Entry<String, Object> entry : content) {
      setting(section, name, path, prefix + entry.getKey(), entry.getValue(), origins);
    }
  }

  private void setting(
      Section section,
      String name,
      List<String> above,
      String leaf,
      @Nullable Object value,
      Function<List<String>, Origin> origins) {
    List<String> path = append(above, leaf.substring(leaf.lastIndexOf('.') + 1));
    Optional<Setting<?>> setting = catalogue.find(section, leaf);
    if (setting.isPresent()) {
      if (value != null) {
        values.put(setting.get(), name, value, origins.apply(path));
      }
    } else if (catalogue.isGroup(section, leaf) && (value == null || value instanceof JsonObject)) {
      if (value instanceof JsonObject content) {
        group(section, name, path, leaf + ".", content, origins);
      }
    } else {
      unknown(section, name, section.key(name, leaf), origins.apply(path));
    }
  }

  /** Reads one key with dots, such as {@code services.catalog.endpoints}. */
  void dotted(String key, Object value, Origin origin) {
    int dot = key.indexOf('.');
    Section section = dot < 0 ? Section.PROCESS : sectionNamed(key.substring(0, dot));
    String rest = section == Section.PROCESS ? key : key.substring(dot + 1);
    Optional<Setting<?>> setting =
        section.isNamed() ? catalogue.suffixOf(section, rest, '.') : catalogue.find(section, rest);
    if (setting.isEmpty() && section == Section.PROCESS && dot >= 0) {
      unknownSection(key, dot, origin);
    } else if (setting.isEmpty()) {
      int end = rest.indexOf('.');
      unknown(section, end < 0 ? rest : rest.substring(0, end), key, origin);
    } else {
      String name = section.isNamed()
          ? rest.substring(0, rest.length() - setting.get().leaf().length() - 1)
          : "";
      values.put(setting.get(), name, value, origin);
    }
  }

  /** Reads an environment variable, such as {@code GATEHOUSE_SERVICES_CATALOG_ENDPOINTS}; others than Gatehouse's are none of ours. */
  void variable(String variable, Object value) {
    if (!variable.startsWith(VARIABLE_PREFIX) || variable.equals(FILE_VARIABLE)) {
      return;
    }
    String text = variable.substring(VARIABLE_PREFIX.length());
    for (Section section : Section.values()) {
      Optional<Setting<?>> setting = settingOf(section, text);
      if (setting.isPresent()) {
        String name = section.isNamed() ? nameIn(section, text, setting.get()) : "";
        values.put(setting.get(), name, value, Origin.environment(variable));
        return;
      }
    }
    if (!SERVICE_LINK.matcher(variable).matches()) {
      values.problem(
          Origin.environment(variable),
          "no key is called so (nearest known: " + nearestVariable(variable) + ")");
    }
  }

  private Optional<Setting<?>> settingOf(Section section, String text) {
    if (!section.isNamed()) {
      return catalogue.settings().stream()
          .filter(setting -> setting.section() == section
              && Catalogue.variable(setting.key("")).equals(text))
          .findFirst();
    }
    String prefix = Catalogue.variable(section.label()) + "_";
    return text.startsWith(prefix)
        ? catalogue
            .suffixOf(section, text.substring(prefix.length()), '_')
            .filter(setting -> !nameText(section, text, setting).isEmpty())
        : Optional.empty();
  }

  private static String nameText(Section section, String text, Setting<?> setting) {
    int end = text.length() - setting.leaf().length() - 1;
    return text.substring(Math.min(section.label().length() + 1, end), end);
  }

  /** Several names look alike in capitals: the one that is known is meant, else the one with hyphens. */
  private String nameIn(Section section, String text, Setting<?> setting) {
    String name = nameText(section, text, setting);
    return known(section).stream()
        .filter(known -> Catalogue.variable(known).equals(name))
        .findFirst()
        .orElseGet(() -> name.toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private Collection<String> known(Section section) {
    Set<String> known = new TreeSet<>(names.getOrDefault(section, Set.of()));
    known.addAll(values.names(section));
    return known;
  }

  private String nearestVariable(String variable) {
    List<String> candidates = catalogue.settings().stream()
        .flatMap(setting -> (setting.section().isNamed() ? known(setting.section()) : List.of(""))
            .stream().map(setting::key))
        .map(key -> VARIABLE_PREFIX + Catalogue.variable(key))
        .toList();
    return Nearest.to(variable, candidates).orElse(VARIABLE_PREFIX + "DRAIN");
  }

  private void unknown(Section section, String name, String key, Origin origin) {
    String nearest = Nearest.to(key, catalogue.known(section, name))
        .map(known -> " (nearest known: " + known + ")")
        .orElse("");
    values.problem(origin, key + ": unknown key" + nearest);
  }

  private void unknownSection(String key, int dot, Origin origin) {
    List<String> labels = Stream.of(Section.values())
        .map(Section::label)
        .filter(label -> !label.isEmpty())
        .toList();
    String nearest = Nearest.to(key.substring(0, dot), labels).orElseThrow() + key.substring(dot);
    values.problem(origin, key + ": unknown key (nearest known: " + nearest + ")");
  }

  private static Section sectionNamed(String label) {
    for (Section section : Section.values()) {
      if (section.label().equals(label)) {
        return section;
      }
    }
    return Section.PROCESS;
  }

  private static List<String> append(List<String> path, String last) {
    return Stream.concat(path.stream(), Stream.of(last)).toList();
  }
}
