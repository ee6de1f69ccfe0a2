package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.policy.RoutePolicy;
import dev.gatehouse.runtime.policy.RoutePolicy.FailOver;
import dev.gatehouse.runtime.policy.RoutePolicy.Match;
import dev.gatehouse.runtime.policy.RoutePolicy.Mirror;
import dev.gatehouse.runtime.policy.RoutePolicy.PathRewrite;
import dev.gatehouse.runtime.policy.RoutePolicy.Rule;
import dev.gatehouse.runtime.policy.RoutePolicy.Side;
import dev.gatehouse.runtime.policy.RoutePolicy.Sticky;
import dev.gatehouse.runtime.policy.RoutePolicy.Sticky.By;
import dev.gatehouse.runtime.policy.RoutePolicy.Target;
import dev.gatehouse.runtime.policy.RoutePolicy.TextMatch;
import dev.gatehouse.runtime.policy.RoutePolicy.TextMatch.Kind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Routing rules as JSON, in the form in which they are read. */
final class WrittenRoutes {
  private WrittenRoutes() {}

  static JsonArray of(RoutePolicy policy) {
    JsonArray rules = new JsonArray();
    policy.rules().forEach(rule -> rules.add(rule(rule)));
    return rules;
  }

  private static JsonObject rule(Rule rule) {
    JsonObject json = new JsonObject().put("name", rule.name());
    if (!rule.match().equals(Match.ALL)) {
      json.put("match", match(rule.match()));
    }
    JsonArray split = new JsonArray();
    for (Side side : rule.split()) {
      split.add(target(new JsonObject().put("weight", side.weight()), side.target()));
    }
    json.put("split", split);
    Sticky sticky = rule.sticky();
    if (sticky != null) {
      json.put(
          "sticky",
          sticky.by() == By.CALLER
              ? "caller"
              : new JsonObject().put(label(sticky.by()), sticky.name()));
    }
    Mirror mirror = rule.mirror();
    if (mirror != null) {
      json.put(
          "mirror",
          target(new JsonObject(), mirror.target())
              .put("percent", mirror.percent())
              .put("unsafe", mirror.unsafe())
              .put("timeout", mirror.timeout().toMillis() + "ms")
              .put("concurrency", mirror.concurrency()));
    }
    if (!rule.failOver().isEmpty()) {
      JsonArray others = new JsonArray();
      rule.failOver().forEach(other -> others.add(failOver(other)));
      json.put("failover", others);
    }
    return json;
  }

  private static JsonObject match(Match match) {
    JsonObject json = new JsonObject();
    if (!match.operations().isEmpty()) {
      json.put("operation", new JsonArray(match.operations().stream().sorted().toList()));
    }
    put(json, "path", match.path());
    put(json, "headers", match.headers());
    put(json, "cookies", match.cookies());
    put(json, "subject", match.subject());
    put(json, "claims", match.claims());
    return json;
  }

  private static void put(JsonObject json, String name, @Nullable TextMatch match) {
    if (match != null) {
      json.put(name, text(match));
    }
  }

  private static void put(JsonObject json, String name, Map<String, TextMatch> matches) {
    if (!matches.isEmpty()) {
      JsonObject all = new JsonObject();
      new TreeMap<>(matches).forEach((key, match) -> all.put(key, text(match)));
      json.put(name, all);
    }
  }

  private static JsonObject text(TextMatch match) {
    return new JsonObject()
        .put(label(match.kind()), match.kind() == Kind.PRESENT ? (Object) true : match.value());
  }

  private static JsonObject failOver(FailOver other) {
    JsonArray on =
        new JsonArray(other.on().stream().map(WrittenRoutes::label).sorted().toList());
    return target(new JsonObject().put("on", on), other.target());
  }

  private static JsonObject target(JsonObject json, Target target) {
    if (target.service() != null) {
      json.put("service", target.service());
    }
    if (!target.subset().isEmpty()) {
      JsonObject labels = new JsonObject();
      new TreeMap<>(target.subset()).forEach(labels::put);
      json.put("subset", labels);
    }
    if (target.host() != null) {
      json.put("host", target.host());
    }
    PathRewrite path = target.path();
    if (path != null) {
      json.put("path", new JsonObject().put("from", path.from()).put("to", path.to()));
    }
    return json;
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
