package dev.gatehouse.runtime.door.answer;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request says of media types: {@code Accept} and {@code Content-Type} (RFC 9110, sections 12.5.1 and 8.3). */
public final class MediaRange {
  private static final int SPECIFIC = 3;

  private MediaRange() {}

  /**
   * Whether an {@code Accept} header lets an answer of a media type pass. The most specific range that fits decides; parameters
   * such as {@code charset} do not, as JSON has none.
   *
   * @param accept null where there is no such header: then everything passes, as it does with one that cannot be read
   * @param type such as {@code application/json}
   */
  public static boolean accepts(@Nullable String accept, String type) {
    return accept == null
        || accept.equals("*/*")
        || accept.equals(type)
        || quality(accept, type) > 0;
  }

  /**
   * How much an {@code Accept} header wants a media type: 0 for not at all, 1 for most. The most specific range that fits decides.
   *
   * @param type such as {@code application/json}
   */
  public static double quality(String accept, String type) {
    if (accept.isBlank()) {
      return 1;
    }
    int best = 0;
    double quality = 0;
    int from = 0;
    while (from <= accept.length()) {
      int to = end(accept, from);
      String range = accept.substring(from, to);
      int specificity = specificity(name(range), type);
      if (specificity > best || (specificity == best && specificity > 0)) {
        double wanted = weight(range);
        quality = specificity > best ? wanted : Math.max(quality, wanted);
        best = specificity;
      }
      from = to + 1;
    }
    return quality;
  }

  /** Whether a {@code Content-Type} is JSON in the only encoding that JSON has on the wire. */
  public static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    if (contentType.equals("application/json")) {
      return true;
    }
    if (!name(contentType).equals("application/json")) {
      return false;
    }
    String charset = parameter(contentType, "charset");
    return charset == null
        || charset.equalsIgnoreCase("utf-8")
        || charset.equalsIgnoreCase("\"utf-8\"");
  }

  /** Where one element of a list ends; a comma in quotes is none. */
  private static int end(String list, int from) {
    boolean quoted = false;
    for (int i = from; i < list.length(); i++) {
      char c = list.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        return i;
      }
    }
    return list.length();
  }

  private static String name(String range) {
    int semicolon = range.indexOf(';');
    return (semicolon < 0 ? range : range.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
  }

  private static int specificity(String range, String type) {
    if (range.equals(type)) {
      return SPECIFIC;
    }
    if (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1))) {
      return 2;
    }
    return range.equals("*/*") ? 1 : 0;
  }

  private static double weight(String range) {
    String q = parameter(range, "q");
    if (q == null) {
      return 1;
    }
    try {
      return Double.parseDouble(q);
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  private static @Nullable String parameter(String range, String name) {
    int semicolon = range.indexOf(';');
    while (semicolon >= 0) {
      int next = range.indexOf(';', semicolon + 1);
      String parameter =
          range.substring(semicolon + 1, next < 0 ? range.length() : next).trim();
      int equals = parameter.indexOf('=');
      if (equals > 0 && parameter.substring(0, equals).trim().equalsIgnoreCase(name)) {
        return parameter.substring(equals + 1).trim();
      }
      semicolon = next;
    }
    return null;
  }
}
