package dev.gatehouse.runtime.mesh.cache;

import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.cache.OuterAnswers.Found;
import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.policy.CachePolicy;
import dev.gatehouse.runtime.policy.CachePolicy.Store;
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
  private final LayerContext context;
  private final AnswerStore store;
  private final @Nullable OuterAnswers outer;
  private final InstantSource clock;
  private final CacheMeters meters;
  private final Map<CallKey, Flight> shared = new HashMap<>();
  private final Set<Flight> flights = new LinkedHashSet<>();

  /**
   * @param store of all services of the BFF
   * @param outer where answers are kept for other processes, too; null for nowhere
   * @param clock for ages; dates of services are compared with it
   */
  public Caching(
      Upstream next,
      Live<CachePolicy> policy,
      LayerContext context,
      AnswerStore store,
      @Nullable OuterStore outer,
      InstantSource clock) {
    this.next = next;
    this.live = policy;
    this.context = context;
    this.store = store;
    this.outer = outer == null ? null : new OuterAnswers(outer, context.service(), clock);
    this.clock = clock;
    this.meters = new CacheMeters(context);
  }

  @Override
  public Future<UpstreamResponse> send(UpstreamRequest request) {
    CachePolicy policy = live.get();
    if (!policy.enabled()) {
      return next.send(request);
    }
    if (!request.operation().isSafe()) {
      return change(request);
    }
    boolean covered = policy.stored() && StoringRules.covers(request);
    if (!covered && !policy.shared()) {
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
    Flight flight = policy.shared() ? shared.get(key) : null;
    if (flight != null) {
      meters.shared.increment();
      flight.join(waiter);
    } else {
      flight = new Flight(this, key, request, covered, stored, false);
      flight.join(waiter);
      start(flight, policy.shared());
    }
    return waiter.answer();
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
    return live.get().store() == Store.REDIS ? outer : null;
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
    String uri = request.uri();
    Future<UpstreamResponse> answer = next.send(request);
    OuterAnswers others = outer();
    return others == null
        ? answer.onComplete((response, failure) -> changed(uri, response, failure))
        : answer.transform((response, failure) -> Future.join(
                changed(uri, response, failure).stream().map(others::forget).toList())
            .transform(forgotten -> answer));
  }

  /**
   * Forgets what is out of date in this process.
   *
   * @return the places it was about
   */
  private Set<String> changed(
      String uri, @Nullable UpstreamResponse response, @Nullable Throwable failure) {
    Set<String> places = new LinkedHashSet<>();
    if (response == null) {
      if (failure instanceof UpstreamException known && !known.isUnprocessed()) {
        forget(uri, places);
      }
    } else if (response.status() >= 200 && response.status() < 400) {
      forget(uri, places);
      forget(response.headers().get(HttpHeaders.LOCATION), places);
      forget(response.headers().get("content-location"), places);
    }
    return places;
  }

  /** Of other places only those on the same host count: a service may not speak for others. */
  private void forget(@Nullable String at, Set<String> places) {
    if (at != null && at.startsWith("/") && !at.startsWith("//")) {
      String place = CallKey.place(context.service(), at);
      places.add(place);
      store.forget(place);
      // Who asks from now on must not be told what was so before.
      shared.keySet().removeIf(key -> key.place().equals(place));
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
