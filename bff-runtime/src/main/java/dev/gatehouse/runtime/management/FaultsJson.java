package dev.gatehouse.runtime.management;

import dev.gatehouse.runtime.door.Problem.Fault;
import dev.gatehouse.runtime.door.Problem.In;
import dev.gatehouse.runtime.policy.FaultPolicy;
import dev.gatehouse.runtime.policy.FaultPolicy.Abort;
import dev.gatehouse.runtime.policy.FaultPolicy.HeaderMatch;
import dev.gatehouse.runtime.policy.FaultPolicy.Rule;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Faults to be injected as an operator writes them: everything that is wrong with them is told at once. For one use. */
final class FaultsJson {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
  private static final int MOST_RULES = 50;
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}) ?(ms|s|m|h)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L);
  private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

  private final List<Fault> wrong = new ArrayList<>();

  /** What is wrong; empty where all is well. */
  List<Fault> wrong() {
    return wrong;
  }

  /**
   * Reads a document such as {@code {"for": "10m", "rules": [{"percent": 10, "abort": 503}]}}.
   *
   * @return of use only where nothing is {@link #wrong()}
   */
  FaultPolicy read(JsonObject document, Instant now) {
    known(document, "", List.of("for", "rules"));
    Duration duration = duration(document.getValue("for"), "/for", LONGEST, "10m");
    return new FaultPolicy(
        rules(document.getValue("rules")), now.plus(duration == null ? Duration.ZERO : duration));
  }

  private List<Rule> rules(@Nullable Object value) {
    if (!(value instanceof JsonArray array) || array.isEmpty() || array.size() > MOST_RULES) {
      wrong("/rules", value, "1 to " + MOST_RULES + " rules, such as [{\"abort\": 503}]");
      return List.of();
    }
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      if (array.getValue(i) instanceof JsonObject rule) {
        rules.add(rule(rule, "/rules/" + i));
      } else {
        wrong("/rules/" + i, array.getValue(i), "an object such as {\"abort\": 503}");
      }
    }
    return rules;
  }

  private Rule rule(JsonObject rule, String at) {
    known(rule, at, List.of("operation", "header", "percent", "delay", "abort"));
    if (!rule.containsKey("delay") && !rule.containsKey("abort")) {
      wrong.add(new Fault(In.BODY, at, "no fault (expected: delay, abort, or both)"));
    }
    Duration delay = rule.containsKey("delay")
        ? duration(rule.getValue("delay"), at + "/delay", LONGEST_DELAY, "200ms")
        : Duration.ZERO;
    return new Rule(
        operation(rule, at),
        header(rule.getValue("header"), at + "/header"),
        percent(rule.getValue("percent", 100), at + "/percent"),
        delay == null ? Duration.ZERO : delay,
        abort(rule, at + "/abort"));
  }

  private @Nullable String operation(JsonObject rule, String at) {
    Object value = rule.getValue("operation");
    if (value == null || (value instanceof String name && !name.isBlank())) {
      return (String) value;
    }
    wrong(at + "/operation", value, "an operation's name, such as GET /products/{id}");
    return null;
  }

  private @Nullable HeaderMatch header(@Nullable Object value, String at) {
    if (value == null) {
      return null;
    }
    if (value instanceof JsonObject header) {
      known(header, at, List.of("name", "value"));
      if (header.getValue("name") instanceof String name
          && HEADER.matcher(name).matches()
          && header.getValue("value") instanceof String text) {
        return new HeaderMatch(name.toLowerCase(Locale.ROOT), text);
      }
    }
    wrong(at, value, "a name and a value, such as {\"name\": \"x-chaos\", \"value\": \"1\"}");
    return null;
  }

  private double percent(@Nullable Object value, String at) {
    if (value instanceof Number number && number.doubleValue() > 0 && number.doubleValue() <= 100) {
      return number.doubleValue();
    }
    wrong(at, value, "a number above 0 and up to 100");
    return 100;
  }

  private @Nullable Abort abort(JsonObject rule, String at) {
    Object value = rule.getValue("abort");
    if ("connection".equals(value)) {
      return Abort.CONNECTION;
    }
    if (value instanceof Integer status && status >= 400 && status <= 599) {
      return new Abort(status);
    }
    if (rule.containsKey("abort")) {
      wrong(at, value, "a status from 400 to 599, or \"connection\"");
    }
    return null;
  }

  private @Nullable Duration duration(
      @Nullable Object value, String at, Duration longest, String example) {
    if (value instanceof String text) {
      Matcher parts = DURATION.matcher(text);
      if (parts.matches()) {
        Duration duration = Duration.ofMillis(
            Long.parseLong(parts.group(1)) * MILLIS.getOrDefault(parts.group(2), 1L));
        if (!duration.isZero() && duration.compareTo(longest) <= 0) {
          return duration;
        }
      }
    }
    wrong(at, value, "a duration up to " + longest.toMinutes() + "m, such as \"" + example + "\"");
    return null;
  }

  private void known(JsonObject object, String at, List<String> known) {
    for (String name : object.fieldNames()) {
      if (!known.contains(name)) {
        wrong.add(new Fault(
            In.BODY,
            at + "/" + name.replace("~", "~0").replace("/", "~1"),
            "unknown member (expected: one of " + String.join(", ", known) + ")"));
      }
    }
  }

  private void wrong(String at, @Nullable Object value, String expected) {
    String found = value == null ? "nothing" : JsonArray.of(value).encode();
    String shown = value == null ? found : found.substring(1, found.length() - 1);
    wrong.add(new Fault(
        In.BODY,
        at,
        (shown.length() > 100 ? shown.substring(0, 100) + "…" : shown) + " (expected: " + expected
            + ")"));
  }

  /** As it could be written, with the end in place of the duration. */
  static JsonObject write(String service, FaultPolicy policy) {
    JsonArray rules = new JsonArray();
    policy.rules().forEach(rule -> rules.add(write(rule)));
    JsonObject json = new JsonObject().put("service", service);
    if (policy.until() != null) {
      json.put("until", policy.until().toString());
    }
    return json.put("rules", rules);
  }

  private static JsonObject write(Rule rule) {
    JsonObject json = new JsonObject();
    if (rule.operation() != null) {
      json.put("operation", rule.operation());
    }
    HeaderMatch header = rule.header();
    if (header != null) {
      json.put("header", new JsonObject().put("name", header.name()).put("value", header.value()));
    }
    json.put("percent", rule.percent());
    if (!rule.delay().isZero()) {
      json.put("delay", rule.delay().toMillis() + "ms");
    }
    Abort abort = rule.abort();
    if (abort != null) {
      json.put("abort", abort.status() == 0 ? "connection" : (Object) abort.status());
    }
    return json;
  }
}
