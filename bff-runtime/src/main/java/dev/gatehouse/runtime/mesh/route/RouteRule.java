package dev.gatehouse.runtime.mesh.route;

import dev.gatehouse.runtime.policy.RoutePolicy.Mirror;
import dev.gatehouse.runtime.policy.RoutePolicy.Rule;
import dev.gatehouse.runtime.policy.RoutePolicy.Target;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A rule, ready to be applied. Immutable. */
final class RouteRule {
  private final Rule rule;
  private final Matching matching;
  private final Split split;
  private final List<Leg> legs;
  private final @Nullable Leg copies;
  private final List<FailOverCall.Other> others;
  private final Counter calls;

  RouteRule(String service, Rule rule, Function<Target, Destination> destinations, Counter calls) {
    Mirror mirror = rule.mirror();
    this.rule = rule;
    this.matching = new Matching(rule.match());
    this.split = new Split(service, rule.split(), rule.sticky());
    this.legs =
        rule.split().stream().map(side -> leg(side.target(), destinations)).toList();
    this.copies = mirror == null ? null : leg(mirror.target(), destinations);
    this.others = rule.failOver().stream()
        .map(other -> new FailOverCall.Other(other.on(), leg(other.target(), destinations)))
        .toList();
    this.calls = calls;
  }

  private static Leg leg(Target target, Function<Target, Destination> destinations) {
    return new Leg(target, destinations.apply(target));
  }

  boolean fits(UpstreamRequest request) {
    return matching.fits(request);
  }

  Leg choose(UpstreamRequest request, RandomGenerator random) {
    calls.increment();
    return leg(request, random);
  }

  /** As {@link #choose}, for a call that is only asked about. */
  Leg leg(UpstreamRequest request, RandomGenerator random) {
    return legs.get(split.choose(request.origin(), random));
  }

  @Nullable Mirror mirror() {
    return rule.mirror();
  }

  @Nullable Leg copies() {
    return copies;
  }

  List<FailOverCall.Other> others() {
    return others;
  }

  String name() {
    return rule.name();
  }

  long calls() {
    return (long) calls.count();
  }
}
