package dev.gatehouse.runtime.mesh.balance;

import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import dev.gatehouse.runtime.policy.BalancePolicy;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What operators are told of instances, and of how one is chosen. */
final class InstancesReport {
  /** A page of more helps nobody. */
  private static final int MOST = 200;

  private InstancesReport() {}

  static void describe(Instances instances, BalancePolicy policy, long now, JsonObject into) {
    JsonArray shown = new JsonArray();
    instances.current().stream()
        .limit(MOST)
        .forEach(one -> shown.add(new JsonObject()
            .put("endpoint", one.endpoint().toString())
            .put("state", state(one))
            .put("weight", one.weight())
            .put("zone", one.told().zone())
            .put("labels", new TreeMap<>(one.told().labels()).toString())
            .put("active", one.active)
            .put("latencyMillis", Math.round(one.latency(now) / 10_000) / 100.0)
            .put("failuresInARow", one.failuresInARow)
            .put("ejections", one.ejections)));
    into.put(
        "balance",
        new JsonObject()
            .put("algorithm", label(policy.algorithm()))
            .put("zone", policy.zone())
            .put("instances", instances.current().size()));
    into.put("instances", shown);
  }

  static void explain(
      Balancer balancer,
      Instances instances,
      UpstreamRequest request,
      BalancePolicy policy,
      long now,
      JsonObject into) {
    Scope scope = balancer.scope(request.route().subset(), now);
    Map<String, Integer> excluded = new TreeMap<>();
    instances.current().forEach(one -> {
      String why = excluded(one, request, scope);
      if (!why.isEmpty()) {
        excluded.merge(why, 1, Integer::sum);
      }
    });
    JsonObject choice = new JsonObject()
        .put("algorithm", label(policy.algorithm()))
        .put("subset", new TreeMap<>(request.route().subset()).toString())
        .put("known", instances.current().size())
        .put("usable", scope.usable())
        .put("near", scope.near())
        .put("nearShare", scope.nearShare())
        .put("panic", scope.panic())
        .put("excluded", new JsonObject(new TreeMap<>(excluded)));
    Instance byKey = balancer.byKey(scope, request, any -> true);
    if (byKey != null) {
      choice.put("endpoint", byKey.endpoint().toString());
      double pace = balancer.pace(byKey, now);
      if (pace == 1) {
        choice.put("because", "its key belongs there");
      } else {
        Instance next = balancer.byKey(scope, request, one -> balancer.pace(one, now) == 1);
        choice
            .put("chance", pace)
            .put("otherwise", next == null ? null : next.endpoint().toString())
            .put(
                "because",
                "its key belongs there, but it starts slowly: others get the rest of its calls");
      }
    } else if (scope.isEmpty()) {
      choice.put("because", "there is no instance to choose from: the call would be refused");
    } else {
      JsonArray either = new JsonArray();
      for (int i = 0; i < Math.min(scope.usable(), MOST); i++) {
        either.add(scope.usable(i).endpoint().toString());
      }
      choice.put("oneOf", either).put("because", because(policy));
    }
    into.put("balance", choice);
  }

  private static String because(BalancePolicy policy) {
    return switch (policy.algorithm()) {
      case ROUND_ROBIN -> "each has its turn, after its weight";
      case RANDOM -> "chance decides, after their weights";
      case LEAST_REQUESTS -> "of two by chance, the one with fewer calls under way";
      case PEAK_EWMA -> "of two by chance, the one that is expected to answer sooner";
      case RING_HASH, MAGLEV ->
        "the call has no key, or its table is not made yet: of two by chance, the one with fewer calls under way";
    };
  }

  private static String excluded(Instance one, UpstreamRequest request, Scope scope) {
    if (!one.told().labels().entrySet().containsAll(request.route().subset().entrySet())) {
      return "not in the subset";
    }
    if (one.told().state() == State.NOT_READY) {
      return "not ready";
    }
    if (one.told().state() == State.DRAINING && scope.leastReady() == State.READY) {
      return "draining";
    }
    return scope.panic() || one.isWell() ? "" : one.unwell ? "health check failed" : "ejected";
  }

  private static String state(Instance one) {
    String told = label(one.told().state());
    return one.unwell ? "unhealthy" : one.ejected() ? "ejected" : one.onTrial() ? "on-trial" : told;
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
