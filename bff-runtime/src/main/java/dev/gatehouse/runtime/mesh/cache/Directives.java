package dev.gatehouse.runtime.mesh.cache;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The directives of {@code Cache-Control} (RFC 9111, section 5.2; RFC 5861). Immutable. */
final class Directives {
  private static final long MOST_SECONDS = 1L << 31;

  private final Map<String, String> all = new HashMap<>();

  /**
   * @param values of all lines of the header
   */
  Directives(List<String> values) {
    for (String value : values) {
      parse(value);
    }
  }

  private void parse(String value) {
    int at = 0;
    while (at < value.length()) {
      int end = at;
      boolean quoted = false;
      while (end < value.length() && (quoted || value.charAt(end) != ',')) {
        char c = value.charAt(end);
        if (c == '\\' && quoted) {
          end++;
        } else if (c == '"') {
          quoted = !quoted;
        }
        end++;
      }
      end = Math.min(end, value.length());
      directive(value.substring(at, end).strip());
      at = end + 1;
    }
  }

  private void directive(String text) {
    int equals = text.indexOf('=');
    String name = (equals < 0 ? text : text.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
    String argument = equals < 0 ? "" : text.substring(equals + 1).strip();
    if (argument.length() > 1 && argument.startsWith("\"") && argument.endsWith("\"")) {
      argument = argument.substring(1, argument.length() - 1);
    }
    if (!name.isEmpty()) {
      all.merge(name, argument, Directives::careful);
    }
  }

  /** Of a directive that is given twice, the one that allows less. */
  private static String careful(String first, String second) {
    Long one = number(first);
    Long other = number(second);
    return one == null || (other != null && one <= other) ? first : second;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  boolean has(String name) {
    return all.containsKey(name);
  }

  /** Seconds; 0, which is the careful reading, where they are no number; -1 where the directive is not there. */
  long seconds(String name) {
    String argument = all.get(name);
    if (argument == null) {
      return -1;
    }
    Long number = number(argument);
    return number == null ? 0 : number;
  }

  private static @Nullable Long number(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    return text.length() > 10 ? MOST_SECONDS : Math.min(MOST_SECONDS, Long.parseLong(text));
  }
}
