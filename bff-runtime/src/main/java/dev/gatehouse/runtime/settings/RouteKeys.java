package dev.gatehouse.runtime.settings;

import dev.gatehouse.runtime.policy.RoutePolicy;
import dev.gatehouse.runtime.policy.RoutePolicy.Rule;
import dev.gatehouse.runtime.policy.RoutePolicy.Target;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where calls to a service are sent. */
final class RouteKeys {
  static final Setting<JsonArray> ROUTES = Setting.of(
      Section.SERVICE,
      "routes",
      new ValueType<>(
          "list of rules",
          "a list of rules, such as [{\"split\": [{\"weight\": 95}, {\"weight\": 5, \"subset\": {\"version\": \"v2\"}}]}]",
          RouteKeys::list,
          list -> list.isEmpty() ? "" : list.encode()),
      new JsonArray(),
      "Where calls are sent: see [Routing](mesh.md#routing). A list in YAML, JSON elsewhere.");

  static final List<Setting<?>> ALL = List.of(ROUTES);

  private RouteKeys() {}

  private static @Nullable JsonArray list(Object raw) {
    if (raw instanceof JsonArray list) {
      return list;
    }
    try {
      return raw instanceof String text && text.startsWith("[") ? new JsonArray(text) : null;
    } catch (DecodeException e) {
      throw new IllegalArgumentException(raw + " (expected: JSON; " + e.getMessage() + ")", e);
    }
  }

  static RoutePolicy read(Values values, String service) {
    JsonArray list = values.get(ROUTES, service);
    RoutesJson reader = new RoutesJson(service);
    RoutePolicy policy = reader.read(list);
    reader.problems().forEach(problem -> values.problem(ROUTES, service, problem.toString()));
    checkTargets(values, service, policy);
    return policy;
  }

  private static void checkTargets(Values values, String service, RoutePolicy policy) {
    Set<String> known = values.names(Section.SERVICE);
    for (Rule rule : policy.rules()) {
      rule.targets()
          .map(Target::service)
          .filter(target -> target != null && !known.contains(target))
          .distinct()
          .forEach(target -> values.problem(
              ROUTES,
              service,
              ": rule " + rule.name() + " leads to " + target
                  + ", which is not configured (expected: one of " + String.join(", ", known)
                  + "; or add services." + target + ".endpoints)"));
    }
  }
}
