package dev.gatehouse.runtime.management;

import dev.gatehouse.runtime.door.Nearest;
import dev.gatehouse.runtime.door.Problem.Fault;
import dev.gatehouse.runtime.door.Problem.In;
import dev.gatehouse.runtime.policy.RoutePolicy;
import dev.gatehouse.runtime.policy.RoutePolicy.Rule;
import dev.gatehouse.runtime.policy.RoutePolicy.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds what rules of a service name that is not there: such rules could not be followed. For one use. */
final class UnknownNames {
  private final String service;
  private final KnownCalls calls;
  private final List<Fault> unknown = new ArrayList<>();

  UnknownNames(String service, KnownCalls calls) {
    this.service = service;
    this.calls = calls;
  }

  /** One message for each, with its place and its mend. */
  List<Fault> in(RoutePolicy routes) {
    for (int i = 0; i < routes.rules().size(); i++) {
      rule(routes.rules().get(i), "/" + i);
    }
    return unknown;
  }

  private void rule(Rule rule, String at) {
    operations(rule.match().operations(), at + "/match/operation");
    for (int i = 0; i < rule.split().size(); i++) {
      target(rule.split().get(i).target(), at + "/split/" + i);
    }
    if (rule.mirror() != null) {
      target(rule.mirror().target(), at + "/mirror");
    }
    for (int i = 0; i < rule.failOver().size(); i++) {
      target(rule.failOver().get(i).target(), at + "/failover/" + i);
    }
  }

  private void operations(Set<String> names, String at) {
    Set<String> known = calls.operations(service);
    if (!known.isEmpty()) {
      for (String name : new TreeSet<>(names)) {
        if (!known.contains(name)) {
          add(
              at,
              name + ": no call to " + service + " is called so " + Nearest.expected(name, known));
        }
      }
    }
  }

  private void target(Target target, String at) {
    String to = target.service();
    if (to == null) {
      return;
    }
    if (!calls.policies().services().contains(to)) {
      add(
          at + "/service",
          "leads to " + to + ", which is not configured "
              + Nearest.expected(to, calls.reachable(service)));
      return;
    }
    Set<String> without = calls.unreachable(service, Set.of(to)).get(to);
    if (without != null) {
      add(
          at + "/service",
          "leads to " + to + ", for which " + String.join(", ", without)
              + " had no client when it started (expected: one of "
              + String.join(", ", calls.reachable(service)) + "; or have a rule in services."
              + service + ".routes lead there, with weight 0, and restart)");
    }
  }

  private void add(String at, String text) {
    unknown.add(new Fault(In.BODY, at, text));
  }
}
