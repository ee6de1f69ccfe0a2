package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.policy.RoutePolicy;
import dev.gatehouse.runtime.policy.RoutePolicy.Condition;
import dev.gatehouse.runtime.policy.RoutePolicy.FailOver;
import dev.gatehouse.runtime.policy.RoutePolicy.Mirror;
import dev.gatehouse.runtime.policy.RoutePolicy.PathRewrite;
import dev.gatehouse.runtime.policy.RoutePolicy.Rule;
import dev.gatehouse.runtime.policy.RoutePolicy.Side;
import dev.gatehouse.runtime.policy.RoutePolicy.Sticky;
import dev.gatehouse.runtime.policy.RoutePolicy.Sticky.By;
import dev.gatehouse.runtime.policy.RoutePolicy.Target;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads routing rules as people write them, in the configuration and to the operator's listener alike; everything that is wrong is
 * told at once. For one use.
 */
public final class RoutesJson {
  private static final int MOST_RULES = 100;
  private static final int MOST_SIDES = 20;
  private static final int MOST_WEIGHT = 1_000_000;
  private static final int MOST_COPIES = 1_000;
  private static final Duration COPY_TIMEOUT = Duration.ofSeconds(2);
  private static final int COPIES = 20;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
  private static final Pattern PATH = Pattern.compile("/[^?#\\s\\p{Cntrl}]*");
  private static final ValueType<Duration> TIMES =
      ValueTypes.duration(Duration.ofMillis(1), Duration.ofMinutes(1));

  private final String service;
  private final JsonProblems problems = new JsonProblems();

  /**
   * @param service whose rules they are
   */
  public RoutesJson(String service) {
    this.service = service;
  }

  /** What is wrong; empty where all is well. */
  public List<JsonProblems.Problem> problems() {
    return problems.all();
  }

  /**
   * Reads a list of rules.
   *
   * @return of use only where there are no {@link #problems()}
   */
  public RoutePolicy read(JsonArray list) {
    List<Rule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    if (list.size() > MOST_RULES) {
      problems.add(List.of(), list.size() + " rules", "at most " + MOST_RULES);
      return RoutePolicy.OFF;
    }
    for (int i = 0; i < list.size(); i++) {
      List<Object> at = List.of(i);
      if (problems.object(list.getValue(i), at, "a rule, such as {\"split\": [{\"weight\": 1}]}")
          instanceof JsonObject json) {
        Rule rule = rule(json, at, i);
        if (!names.add(rule.name())) {
          problems.add(
              JsonProblems.below(at, "name"), rule.name(), "a name that no other rule has");
        }
        rules.add(rule);
      }
    }
    return new RoutePolicy(rules);
  }

  /** Rules as they can be read again. */
  public static JsonArray write(RoutePolicy policy) {
    return WrittenRoutes.of(policy);
  }

  private Rule rule(JsonObject json, List<Object> at, int index) {
    problems.known(json, at, "name", "match", "split", "sticky", "mirror", "failover");
    String name = problems.text(json, at, "name", NAME, "letters, digits, '.', '_' or '-'");
    return new Rule(
        name == null ? String.valueOf(index) : name,
        new MatchJson(problems).match(json.getValue("match"), JsonProblems.below(at, "match")),
        split(json, JsonProblems.below(at, "split")),
        sticky(json.getValue("sticky"), JsonProblems.below(at, "sticky")),
        mirror(json.getValue("mirror"), JsonProblems.below(at, "mirror")),
        failOver(json.getValue("failover"), JsonProblems.below(at, "failover")));
  }

  private List<Side> split(JsonObject rule, List<Object> at) {
    if (!rule.containsKey("split")) {
      return List.of(new Side(1, Target.SAME));
    }
    if (!(rule.getValue("split") instanceof JsonArray list)
        || list.isEmpty()
        || list.size() > MOST_SIDES) {
      problems.add(at, rule.getValue("split"), "a list of 1 to " + MOST_SIDES + " sides");
      return List.of();
    }
    List<Side> sides = new ArrayList<>();
    long sum = 0;
    for (int i = 0; i < list.size(); i++) {
      List<Object> below = JsonProblems.below(at, i);
      if (problems.object(list.getValue(i), below, "a side, such as {\"weight\": 5}")
          instanceof JsonObject json) {
        problems.known(json, below, "weight", "service", "subset", "host", "path");
        int weight = problems.number(json, below, "weight", 0, MOST_WEIGHT, 1);
        sum += weight;
        sides.add(new Side(weight, target(json, below)));
      }
    }
    if (sum == 0 && problems.all().isEmpty()) {
      problems.add(at, "0 in all", "at least one weight above 0");
    }
    return sides;
  }

  private Target target(JsonObject json, List<Object> at) {
    String name = problems.text(json, at, "service", NAME, "the logical name of a service");
    String host = problems.text(json, at, "host", ServiceKeys.AUTHORITY_TEXT, "HOST or HOST:PORT");
    Map<String, String> subset = new LinkedHashMap<>();
    List<Object> below = JsonProblems.below(at, "subset");
    Object labels = json.getValue("subset");
    if (labels != null
        && problems.object(labels, below, "labels, such as {\"version\": \"v2\"}")
            instanceof JsonObject object) {
      for (String label : object.fieldNames()) {
        Object value = object.getValue(label);
        if (value == null || value instanceof JsonObject || value instanceof JsonArray) {
          problems.add(JsonProblems.below(below, label), value, "a text");
        } else {
          subset.put(label, String.valueOf(value));
        }
      }
    }
    return new Target(
        service.equals(name) ? null : name,
        subset,
        host,
        rewrite(json.getValue("path"), JsonProblems.below(at, "path")));
  }

