package dev.gatehouse.runtime.settings;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a value may look like. Sources give text, or what YAML and JSON make of it: numbers, booleans and lists.
 *
 * @param name one or two words for documentation, such as {@code duration}
 * @param expected what messages say was expected, such as {@code 0 to 65535}
 * @param parser the value, or null where it does not fit; an {@link IllegalArgumentException} says more than {@code expected}
 * @param printer as it would be written
 */
record ValueType<T>(
    String name,
    String expected,
    Function<Object, @Nullable T> parser,
    Function<T, String> printer) {

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException telling the value and what was expected
   */
  T read(Object raw) {
    T value = parser.apply(raw);
    if (value == null) {
      throw new IllegalArgumentException(text(raw) + " (expected: " + expected + ")");
    }
    return value;
  }

  String show(T value) {
    return printer.apply(value);
  }

  private static String text(Object raw) {
    String text = String.valueOf(raw);
    return text.isBlank() ? "\"" + text + "\"" : text;
  }
}
