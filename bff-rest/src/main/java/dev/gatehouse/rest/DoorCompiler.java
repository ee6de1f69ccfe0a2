package dev.gatehouse.rest;

import dev.gatehouse.dsl.finding.Code;
import dev.gatehouse.dsl.finding.DoorFinding.CommandForReading;
import dev.gatehouse.dsl.finding.DoorFinding.RouteMisfit;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.rest.internal.routing.PathTemplate;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes routes as written into routes that can be served, and finds all that is in the way. Used once. */
final class DoorCompiler {
  private static final String NAME = "REST";

  private final List<Finding> findings = new ArrayList<>();
  private final List<CompiledRoute> routes = new ArrayList<>();
  private final Map<String, RouteSpec> shapes = new HashMap<>();

  DoorCompiler(List<RouteSpec> specs, Place place) {
    if (specs.isEmpty()) {
      findings.add(new RouteMisfit(
          place,
          Code.ROUTE_MISSING,
          "The " + NAME + " door",
          "no routes (expected: at least one). Add one with .get(…), or leave the door out."));
    }
    for (RouteSpec spec : specs) {
      compile(spec);
    }
  }

  /** What is wrong. */
  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** The routes with which nothing is wrong. */
  List<CompiledRoute> routes() {
    return List.copyOf(routes);
  }

  private void compile(RouteSpec spec) {
    if (spec.rules() > 1) {
      report(
          spec,
          Code.ROUTE_RULE_TWICE,
          spec.rules() + " access rules (expected: one). Put them together in one allowedIf(…).");
    }
    if (spec.method().equals(HttpMethod.GET) && spec.composite().isCommand()) {
      findings.add(new CommandForReading(
          spec.place(),
          NAME,
          spec.label(),
          spec.composite().name(),
          spec.composite().effects().get(0).operation().name(),
          "POST, PUT, PATCH or DELETE"));
    }
    try {
      PathTemplate path = PathTemplate.parse(spec.path());
      RouteSpec twin = shapes.putIfAbsent(spec.method() + " " + path.shape(), spec);
      if (twin != null && !twin.path().equals(spec.path())) {
        report(
            spec,
            Code.ROUTE_CLASH,
            "matches the same requests as " + twin.label() + " at " + twin.place()
                + " (expected: paths that differ in more than their variables' names).");
      }
      // A composite that is not sound has findings of its own and no types to go by.
      if (spec.composite().findings().isEmpty()) {
        RouteCompiler compiler = new RouteCompiler(spec, path);
        compiler.compile().ifPresent(routes::add);
        findings.addAll(compiler.findings());
      }
    } catch (IllegalArgumentException e) {
      report(spec, Code.ROUTE_PATH, e.getMessage() + ".");
    }
  }

  private void report(RouteSpec spec, Code code, String problem) {
    findings.add(new RouteMisfit(spec.place(), code, spec.label(), problem));
  }
}
