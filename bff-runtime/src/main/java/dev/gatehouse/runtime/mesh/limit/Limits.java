package dev.gatehouse.runtime.mesh.limit;

import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.policy.LimitPolicy;
import dev.gatehouse.runtime.policy.LimitPolicy.Adaptive;
import dev.gatehouse.runtime.policy.LimitPolicy.Rate;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends no more calls than its policy allows: first in a time, then at once. What is too much waits in line, first come first served,
 * as long as its deadline and the line allow, or is refused.
 */
public final class Limits implements Upstream {
  private final Upstream next;
  private final Live<LimitPolicy> live;
  final LayerContext context;
  final LimitMeters meters;
  private final RateLimit rate;
  private final Set<WaitingCall> line = new LinkedHashSet<>();
  private @Nullable AdaptiveLimit adaptive;
  private Adaptive adaptiveBy = Adaptive.OFF;
  private int active;
  private int shownLimit;
  private boolean admitting;

  public Limits(Upstream next, Live<LimitPolicy> policy, LayerContext context) {
    this.next = next;
    this.live = policy;
    this.context = context;
    this.meters = new LimitMeters(context);
    this.rate = new RateLimit(now());
    policy.follow(this::follow);
  }

  private void follow(LimitPolicy policy) {
    if (!policy.adaptive().equals(adaptiveBy)) {
      adaptiveBy = policy.adaptive();
      adaptive = adaptiveBy.enabled() ? new AdaptiveLimit(adaptiveBy, now()) : null;
    }
    showLimit();
    admit();
  }

  @Override
  public Future<UpstreamResponse> send(UpstreamRequest request) {
    LimitPolicy policy = live.get();
    return policy.enabled() ? send(request, policy) : next.send(request);
  }

  private Future<UpstreamResponse> send(UpstreamRequest request, LimitPolicy policy) {
    Rate by = policy.rate();
    if (!by.enabled()) {
      return enter(request, policy);
    }
    long left = Math.max(0, request.deadlineNanos() - System.nanoTime());
    long most = Math.min(by.maxWait().toNanos(), left);
    long wait = rate.reserve(by, most, now());
    if (wait < 0) {
      meters.refusedByRate.increment();
      return refuse(
          request,
          "more than " + by.calls() + " calls in " + by.interval().toMillis()
              + " ms (limit.rate.calls, limit.rate.max-wait)");
    }
    if (wait == 0) {
      return enter(request, policy);
    }
    WaitingCall call = new WaitingCall(this, request, by);
    return call.await(System.nanoTime() + wait);
  }

  /** Takes a place among the calls under way, or in the line for one. */
  private Future<UpstreamResponse> enter(UpstreamRequest request, LimitPolicy policy) {
    if (!policy.concurrency().enabled() && !policy.adaptive().enabled()) {
      return next.send(request);
    }
    if (line.isEmpty() && active < limit(policy)) {
      return start(request);
    }
    if (line.size() >= policy.concurrency().queue()) {
      meters.refusedByConcurrency.increment();
      return refuse(
          request,
          active + " calls are under way and " + line.size() + " wait ("
              + (policy.concurrency().enabled()
                  ? "limit.concurrency.calls"
                  : "limit.adaptive.algorithm")
              + ", limit.concurrency.queue)");
    }
    WaitingCall call = new WaitingCall(this, request, null);
    line.add(call);
    return call.await(request.deadlineNanos());
  }

  private Future<UpstreamResponse> start(UpstreamRequest request) {
    active++;
    meters.active.incrementAndGet();
    return next.send(request)
        .onComplete(new CallUnderWay(this, adaptive, active, adaptive == null ? 0 : now()));
  }

  /** A call under way has ended. */
  void ended() {
    active--;
    meters.active.decrementAndGet();
    showLimit();
    admit();
  }

  /** Starts calls in line as long as there is room. A call that ends at once is not a reason to begin anew. */
  private void admit() {
    if (admitting) {
      return;
    }
    admitting = true;
    while (!line.isEmpty() && active < limit(live.get())) {
      Iterator<WaitingCall> first = line.iterator();
      WaitingCall call = first.next();
      first.remove();
      try {
        call.answered(start(call.ready()));
      } catch (RuntimeException e) {
        context.report(e); // of who is told; the others still wait for their turn
      }
    }
    admitting = false;
  }

  /** The time of a call that waited for its turn has come. */
  Future<UpstreamResponse> turn(UpstreamRequest request) {
    return enter(request, live.get());
  }

  /** A call waits no longer. */
  void left(WaitingCall call) {
    line.remove(call);
    Rate turn = call.turn();
    if (turn != null) {
      rate.giveBack(turn);
    }
  }

  private int limit(LimitPolicy policy) {
    int limit = policy.concurrency().enabled() ? policy.concurrency().calls() : Integer.MAX_VALUE;
    return adaptive == null ? limit : Math.min(limit, adaptive.current());
  }

  private void showLimit() {
    int limit = limit(live.get());
    int shown = limit == Integer.MAX_VALUE ? 0 : limit;
    if (shown != shownLimit) {
      meters.limit.addAndGet(shown - shownLimit);
      shownLimit = shown;
    }
  }

  private Future<UpstreamResponse> refuse(UpstreamRequest request, String why) {
    return Future.failedFuture(failure(request, FailureClass.REFUSED, "not sent, " + why));
  }

  UpstreamException failure(UpstreamRequest request, FailureClass failureClass, String what) {
    return new UpstreamException(
        failureClass,
        context.service() + ": " + request.operation().name() + ": " + what,
        0,
        null,
        true);
  }

  long now() {
    return context.clock().getAsLong();
  }

  @Override
  public void describe(JsonObject into) {
    LimitPolicy policy = live.get();
    if (policy.enabled() || active > 0) {
      into.put(
          "limit",
          new JsonObject()
              .put("active", active)
              .put("waiting", line.size())
              .put("concurrency", shownLimit)
              .put("rate", policy.rate().calls()));
    }
    next.describe(into);
  }

  @Override
  public void explain(UpstreamRequest request, JsonObject into) {
    next.explain(request, into);
  }

  @Override
  public Future<Void> close() {
    meters.limit.addAndGet(-shownLimit);
    shownLimit = 0;
    return next.close();
  }
}
