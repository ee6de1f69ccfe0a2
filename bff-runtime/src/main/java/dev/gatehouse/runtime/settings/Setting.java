package dev.gatehouse.runtime.settings;

import org.jspecify.annotations.Nullable;

/**
 * One key of the configuration: all that is to be known about it.
 *
 * @param leaf its name in its section, such as {@code listener.port}
 * @param byDefault what holds where it is not given; null for nothing
 * @param description one sentence for people, in Markdown
 * @param secret whether its value must not be shown
 */
record Setting<T>(
    Section section,
    String leaf,
    ValueType<T> type,
    @Nullable T byDefault,
    String description,
    boolean secret) {

  static <T> Setting<T> of(
      Section section, String leaf, ValueType<T> type, @Nullable T byDefault, String description) {
    return new Setting<>(section, leaf, type, byDefault, description, false);
  }

  String key(String name) {
    return section.key(name, leaf);
  }

  /** What holds where it is not given, as it would be written; empty for nothing. */
  String defaultText() {
    return byDefault == null ? "" : type.show(byDefault);
  }
}
