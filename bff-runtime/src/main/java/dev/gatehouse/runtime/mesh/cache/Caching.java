package dev.gatehouse.runtime.mesh.cache;

import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.cache.OuterAnswers.Found;
import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.policy.CachePolicy;
import dev.gatehouse.runtime.policy.CachePolicy.Store;
import dev.gatehouse.runtime.policy.FaultPolicy;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers safe calls from what is kept, or from what another call is about to bring; the others go on. A shared cache after RFC 9111,
 * whose key is all that the service is told, so that no answer reaches a caller for whom the service might have answered otherwise.
 */
public final class Caching implements Upstream {
  private final Upstream next;
  private final Live<CachePolicy> live;
  private final Live<FaultPolicy> faults;
  private final LayerContext context;
  private final AnswerStore store;
  private final @Nullable OuterAnswers outer;
  private final InstantSource clock;
  private final CacheMeters meters;
  private final Map<CallKey, Flight> shared = new HashMap<>();
  private final Set<Flight> flights = new LinkedHashSet<>();
  private boolean outerUsed;

  /**
   * @param faults what is injected below: calls that it tells apart share nothing
   * @param store of all services of the BFF
   * @param outer where answers are kept for other processes, too; null for nowhere
   * @param clock for ages; dates of services are compared with it
   */
  public Caching(
      Upstream next,
      Live<CachePolicy> policy,
      Live<FaultPolicy> faults,
      LayerContext context,
      AnswerStore store,
      @Nullable OuterStore outer,
      InstantSource clock) {
    this.next = next;
    this.live = policy;
    this.faults = faults;
    this.context = context;
    this.store = store;
    this.outer = outer == null ? null : new OuterAnswers(outer, context.service(), clock);
    this.clock = clock;
    this.meters = new CacheMeters(context);
  }

  @Override
  public Future<UpstreamResponse> send(UpstreamRequest request) {
    CachePolicy policy = live.get();
    if (!request.operation().isSafe()) {
      // Also where nothing is kept: what was kept before may be used again when the policy changes.
      return change(request);
    }
    boolean shares = policy.shared() && !choosesByHeader(faults.get());
    boolean covered = policy.stored() && StoringRules.covers(request);
    if (!covered && !shares) {
      return next.send(request);
    }
    CallKey key = CallKey.of(context.service(), request);
    StoredAnswer stored = covered ? store.find(key) : null;
    if (stored != null) {
      long now = nowMillis();
      if (stored.isFresh(now)) {
        meters.hits.increment();
        return Future.succeededFuture(stored.response(now));
      }
      if (stored.isUsableWhileRevalidating(now)) {
        meters.staleWhileRevalidate.increment();
        if (!shared.containsKey(key)) {
          start(new Flight(this, key, request.later(), true, stored, true), true);
        }
        return Future.succeededFuture(stored.response(now));
      }
    }
    Waiter waiter = new Waiter(this, request);
    Flight flight = shares ? shared.get(key) : null;
    if (flight != null && flight.takes(request)) {
      meters.shared.increment();
      flight.join(waiter);
    } else {
      flight = new Flight(this, key, request, covered, stored, false);
      flight.join(waiter);
      start(flight, shares);
    }
    return waiter.answer();
  }

  /** A fault that is meant for some callers must not reach others, who ask the same. */
  private static boolean choosesByHeader(FaultPolicy policy) {
    return !policy.rules().isEmpty()
        && policy.rules().stream().anyMatch(rule -> rule.header() != null);
  }

  private void start(Flight flight, boolean joinable) {
    flights.add(flight);
    if (joinable) {
      shared.put(flight.key(), flight);
    }
    flight.start();
  }

  /** Those who have more time than the flight had for which they waited begin another, or join one that has begun. */
  void flyAgain(CallKey key, List<Waiter> waiters, boolean covered) {
    Waiter longest = waiters.get(0);
    for (Waiter waiter : waiters) {
      if (waiter.request().deadlineNanos() - longest.request().deadlineNanos() > 0) {
        longest = waiter;
      }
    }
    Flight flight = new Flight(this, key, longest.request(), covered, null, false);
    waiters.forEach(flight::join);
    start(flight, live.get().shared() && !shared.containsKey(key));
  }

  void ended(Flight flight) {
    flights.remove(flight);
    shared.remove(flight.key(), flight);
  }

