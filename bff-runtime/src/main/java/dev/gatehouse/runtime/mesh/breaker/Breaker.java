package dev.gatehouse.runtime.mesh.breaker;

import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.log.LogEvent;
import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.mesh.layer.RollingCounts;
import dev.gatehouse.runtime.policy.BreakerPolicy;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a service that fails a rest. When enough of its calls failed within the window, no calls are sent for a while; then some may
 * try, and if they all succeed, all are sent again. Each rest without a recovery before it is twice as long as the last.
 */
public final class Breaker implements Upstream {
  private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);
  private static final int MOST_DOUBLINGS = 20;

  private final Upstream next;
  private final Live<BreakerPolicy> live;
  private final LayerContext context;
  private final BreakerMeters meters;
  private final Circuit circuit;
  private RollingCounts counts; // calls that went well, and that failed
  private Period period = new Period();
  private int rests;
  private long probeNanos;
  private String why = "";

  public Breaker(Upstream next, Live<BreakerPolicy> policy, LayerContext context) {
    this.next = next;
    this.live = policy;
    this.context = context;
    this.meters = new BreakerMeters(context);
    this.circuit = new Circuit(context.vertx(), context.service(), this::halfOpened);
    this.counts = new RollingCounts(policy.get().window(), now());
    meters.entered(CircuitBreakerState.CLOSED);
    policy.follow(changed -> follow());
  }

  /** What was counted under another policy says nothing. */
  private void follow() {
    counts = new RollingCounts(live.get().window(), now());
    if (!live.get().enabled() && circuit.state() != CircuitBreakerState.CLOSED) {
      close("switched off");
    }
  }

  @Override
  public Future<UpstreamResponse> send(UpstreamRequest request) {
    CircuitBreakerState state = circuit.state();
    if (state == CircuitBreakerState.CLOSED) {
      return live.get().enabled() ? next.send(request).onComplete(period) : next.send(request);
    }
    if (state == CircuitBreakerState.OPEN) {
      long millis = millisToProbe();
      return refuse(request, "open: " + why + "; next try in " + millis + " ms", (int)
          Math.min(Integer.MAX_VALUE, (millis + 999) / 1000));
    }
    if (period.underWay >= live.get().probes()) {
      return refuse(request, "half-open: " + why + "; " + period.underWay + " calls are trying", 0);
    }
    period.underWay++;
    return next.send(request).onComplete(period);
  }

  private Future<UpstreamResponse> refuse(UpstreamRequest request, String what, int retryAfter) {
    meters.refused();
    return Future.failedFuture(new UpstreamException(
            FailureClass.REFUSED,
            context.service() + ": " + request.operation().name()
                + ": not sent, the circuit breaker is " + what,
            0,
            null,
            true)
        .retryAfter(retryAfter));
  }

  /** Judges the calls that were sent between two changes of state; what those of earlier periods say comes too late. */
  private final class Period implements Completable<UpstreamResponse> {
    private int underWay;
    private int went;

    @Override
    public void complete(@Nullable UpstreamResponse response, @Nullable Throwable failure) {
      if (this != period) {
        return;
      }
      Verdict verdict = Verdict.of(response, failure);
      if (circuit.state() == CircuitBreakerState.HALF_OPEN) {
        underWay--;
        judgeProbe(verdict);
      } else if (verdict == Verdict.WELL) {
        counts.addFirst(now());
      } else if (verdict == Verdict.FAILED) {
        counts.addSecond(now());
        judge();
      }
    }

    private void judgeProbe(Verdict verdict) {
      if (verdict == Verdict.FAILED) {
        open("it failed again");
      } else if (verdict == Verdict.WELL && ++went >= live.get().probes()) {
        close("it answers again");
      }
    }
  }

  private void judge() {
    BreakerPolicy policy = live.get();
    int failed = counts.second();
    int all = failed + counts.first();
    if (policy.enabled()
        && all >= policy.leastCalls()
        && failed * 100L >= (long) policy.failurePercent() * all) {
      open(failed * 100L / all + " % of " + all + " calls failed (breaker.failure-percent)");
    }
  }

  private void open(String because) {
    BreakerPolicy policy = live.get();
    long millis = policy.openFor().toMillis() << Math.min(rests, MOST_DOUBLINGS);
    Duration openFor = Duration.ofMillis(Math.min(millis, policy.maxOpenFor().toMillis()));
    CircuitBreakerState before = circuit.state();
    rests++;
    why = because;
    probeNanos = now() + openFor.toNanos();
    circuit.open(openFor);
    changed(before);
    event("circuit breaker opens")
        .field("for_ms", openFor.toMillis())
        .field("because", because)
        .warn(LOG);
  }

  private void halfOpened() {
    changed(CircuitBreakerState.OPEN);
    event("circuit breaker lets calls try").info(LOG);
  }

  private void close(String because) {
    CircuitBreakerState before = circuit.state();
    circuit.close();
    rests = 0;
    changed(before);
    event("circuit breaker closes").field("because", because).info(LOG);
  }

  private LogEvent event(String what) {
    return LogEvent.of(what).field("service", context.service());
  }

  private void changed(CircuitBreakerState before) {
    period = new Period();
    counts.clear();
    meters.changed(before, circuit.state());
  }

  private long millisToProbe() {
    return Math.max(0, (probeNanos - now()) / 1_000_000);
  }

  private long now() {
    return context.clock().getAsLong();
  }

  @Override
  public void describe(JsonObject into) {
    counts.moveTo(now());
    CircuitBreakerState state = circuit.state();
    JsonObject breaker = new JsonObject()
        .put("enabled", live.get().enabled())
        .put("state", state.name().toLowerCase(Locale.ROOT))
        .put("calls", counts.first() + counts.second())
        .put("failed", counts.second());
    if (state != CircuitBreakerState.CLOSED) {
      breaker.put("because", why).put("nextTryMillis", millisToProbe());
    }
    into.put("breaker", breaker);
    next.describe(into);
  }

  @Override
  public void explain(UpstreamRequest request, JsonObject into) {
    next.explain(request, into);
  }

  @Override
  public Future<Void> close() {
    meters.left(circuit.state());
    circuit.forget();
    return next.close();
  }
}
