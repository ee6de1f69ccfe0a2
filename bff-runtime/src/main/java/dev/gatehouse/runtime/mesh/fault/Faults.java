package dev.gatehouse.runtime.mesh.fault;

import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.log.LogEvent;
import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.policy.FaultPolicy;
import dev.gatehouse.runtime.policy.FaultPolicy.Abort;
import dev.gatehouse.runtime.policy.FaultPolicy.HeaderMatch;
import dev.gatehouse.runtime.policy.FaultPolicy.Rule;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delays and aborts calls as an operator has asked for, to see what becomes of them. Nothing that a client sends brings a fault about:
 * a header can only choose among calls where a rule that somebody has set looks at it.
 */
public final class Faults implements Upstream {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
  /** Says that the service never saw the call. */
  private static final String MARK = "gatehouse-fault";

  private final Upstream next;
  private final Live<FaultPolicy> live;
  final LayerContext context;
  private final InstantSource clock;
  private final Counter delays;
  private final Counter aborts;

  /**
   * @param clock for the end of faults
   */
  public Faults(
      Upstream next, Live<FaultPolicy> policy, LayerContext context, InstantSource clock) {
    this.next = next;
    this.live = policy;
    this.context = context;
    this.clock = clock;
    this.delays = counter("delay");
    this.aborts = counter("abort");
    policy.follow(this::tell);
  }

  private Counter counter(String fault) {
    return Counter.builder("gatehouse.mesh.faults")
        .description("Faults injected into calls")
        .tags(context.tags())
        .tag("fault", fault)
        .register(context.meters());
  }

  private void tell(FaultPolicy policy) {
    if (!policy.rules().isEmpty()) {
      LogEvent.of("faults are injected into calls")
          .field("service", context.service())
          .field("until", policy.until() == null ? "cleared" : policy.until())
          .field("rules", policy.rules())
          .warn(LOG);
    }
  }

  @Override
  public Future<UpstreamResponse> send(UpstreamRequest request) {
    List<Rule> rules = live.get().rules();
    return rules.isEmpty() ? next.send(request) : send(request, rules);
  }

  private Future<UpstreamResponse> send(UpstreamRequest request, List<Rule> rules) {
    Rule rule = isOver() ? null : find(rules, request);
    if (rule == null || context.random().nextDouble() * 100 >= rule.percent()) {
      return next.send(request);
    }
    if (rule.delay().isZero()) {
      return go(request, rule.abort());
    }
    delays.increment();
    return new DelayedCall(this, request, rule.abort())
        .await(System.nanoTime() + rule.delay().toNanos());
  }

  private boolean isOver() {
    Instant until = live.get().until();
    return until != null && !clock.instant().isBefore(until);
  }

  private static @Nullable Rule find(List<Rule> rules, UpstreamRequest request) {
    for (Rule rule : rules) {
      HeaderMatch header = rule.header();
      if ((rule.operation() == null
              || rule.operation().equals(request.operation().name()))
          && (header == null || header.value().equals(request.origin().header(header.name())))) {
        return rule;
      }
    }
    return null;
  }

  /** Sends a call, or what was to become of it. */
  Future<UpstreamResponse> go(UpstreamRequest request, @Nullable Abort abort) {
    if (abort == null) {
      return next.send(request);
    }
    aborts.increment();
    return abort.status() == 0
        ? Future.failedFuture(
            failure(request, FailureClass.UNREACHABLE, "not connected: a fault that was injected"))
        : Future.succeededFuture(new UpstreamResponse(
            abort.status(),
            MultiMap.caseInsensitiveMultiMap().add(MARK, "abort"),
            new byte[0],
            0,
            0));
  }

  UpstreamException failure(UpstreamRequest request, FailureClass failureClass, String what) {
    return new UpstreamException(
        failureClass,
        context.service() + ": " + request.operation().name() + ": " + what,
        0,
        null,
        true);
  }

  @Override
  public void describe(JsonObject into) {
    FaultPolicy policy = live.get();
    if (!policy.rules().isEmpty() && !isOver()) {
      into.put(
          "faults",
          new JsonObject()
              .put("rules", policy.rules().size())
              .put("until", policy.until() == null ? null : policy.until().toString())
              .put("delayed", (long) delays.count())
              .put("aborted", (long) aborts.count()));
    }
    next.describe(into);
  }

  @Override
  public void explain(UpstreamRequest request, JsonObject into) {
    next.explain(request, into);
  }

  @Override
  public Future<Void> close() {
    return next.close();
  }
}