  /**
   * Keeps an answer, where that is allowed.
   *
   * @param found what the outer store told before; null where it was not asked
   * @return null where it is not
   */
  @Nullable StoredAnswer keep(
      CallKey key,
      UpstreamRequest call,
      UpstreamResponse response,
      long sentMillis,
      long epoch,
      @Nullable Found found) {
    StoredAnswer answer = StoringRules.store(
        call, response, !live.get().staleIfError().isZero(), sentMillis, nowMillis());
    if (answer == null) {
      return null;
    }
    if (store.put(key, answer, epoch)) {
      meters.stored.increment();
      OuterAnswers others = outer();
      if (others != null && found != null) {
        others.keep(found, answer, live.get().staleIfError().toSeconds());
      }
    }
    return answer;
  }

  /** What was kept holds no longer. */
  void forget(CallKey key, @Nullable Found found) {
    store.remove(key);
    OuterAnswers others = outer();
    if (others != null && found != null) {
      others.drop(found);
    }
  }

  /** Where answers are kept for other processes, too; null where they are not. */
  @Nullable OuterAnswers outer() {
    boolean used = outer != null && live.get().store() == Store.REDIS;
    outerUsed |= used;
    return used ? outer : null;
  }

  boolean mayStandIn(StoredAnswer stored) {
    return stored.isUsableOnError(nowMillis(), live.get().staleIfError().toSeconds());
  }

  UpstreamException late(UpstreamRequest request) {
    return new UpstreamException(
        FailureClass.TIMED_OUT,
        context.service() + ": " + request.operation().name()
            + ": no answer to the same call of another, for which it waited until its deadline");
  }

  Upstream next() {
    return next;
  }

  LayerContext context() {
    return context;
  }

  AnswerStore store() {
    return store;
  }

  CacheMeters meters() {
    return meters;
  }

  long nowMillis() {
    return clock.millis();
  }

  /**
   * A call that may change something; if it goes well, or nobody knows how it went, what was kept of it is out of date (RFC 9111, section
   * 4.4).
   */
  private Future<UpstreamResponse> change(UpstreamRequest request) {
    Future<UpstreamResponse> answer = next.send(request);
    outer();
    OuterAnswers others = outerUsed ? outer : null;
    return others == null
        ? answer.onComplete((response, failure) -> changed(request, response, failure))
        : answer.transform((response, failure) -> Future.join(
                changed(request, response, failure).stream().map(others::forget).toList())
            .transform(forgotten -> answer));
  }

  /**
   * Forgets what is out of date in this process.
   *
   * @return the places it was about
   */
  private Set<String> changed(
      UpstreamRequest request, @Nullable UpstreamResponse response, @Nullable Throwable failure) {
    Set<String> places = new LinkedHashSet<>();
    if (response == null) {
      if (failure instanceof UpstreamException known && !known.isUnprocessed()) {
        forget(request.uri(), places);
      }
    } else if (response.status() >= 200 && response.status() < 400) {
      forget(request.uri(), places);
      forget(Places.of(response.headers().get(HttpHeaders.LOCATION), request), places);
      forget(Places.of(response.headers().get("content-location"), request), places);
    }
    return places;
  }

  /** Who asks from now on must not be told what was so before: calls under way are joined no more, either. */
  private void forget(@Nullable String uri, Set<String> places) {
    if (uri != null) {
      String place = CallKey.place(context.service(), uri);
      places.add(place);
      store.forget(place);
    }
  }

  @Override
  public void describe(JsonObject into) {
    CachePolicy policy = live.get();
    if (policy.enabled()) {
      JsonObject told = new JsonObject()
          .put("stores", policy.stored())
          .put("shares", policy.shared())
          .put("underWay", flights.size())
          .put("hits", (long) meters.hits.count())
          .put("misses", (long) meters.misses.count())
          .put("revalidated", (long) meters.revalidated.count())
          .put("staleIfError", (long) meters.staleIfError.count())
          .put("shared", (long) meters.shared.count())
          .put("bytes", store.bytes());
      OuterAnswers others = outer();
      if (others != null) {
        others.store().describe(told.put("outerHits", (long) meters.outerHits.count()));
      }
      into.put("cache", told);
    }
    next.describe(into);
  }

  @Override
  public void explain(UpstreamRequest request, JsonObject into) {
    next.explain(request, into);
  }

  /** Nobody waits any more: what is left is fetched for later. */
  @Override
  public Future<Void> close() {
    List.copyOf(flights)
        .forEach(flight -> flight.cancel(
            new UpstreamException(FailureClass.CANCELLED, context.service() + ": closed")));
    return next.close();
  }
}
