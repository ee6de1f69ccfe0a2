package dev.gatehouse.rest.internal.routing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The path of a route, such as {@code /api/carts/{cart}/lines}: literal segments, and variables that each fill a whole segment.
 * Immutable.
 *
 * @param source as written
 */
public record PathTemplate(String source, List<Segment> segments) {

  /**
   * @param text a literal's decoded text, or a variable's name
   */
  public record Segment(boolean isVariable, String text) {}

  public PathTemplate {
    segments = List.copyOf(segments);
  }

  /**
   * Parses a template.
   *
   * @throws IllegalArgumentException saying what is wrong, what is expected and the mend, where the text is no template
   */
  public static PathTemplate parse(String source) {
    if (!source.startsWith("/")) {
      throw wrong(source, "a path begins with a slash", "/" + source);
    }
    if (source.equals("/")) {
      return new PathTemplate(source, List.of());
    }
    if (source.indexOf('?') >= 0 || source.indexOf('#') >= 0) {
      throw wrong(
          source,
          "a path only; query parameters come from the input's components by themselves",
          source.split("[?#]", 2)[0]);
    }
    List<Segment> segments = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (String raw : source.substring(1).split("/", -1)) {
      Segment segment = segment(source, raw);
      if (segment.isVariable() && !names.add(segment.text())) {
        throw new IllegalArgumentException("path \"" + source + "\": variable {" + segment.text()
            + "} stands twice (expected: each variable once)");
      }
      segments.add(segment);
    }
    return new PathTemplate(source, segments);
  }

  /** The names of the variables, in order. */
  public List<String> variables() {
    return segments.stream().filter(Segment::isVariable).map(Segment::text).toList();
  }

  /** The template with its variables' names left out: two routes of equal shape match the same paths. */
  public String shape() {
    StringBuilder shape = new StringBuilder();
    for (Segment segment : segments) {
      shape.append('/').append(segment.isVariable() ? "{}" : segment.text());
    }
    return shape.isEmpty() ? "/" : shape.toString();
  }

  private static Segment segment(String source, String raw) {
    if (raw.isEmpty()) {
      throw new IllegalArgumentException(
          "path \"" + source
              + "\": an empty segment (expected: text or a variable between slashes, no slash at the end)");
    }
    if (raw.startsWith("{") && raw.endsWith("}")) {
      String name = raw.substring(1, raw.length() - 1);
      if (!isName(name)) {
        throw new IllegalArgumentException("path \"" + source + "\": variable {" + name
            + "} (expected: the name of an input component, of letters, digits and _)");
      }
      return new Segment(true, name);
    }
    if (raw.indexOf('{') >= 0 || raw.indexOf('}') >= 0) {
      throw new IllegalArgumentException("path \"" + source + "\": segment \"" + raw
          + "\" (expected: a variable fills a whole segment, such as /{id}/)");
    }
    String text = PercentDecoder.segment(raw, 0, raw.length());
    if (text == null) {
      throw new IllegalArgumentException("path \"" + source + "\": segment \"" + raw
          + "\" (expected: RFC 3986 path characters, others percent-encoded once, no dot segment)");
    }
    return new Segment(false, text);
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c == '_' || c == '-' || Character.isLetterOrDigit(c));
  }

  private static IllegalArgumentException wrong(String source, String expected, String mend) {
    return new IllegalArgumentException(
        "path \"" + source + "\" (expected: " + expected + "; write \"" + mend + "\")");
  }

  @Override
  public String toString() {
    return source;
  }
}
