package dev.gatehouse.runtime.settings;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with a JSON document, by where it is. */
public final class JsonProblems {
  private static final int LONGEST = 100;

  private final List<Problem> all = new ArrayList<>();

  /**
   * One thing that is wrong.
   *
   * @param at names of members and indexes of elements, the outermost first
   * @param text what was found, and what was expected
   */
  public record Problem(List<Object> at, String text) {
    /** Such as {@code [1].split[0].weight: -3 (expected: 0 to 1000000)}. */
    @Override
    public String toString() {
      StringBuilder place = new StringBuilder();
      for (Object step : at) {
        place.append(step instanceof Integer ? "[" + step + "]" : "." + step);
      }
      return place + ": " + text;
    }

    /** Where it is, as a JSON pointer (RFC 6901). */
    public String pointer() {
      StringBuilder pointer = new StringBuilder();
      for (Object step : at) {
        pointer.append('/').append(step.toString().replace("~", "~0").replace("/", "~1"));
      }
      return pointer.toString();
    }
  }

  JsonProblems() {}

  List<Problem> all() {
    return all;
  }

  static List<Object> below(List<Object> at, Object step) {
    List<Object> path = new ArrayList<>(at);
    path.add(step);
    return path;
  }

  void add(List<Object> at, @Nullable Object found, String expected) {
    String text =
        found == null ? "nothing" : found instanceof String given ? given : encoded(found);
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    all.add(new Problem(
        at, (shown.isBlank() ? "\"" + shown + "\"" : shown) + " (expected: " + expected + ")"));
  }

  private static String encoded(Object value) {
    String list = JsonArray.of(value).encode();
    return list.substring(1, list.length() - 1);
  }

  /** The value, where it is an object; else null, and that is a problem. */
  @Nullable Object object(@Nullable Object value, List<Object> at, String expected) {
    if (value instanceof JsonObject object) {
      return object;
    }
    add(at, value, expected);
    return null;
  }

  void known(JsonObject object, List<Object> at, String... known) {
    for (String name : object.fieldNames()) {
      if (!Arrays.asList(known).contains(name)) {
        all.add(new Problem(
            below(at, name), "unknown key (expected: one of " + String.join(", ", known) + ")"));
      }
    }
  }

  /** A member's text; null where it is not there, or does not fit, which is a problem. */
  @Nullable String text(JsonObject object, List<Object> at, String name, Pattern pattern, String expected) {
    Object value = object.getValue(name);
    if (value == null) {
      return null;
    }
    if (value instanceof String text && pattern.matcher(text).matches()) {
      return text;
    }
    add(below(at, name), value, expected);
    return null;
  }

  int number(JsonObject object, List<Object> at, String name, int least, int most, int byDefault) {
    Object value = object.getValue(name, byDefault);
    if (value instanceof Integer number && number >= least && number <= most) {
      return number;
    }
    add(below(at, name), value, least + " to " + most);
    return byDefault;
  }
}
