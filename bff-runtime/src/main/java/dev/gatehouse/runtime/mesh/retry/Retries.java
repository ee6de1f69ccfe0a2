package dev.gatehouse.runtime.mesh.retry;

import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.policy.HedgePolicy;
import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tries calls again that failed in passing, and sends those a second time that take unusually long.
 *
 * <p>What was surely not looked at is tried again whatever it does; everything else only where sending twice does no harm. All
 * further attempts of a service's calls, those of a BFF's other instances included, have one budget, so that a service that fails is not called much more for it.
 */
public final class Retries implements Upstream {
  /** Of more operations than this no latencies are kept; there are never as many in one service. */
  private static final int MOST_OPERATIONS = 1000;

  final Upstream next;
  final LayerContext context;
  final RetryMeters meters;
  final RetryBudget budget;
  private final Live<RetryPolicy> policy;
  private final Live<HedgePolicy> hedging;
  private final Map<OperationSpec, Latencies> latencies = new IdentityHashMap<>();

  public Retries(
      Upstream next, Live<RetryPolicy> policy, Live<HedgePolicy> hedging, LayerContext context) {
    this.next = next;
    this.context = context;
    this.policy = policy;
    this.hedging = hedging;
    this.meters = new RetryMeters(context);
    this.budget = RetryBudget.shared(
        context.vertx(), context.tags().toString(), context.clock().getAsLong());
  }

  @Override
  public Future<UpstreamResponse> send(UpstreamRequest request) {
    RetryPolicy retry = policy.get();
    HedgePolicy hedge = hedging.get();
    boolean hedges = hedge.enabled() && request.operation().isSafe();
    budget.called(context.clock().getAsLong());
    if (retry.attempts() <= 1 && retry.attemptTimeout().isZero() && !hedges) {
      request.replays(this::allow);
      return next.send(request);
    }
    Latencies known = hedges ? latencies(request.operation()) : null;
    return new RetryCall(this, request, retry, known, hedgeAfter(known, hedge)).start();
  }

  /** Where nothing is tried again, the transport may still replace a connection that was closed before it was used. */
  private boolean allow(boolean unprocessed) {
    boolean allowed =
        unprocessed || budget.take(policy.get().budget(), context.clock().getAsLong());
    if (allowed) {
      meters.retried(unprocessed ? Reason.UNPROCESSED : Reason.STALE_CONNECTION);
    } else {
      meters.refused(RetryMeters.Refusal.BUDGET);
    }
    return allowed;
  }

  /** In nanoseconds; -1 for not at all. */
  private static long hedgeAfter(@Nullable Latencies known, HedgePolicy hedge) {
    long usual = known == null ? -1 : known.percentile(hedge.percentile());
    return usual < 0 ? -1 : Math.max(usual, hedge.least().toNanos());
  }

  private @Nullable Latencies latencies(OperationSpec operation) {
    Latencies known = latencies.get(operation);
    if (known == null && latencies.size() < MOST_OPERATIONS) {
      known = new Latencies();
      latencies.put(operation, known);
    }
    return known;
  }

  @Override
  public void describe(JsonObject into) {
    RetryPolicy retry = policy.get();
    into.put(
        "retry",
        new JsonObject()
            .put("attempts", retry.attempts())
            .put("budgetLeft", budget.left(retry.budget(), context.clock().getAsLong()))
            .put("retries", (long) meters.retries())
            .put("hedgesWon", (long) meters.hedgesWon.count())
            .put("hedgesLost", (long) meters.hedgesLost.count()));
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
