package dev.gatehouse.runtime.mesh.route;

import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.log.LogEvent;
import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.policy.RoutePolicy;
import dev.gatehouse.runtime.policy.RoutePolicy.Condition;
import dev.gatehouse.runtime.policy.RoutePolicy.Mirror;
import dev.gatehouse.runtime.policy.RoutePolicy.Rule;
import dev.gatehouse.runtime.policy.RoutePolicy.Target;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each call where the rules say. Outermost of the layers that look at a call, because all others depend on where it goes: a
 * cache must not mix the answers of two versions, and a breaker must not mix their failures.
 */
public final class Routes implements Upstream {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private final Upstream next;
  private final Destination self;
  private final Function<String, @Nullable Destination> services;
  private final Live<RoutePolicy> live;
  private final LayerContext context;
  private final Copies copies;
  /** Made when first needed: rules name other services, which are made later than this one. */
  private @Nullable List<RouteRule> rules;

  private final RuleMeters meters;
  /** By the names of rules. */
  private final Map<String, Counter> counters = new HashMap<>();

  /**
   * @param next the layer below
   * @param self the service as a destination
   * @param services finds other services; null for one that this BFF does not know
   */
  public Routes(
      Upstream next,
      Destination self,
      Function<String, @Nullable Destination> services,
      Live<RoutePolicy> policy,
      LayerContext context) {
    this.next = next;
    this.self = self;
    this.services = services;
    this.live = policy;
    this.context = context;
    this.copies = new Copies(context);
    this.meters = RuleMeters.of(context.vertx());
    policy.follow(this::changed);
  }

  @Override
  public Future<UpstreamResponse> send(UpstreamRequest request) {
    return live.get().enabled() ? route(request) : next.send(request);
  }

  private Future<UpstreamResponse> route(UpstreamRequest request) {
    List<RouteRule> current = rules();
    for (int i = 0; i < current.size(); i++) {
      if (current.get(i).fits(request)) {
        return send(request, current.get(i));
      }
    }
    return next.send(request);
  }

  private Future<UpstreamResponse> send(UpstreamRequest request, RouteRule rule) {
    String uri = request.uri();
    Leg leg = rule.choose(request, context.random());
    Future<UpstreamResponse> answer = rule.others().isEmpty()
        ? leg.send(request, uri)
        : new FailOverCall(this, request, uri, rule.others()).send(leg);
    Mirror mirror = rule.mirror();
    Leg copied = rule.copies();
    if (mirror != null && copied != null) {
      copies.mirror(mirror, copied, request, uri);
    }
    return answer;
  }

  private List<RouteRule> rules() {
    List<RouteRule> current = rules;
    if (current == null) {
      current = new ArrayList<>();
      for (Rule rule : live.get().rules()) {
        Set<String> unknown = new TreeSet<>();
        rule.targets()
            .filter(target -> destination(target) == null)
            .forEach(target -> unknown.add(String.valueOf(target.service())));
        if (unknown.isEmpty()) {
          current.add(new RouteRule(
              context.service(),
              rule,
              target -> Objects.requireNonNull(destination(target)),
              counter(rule)));
        } else {
          LogEvent.of("route is left out")
              .field("service", context.service())
              .field("rule", rule.name())
              .field(
                  "because",
                  "it leads to " + unknown
                      + ", which this BFF neither calls nor had as a target when"
                      + " it started; restart the process")
              .error(LOG);
        }
      }
      rules = current;
    }
    return current;
  }

  private @Nullable Destination destination(Target target) {
    String service = target.service();
    return service == null || service.equals(context.service()) ? self : services.apply(service);
  }

  private Counter counter(Rule rule) {
    return counters.computeIfAbsent(rule.name(), name -> meters.show(context, name));
  }

  private void changed(RoutePolicy changed) {
    rules = null;
    Set<String> names = changed.rules().stream().map(Rule::name).collect(Collectors.toSet());
    counters.keySet().removeIf(name -> {
      boolean gone = !names.contains(name);
      if (gone) {
        meters.hide(context, name);
      }
      return gone;
    });
  }

  /** A call goes to another place than the one where it failed. */
  void failedOver(Condition why) {
    Counter.builder("gatehouse.mesh.failovers")
        .description("Calls sent to another place after they failed, by how they failed")
        .tags(context.tags())
        .tag("reason", why.name().toLowerCase(Locale.ROOT))
        .register(context.meters())
        .increment();
  }

  @Override
  public void describe(JsonObject into) {
    if (live.get().enabled()) {
      JsonArray each = new JsonArray();
      rules()
          .forEach(rule ->
              each.add(new JsonObject().put("rule", rule.name()).put("calls", rule.calls())));
      into.put(
          "routes",
          new JsonObject()
              .put("rules", each)
              .put("leftOut", live.get().rules().size() - rules().size())
              .put("copiesUnderWay", copies.underWay()));
    }
    next.describe(into);
  }

  /** Where chance decides among the sides of a split, it does so here, too. */
  @Override
  public void explain(UpstreamRequest request, JsonObject into) {
    for (RouteRule rule : rules()) {
      if (rule.fits(request)) {
        into.put("routes", new JsonObject().put("rule", rule.name()));
        rule.leg(request, context.random()).explain(request, into);
        return;
      }
    }
    next.explain(request, into);
  }

  /** Gives up all copies under way, as nobody reads what comes of them. */
  public void endCopies() {
    copies.close();
  }

  @Override
  public Future<Void> close() {
    endCopies();
    counters.keySet().forEach(name -> meters.hide(context, name));
    counters.clear();
    return next.close();
  }
}
