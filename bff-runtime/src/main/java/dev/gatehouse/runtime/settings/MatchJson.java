package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.policy.RoutePolicy.Match;
import dev.gatehouse.runtime.policy.RoutePolicy.TextMatch;
import dev.gatehouse.runtime.policy.RoutePolicy.TextMatch.Kind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads which calls a routing rule fits. */
final class MatchJson {
  private static final int LONGEST_REGEX = 256;
  private static final Name HEADER = new Name(
      Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}"), "the name of a header or cookie");
  private static final Name CLAIM = new Name(
      Pattern.compile("[^\\s\\p{Cntrl}]{1,200}"),
      "the name of a claim, such as tier or realm.roles");

  /** What names are like. */
  private record Name(Pattern form, String expected) {}

  private final JsonProblems problems;

  MatchJson(JsonProblems problems) {
    this.problems = problems;
  }

  Match match(@Nullable Object value, List<Object> at) {
    if (value == null
        || !(problems.object(value, at, "conditions, such as {\"operation\": \"GET /prices\"}")
            instanceof JsonObject json)) {
      return Match.ALL;
    }
    problems.known(json, at, "operation", "path", "headers", "cookies", "subject", "claims");
    return new Match(
        operations(json.getValue("operation"), JsonProblems.below(at, "operation")),
        text(json.getValue("path"), JsonProblems.below(at, "path")),
        lowerCase(texts(json.getValue("headers"), JsonProblems.below(at, "headers"), HEADER)),
        texts(json.getValue("cookies"), JsonProblems.below(at, "cookies"), HEADER),
        text(json.getValue("subject"), JsonProblems.below(at, "subject")),
        texts(json.getValue("claims"), JsonProblems.below(at, "claims"), CLAIM));
  }

  private Set<String> operations(@Nullable Object value, List<Object> at) {
    Set<String> names = new LinkedHashSet<>();
    JsonArray list = value instanceof JsonArray several
        ? several
        : value == null ? new JsonArray() : JsonArray.of(value);
    for (Object each : list) {
      if (each instanceof String name && !name.isBlank()) {
        names.add(name);
      } else {
        problems.add(at, each, "an operation's name, such as GET /prices/{sku}, or a list of them");
      }
    }
    return names;
  }

  private Map<String, TextMatch> texts(@Nullable Object value, List<Object> at, Name names) {
    Map<String, TextMatch> matches = new LinkedHashMap<>();
    if (value != null
        && problems.object(value, at, "names with conditions, such as {\"x-canary\": \"1\"}")
            instanceof JsonObject json) {
      for (String name : json.fieldNames()) {
        List<Object> below = JsonProblems.below(at, name);
        TextMatch match = text(json.getValue(name), below);
        if (!names.form().matcher(name).matches()) {
          problems.add(below, name, names.expected());
        } else if (match == null) {
          problems.add(below, null, "a text, or one of exact, prefix, regex, present");
        } else {
          matches.put(name, match);
        }
      }
    }
    return matches;
  }

  private static Map<String, TextMatch> lowerCase(Map<String, TextMatch> matches) {
    Map<String, TextMatch> lower = new LinkedHashMap<>();
    matches.forEach((name, match) -> lower.put(name.toLowerCase(Locale.ROOT), match));
    return lower;
  }

  /** A text is compared as it is; an object says how. */
  private @Nullable TextMatch text(@Nullable Object value, List<Object> at) {
    if (value == null) {
      return null;
    }
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return new TextMatch(Kind.EXACT, String.valueOf(value));
    }
    if (value instanceof JsonObject json && json.size() == 1) {
      String kind = json.fieldNames().iterator().next();
      Object given = json.getValue(kind);
      if (kind.equals("present") && Boolean.TRUE.equals(given)) {
        return new TextMatch(Kind.PRESENT, "");
      }
      if (kind.equals("exact") || kind.equals("prefix")) {
        return new TextMatch(Kind.valueOf(kind.toUpperCase(Locale.ROOT)), String.valueOf(given));
      }
      if (kind.equals("regex")) {
        return regex(String.valueOf(given), JsonProblems.below(at, kind));
      }
    }
    problems.add(
        at,
        value,
        "a text, {\"exact\": …}, {\"prefix\": …}, {\"regex\": …} or {\"present\": true}");
    return null;
  }

  private TextMatch regex(String text, List<Object> at) {
    try {
      Pattern.compile(text);
      if (text.length() > LONGEST_REGEX) {
        problems.add(
            at, text.length() + " characters", "a regular expression of at most " + LONGEST_REGEX);
      }
    } catch (PatternSyntaxException e) {
      problems.add(at, text, "a regular expression; " + e.getDescription());
    }
    return new TextMatch(Kind.REGEX, text);
  }
}