  private @Nullable PathRewrite rewrite(@Nullable Object value, List<Object> at) {
    if (value == null
        || !(problems.object(value, at, "{\"from\": \"/v1\", \"to\": \"/v2\"}")
            instanceof JsonObject json)) {
      return null;
    }
    problems.known(json, at, "from", "to");
    String from = problems.text(json, at, "from", PATH, "a path such as /v1");
    String to = problems.text(json, at, "to", PATH, "a path such as /v2");
    if (from == null || to == null) {
      if (problems.all().isEmpty()) {
        problems.add(at, value, "both from and to, such as {\"from\": \"/v1\", \"to\": \"/v2\"}");
      }
      return null;
    }
    return new PathRewrite(from, to);
  }

  private @Nullable Sticky sticky(@Nullable Object value, List<Object> at) {
    if (value == null) {
      return null;
    }
    if ("caller".equals(value)) {
      return new Sticky(By.CALLER, "");
    }
    if (value instanceof JsonObject json && json.size() == 1) {
      String name = problems.text(json, at, "header", TOKEN, "the name of a header");
      if (name != null) {
        return new Sticky(By.HEADER, name.toLowerCase(Locale.ROOT));
      }
      name = problems.text(json, at, "cookie", TOKEN, "the name of a cookie");
      if (name != null) {
        return new Sticky(By.COOKIE, name);
      }
    }
    problems.add(at, value, "\"caller\", {\"header\": NAME} or {\"cookie\": NAME}");
    return null;
  }

  private @Nullable Mirror mirror(@Nullable Object value, List<Object> at) {
    if (value == null
        || !(problems.object(value, at, "where copies go, such as {\"service\": \"pricing-next\"}")
            instanceof JsonObject json)) {
      return null;
    }
    problems.known(
        json,
        at,
        "service",
        "subset",
        "host",
        "path",
        "percent",
        "unsafe",
        "timeout",
        "concurrency");
    Object unsafe = json.getValue("unsafe", false);
    if (!(unsafe instanceof Boolean)) {
      problems.add(JsonProblems.below(at, "unsafe"), unsafe, "true or false");
    }
    Target target = target(json, at);
    if (target.equals(Target.SAME)) {
      problems.add(
          at, json, "another service, a subset or a host: else the same instances work twice");
    }
    return new Mirror(
        target,
        percent(json.getValue("percent", 100), JsonProblems.below(at, "percent")),
        Boolean.TRUE.equals(unsafe),
        timeout(json.getValue("timeout"), JsonProblems.below(at, "timeout")),
        problems.number(json, at, "concurrency", 1, MOST_COPIES, COPIES));
  }

  private double percent(@Nullable Object value, List<Object> at) {
    if (value instanceof Number number && number.doubleValue() > 0 && number.doubleValue() <= 100) {
      return number.doubleValue();
    }
    problems.add(at, value, "a number above 0 and up to 100");
    return 0;
  }

  private Duration timeout(@Nullable Object value, List<Object> at) {
    if (value == null) {
      return COPY_TIMEOUT;
    }
    try {
      return TIMES.read(value);
    } catch (IllegalArgumentException e) {
      problems.add(at, value, TIMES.expected());
      return COPY_TIMEOUT;
    }
  }

  private List<FailOver> failOver(@Nullable Object value, List<Object> at) {
    List<FailOver> all = new ArrayList<>();
    if (value == null) {
      return all;
    }
    if (!(value instanceof JsonArray list) || list.isEmpty() || list.size() > MOST_SIDES) {
      problems.add(at, value, "a list of 1 to " + MOST_SIDES + " other places");
      return all;
    }
    for (int i = 0; i < list.size(); i++) {
      List<Object> below = JsonProblems.below(at, i);
      if (problems.object(list.getValue(i), below, "a place, such as {\"service\": \"backup\"}")
          instanceof JsonObject json) {
        problems.known(json, below, "on", "service", "subset", "host", "path");
        Target target = target(json, below);
        if (target.equals(Target.SAME)) {
          problems.add(
              below, json, "another service than " + service + ", or a subset: this is a loop");
        }
        all.add(
            new FailOver(conditions(json.getValue("on"), JsonProblems.below(below, "on")), target));
      }
    }
    return all;
  }

  private Set<Condition> conditions(@Nullable Object value, List<Object> at) {
    if (value == null) {
      return FailOver.DEFAULT_ON;
    }
    Set<Condition> conditions = EnumSet.noneOf(Condition.class);
    ValueType<Condition> type = ValueTypes.choice(Condition.class);
    for (Object each : value instanceof JsonArray list ? list : JsonArray.of(value)) {
      try {
        conditions.add(type.read(String.valueOf(each)));
      } catch (IllegalArgumentException e) {
        problems.add(at, each, type.expected());
      }
    }
    return conditions;
  }
}
