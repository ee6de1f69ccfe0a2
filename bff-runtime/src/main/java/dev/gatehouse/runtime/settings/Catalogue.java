package dev.gatehouse.runtime.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All settings there are. Immutable. */
final class Catalogue {
  static final Catalogue ALL = new Catalogue(Stream.of(
          ProcessKeys.ALL,
          MeshKeys.ALL,
          TlsKeys.ALL,
          DiscoveryKeys.ALL,
          CacheKeys.PROCESS,
          BffKeys.ALL,
          GraphqlKeys.ALL,
          SubscriptionKeys.ALL,
          DocumentKeys.ALL,
          RateKeys.ALL,
          ServiceKeys.ALL)
      .<Setting<?>>flatMap(List::stream)
      .toList());

  private final List<Setting<?>> settings;

  Catalogue(List<Setting<?>> settings) {
    this.settings = List.copyOf(settings);
  }

  List<Setting<?>> settings() {
    return settings;
  }

  Optional<Setting<?>> find(Section section, String leaf) {
    return in(section).filter(setting -> setting.leaf().equals(leaf)).findFirst();
  }

  /** Whether some keys of the section begin so. */
  boolean isGroup(Section section, String leaf) {
    return in(section).anyMatch(setting -> setting.leaf().startsWith(leaf + "."));
  }

  /** The setting of a section with which a text ends, after a separator; the longest where there are several. */
  Optional<Setting<?>> suffixOf(Section section, String text, char separator) {
    return in(section)
        .filter(setting -> text.endsWith(
            separator + (separator == '_' ? variable(setting.leaf()) : setting.leaf())))
        .max(Comparator.comparingInt(setting -> setting.leaf().length()));
  }

  /** Every key and group of a section, to find the one that was meant. */
  List<String> known(Section section, String name) {
    Set<String> known = new LinkedHashSet<>();
    in(section).forEach(setting -> {
      for (int dot = setting.leaf().indexOf('.');
          dot >= 0;
          dot = setting.leaf().indexOf('.', dot + 1)) {
        known.add(section.key(name, setting.leaf().substring(0, dot)));
      }
      known.add(setting.key(name));
    });
    if (section == Section.PROCESS) {
      Stream.of(Section.values())
          .map(Section::label)
          .filter(label -> !label.isEmpty())
          .forEach(known::add);
    }
    return new ArrayList<>(known);
  }

  private Stream<Setting<?>> in(Section section) {
    return settings.stream().filter(setting -> setting.section() == section);
  }

  /** A key as part of an environment variable's name: {@code max-connections} is {@code MAX_CONNECTIONS}. */
  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
