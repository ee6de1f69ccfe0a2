package dev.gatehouse.runtime.mesh.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.mesh.layer.ScriptedUpstream;
import dev.gatehouse.runtime.policy.CachePolicy;
import dev.gatehouse.runtime.policy.FaultPolicy;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Route;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachingTest {
  private static final CachePolicy KEEPING = CachePolicy.DEFAULT.withStored(true);

  private final LayerLoop loop = new LayerLoop();
  private final ScriptedUpstream service = new ScriptedUpstream();
  private final AtomicLong millis =
      new AtomicLong(Instant.parse("2026-03-01T12:00:00Z").toEpochMilli());
  private final Live<CachePolicy> policy = new Live<>(KEEPING);
  private final Live<FaultPolicy> faults = new Live<>(FaultPolicy.OFF);
  private final AnswerStore store = new AnswerStore(1 << 20);
  private final Caching cache = loop.on(() -> new Caching(
      service,
      policy,
      faults,
      loop.context(),
      store,
      null,
      () -> Instant.ofEpochMilli(millis.get())));

  @AfterEach
  void close() {
    loop.on(() -> {
      assertThat(loop.timers().size()).as("timers left").isZero();
      return null;
    });
    loop.close();
  }

  private static UpstreamRequest get(String uri, Duration timeout, String... headers) {
    List<Header> all = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.add(new Header(headers[i], headers[i + 1]));
    }
    return new UpstreamRequest(
        LayerLoop.operation(Safety.SAFE, false),
        HttpMethod.GET,
        uri,
        all,
        null,
        System.nanoTime() + timeout.toNanos());
  }

  private static UpstreamRequest get(String... headers) {
    return get("/things", Duration.ofSeconds(50), headers);
  }

  private UpstreamResponse call(UpstreamRequest request) {
    return loop.call(() -> cache.send(request));
  }

  private Future<UpstreamResponse> start(UpstreamRequest request) {
    return loop.on(() -> cache.send(request));
  }

  private void turn(int seconds) {
    millis.addAndGet(seconds * 1000L);
  }

  @Test
  void whatIsFreshIsNotAskedForAgain() {
    service.answer(200, "cache-control", "max-age=60");
    call(get());
    turn(59);
    assertThat(call(get()).headers().get("age")).isEqualTo("59");
    assertThat(service.sent()).isEqualTo(1);
    turn(1);
    assertThat(call(get()).headers().get("age")).isNull();
    assertThat(service.sent()).isEqualTo(2);
    assertThat(loop.count("gatehouse.mesh.cache", "outcome", "hit")).isEqualTo(1);
  }

  @Test
  void callersWhoTellTheServiceDifferentThingsShareNothing() {
    Random random = new Random(11);
    policy.set(KEEPING.withStaleIfError(Duration.ofMinutes(1)));
    service.then(request -> Future.succeededFuture(LayerLoop.response(
        200, "cache-control", "public, max-age=60", "x-for", request.headers().toString())));
    Map<String, Integer> sent = new HashMap<>();
    for (int i = 0; i < 2000; i++) {
      String caller = "user-" + random.nextInt(20);
      String name = random.nextBoolean() ? "authorization" : "x-user";
      UpstreamResponse answer = call(get(name, caller, "traceparent", "00-" + i));
      assertThat(answer.headers().get("x-for"))
          .contains("name=" + name + ", value=" + caller + "]");
      sent.merge(name + caller, 1, Integer::sum);
    }
    assertThat(service.sent()).isEqualTo(sent.size());
  }

  @Test
  void sidesOfARouteShareNothing() {
    service.answer(200, "cache-control", "max-age=60");
    UpstreamRequest canary = get();
    canary.route(new Route(Map.of("version", "v2"), null));
    call(get());
    call(canary);
    assertThat(service.sent()).isEqualTo(2);
  }

  @Test
  void whatIsNoLongerFreshIsAskedForUnderConditions() {
    service
        .answer(200, "cache-control", "max-age=60", "etag", "\"a\"", "x-old", "1")
        .answer(304, "cache-control", "max-age=30", "x-new", "1")
        .answer(200, "cache-control", "max-age=60", "etag", "\"b\"");
    call(get());
    turn(60);
    UpstreamResponse merged = call(get());
    assertThat(merged.status()).isEqualTo(200);
    assertThat(merged.headers().get("x-old")).isEqualTo("1");
    assertThat(merged.headers().get("x-new")).isEqualTo("1");
    assertThat(service.requests().get(1).headers())
        .anyMatch(header ->
            header.name().toString().equals("if-none-match") && header.value().equals("\"a\""));
    turn(29);
    call(get());
    assertThat(service.sent()).isEqualTo(2);
    turn(1);
    assertThat(call(get()).headers().get("etag")).isEqualTo("\"b\"");
  }

  @Test
  void aChangeThatGoesWellForgetsWhatWasKept() {
    service.answer(200, "cache-control", "max-age=60");
    call(get());
    call(get("x-tenant", "a"));
    service.reset().answer(500);
    call(LayerLoop.unsafe());
    call(get());
    assertThat(service.sent()).as("a change that failed").isEqualTo(3);

    service.reset().answer(204).answer(200, "cache-control", "max-age=60");
    call(LayerLoop.unsafe());
    call(get());
    call(get("x-tenant", "a"));
    assertThat(service.sent()).isEqualTo(6);
  }

  @Test
  void anAnswerThatWasOnItsWayDuringAChangeIsNotKept() {
    service.hold().hold().answer(200, "cache-control", "max-age=60");
    Future<UpstreamResponse> read = start(get());
    Future<UpstreamResponse> change = start(LayerLoop.unsafe());
    loop.on(() -> {
      ScriptedUpstream.Held reading = service.held();
      service.held().answer(LayerLoop.response(204));
      reading.answer(LayerLoop.response(200, "cache-control", "max-age=60"));
      return null;
    });
    LayerLoop.await(change);
    LayerLoop.await(read);
    call(get());
    assertThat(service.sent()).isEqualTo(3);
  }

  @Test
  void aStaleAnswerIsUsedWhileANewOneIsFetched() {
    service
        .answer(200, "cache-control", "max-age=10, stale-while-revalidate=20", "x", "old")
        .hold();
    call(get());
    turn(15);
    assertThat(call(get()).headers().get("x")).isEqualTo("old");
    assertThat(call(get()).headers().get("x")).isEqualTo("old");
    assertThat(service.waiting()).as("one revalidation at a time").isEqualTo(1);
    loop.on(() -> {
      service.held().answer(LayerLoop.response(200, "cache-control", "max-age=10", "x", "new"));
      return null;
    });
    assertThat(call(get()).headers().get("x")).isEqualTo("new");
    assertThat(service.sent()).isEqualTo(2);
  }

  @Test
  void aStaleAnswerStandsInWhereTheServiceFails() {
    policy.set(KEEPING.withStaleIfError(Duration.ofSeconds(100)));
    service.answer(200, "cache-control", "max-age=10");
    call(get());
    turn(20);
    service.reset().answer(503);
    assertThat(call(get()).status()).isEqualTo(200);
    service.reset().answer(404);
    assertThat(call(get()).status()).as("an answer is no failure").isEqualTo(404);
    turn(100);
    service.reset().answer(200, "cache-control", "max-age=10");
    call(get());
    turn(50);
    for (FailureClass why :
        List.of(FailureClass.UNREACHABLE, FailureClass.REFUSED, FailureClass.TIMED_OUT)) {
      service.reset().fail(LayerLoop.failure(why, false));
      assertThat(call(get()).headers().get("age")).isEqualTo("50");
    }
    turn(61);
    assertThat(loop.fail(() -> cache.send(get())).failureClass()).isEqualTo(FailureClass.TIMED_OUT);
    assertThat(loop.count("gatehouse.mesh.cache", "outcome", "stale_if_error")).isEqualTo(4);
  }

  @Test
  void theSameCallsUnderWayAreSentOnce() {
    service.hold();
    List<Future<UpstreamResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(start(get("traceparent", "00-" + i)));
    }
    start(get("x-user", "other"));
    assertThat(service.sent()).isEqualTo(2);
    loop.on(() -> {
      service.held().answer(LayerLoop.response(200));
      service.held().answer(LayerLoop.response(200));
      return null;
    });
    calls.forEach(call -> assertThat(LayerLoop.await(call).status()).isEqualTo(200));
  }

  @Test
  void changesAreNeverShared() {
    service.answer(200);
    call(LayerLoop.unsafe());
    call(LayerLoop.unsafe());
    assertThat(service.sent()).isEqualTo(2);
  }

  @Test
  void theCallIsCancelledWhenTheLastOneLeaves() {
    service.hold();
    UpstreamRequest first = get();
    UpstreamRequest second = get();
    Future<UpstreamResponse> one = start(first);
    Future<UpstreamResponse> other = start(second);
    UpstreamException gone = new UpstreamException(FailureClass.CANCELLED, "gone");
    loop.on(() -> {
      first.cancel(gone);
      assertThat(one.cause()).isSameAs(gone);
      assertThat(service.waiting()).isEqualTo(1);
      assertThat(other.isComplete()).isFalse();
      second.cancel(gone);
      assertThat(service.waiting()).isZero();
      assertThat(other.cause()).isSameAs(gone);
      return null;
    });
    service.reset().answer(200);
    call(get());
    assertThat(service.sent()).isEqualTo(2);
  }

  @Test
  void whoHasLessTimeLeavesEarlierAndWhoHasMoreFliesAgain() {
    service.hold();
    Future<UpstreamResponse> first = start(get("/things", Duration.ofSeconds(50)));
    Future<UpstreamResponse> hasty = start(get("/things", Duration.ofMillis(50)));
    Future<UpstreamResponse> patient = start(get("/things", Duration.ofSeconds(80)));
    loop.until(hasty::isComplete);
    assertThat(((UpstreamException) hasty.cause()).failureClass())
        .isEqualTo(FailureClass.TIMED_OUT);
    loop.on(() -> {
      service.held().fail(LayerLoop.failure(FailureClass.TIMED_OUT, false));
      assertThat(first.failed()).isTrue();
      assertThat(patient.isComplete()).isFalse();
      assertThat(service.waiting()).isEqualTo(1);
      service.held().answer(LayerLoop.response(200));
      return null;
    });
    assertThat(LayerLoop.await(patient).status()).isEqualTo(200);
  }

  @Test
  void whateverTheOrderOfEventsEveryCallEndsAndNothingIsLeft() {
    Random random = new Random(5);
    service.hold();
    for (int round = 0; round < 200; round++) {
      List<UpstreamRequest> requests = new ArrayList<>();
      List<Future<UpstreamResponse>> calls = new ArrayList<>();
      loop.on(() -> {
        for (int step = 0; step < 30; step++) {
          int what = random.nextInt(5);
          if (what < 2 || requests.isEmpty()) {
            UpstreamRequest request =
                get("/" + random.nextInt(3), Duration.ofSeconds(5 + random.nextInt(5)));
            requests.add(request);
            calls.add(cache.send(request));
          } else if (what == 2) {
            requests
                .get(random.nextInt(requests.size()))
                .cancel(new UpstreamException(FailureClass.CANCELLED, "gone"));
          } else if (service.waiting() > 0) {
            ScriptedUpstream.Held held = service.held();
            switch (random.nextInt(3)) {
              case 0 -> held.answer(LayerLoop.response(200));
              case 1 -> held.fail(LayerLoop.failure(FailureClass.UNREACHABLE, true));
              default -> held.fail(LayerLoop.failure(FailureClass.TIMED_OUT, false));
            }
          }
        }
        while (service.waiting() > 0) {
          service.held().answer(LayerLoop.response(200));
        }
        assertThat(calls).allMatch(Future::isComplete);
        assertThat(loop.timers().size()).isZero();
        return null;
      });
    }
  }

  @Test
  void aChangeOfWhichNobodyKnowsWhatBecameForgetsWhatWasKept() {
    service.answer(200, "cache-control", "max-age=60");
    call(get());
    service.reset().fail(LayerLoop.failure(FailureClass.UNREACHABLE, true));
    loop.fail(() -> cache.send(LayerLoop.unsafe()));
    service.reset().answer(200, "cache-control", "max-age=60");
    call(get());
    assertThat(service.sent()).as("never sent, so nothing has changed").isEqualTo(2);

    service.reset().fail(LayerLoop.failure(FailureClass.TIMED_OUT, false));
    loop.fail(() -> cache.send(LayerLoop.unsafe()));
    service.reset().answer(200, "cache-control", "max-age=60");
    call(get());
    assertThat(service.sent()).isEqualTo(4);
  }

  @Test
  void aNewOneIsFetchedInTimeOfItsOwn() {
    service
        .answer(200, "cache-control", "max-age=10, stale-while-revalidate=20")
        .answer(200, "cache-control", "max-age=10");
    call(get());
    turn(15);
    UpstreamRequest hurried = get("/things", Duration.ofMillis(20));
    hurried.enough(Duration.ofSeconds(30).toNanos());
    call(hurried);
    long left = service.requests().get(1).deadlineNanos() - System.nanoTime();
    assertThat(left).isGreaterThan(Duration.ofSeconds(20).toNanos());
  }

  @Test
  void whatIsKeptByOneInstanceWhileAnotherForgetsIsAlwaysFoundToBeForgotten() throws Exception {
    CallKey key = CallKey.of("catalog", get());
    StoredAnswer answer =
        new StoredAnswer(200, LayerLoop.response(200).headers(), new byte[0], 0, 60, 0, -1, true);
    for (int round = 0; round < 300; round++) {
      AnswerStore shared = new AnswerStore(1 << 20);
      CyclicBarrier begin = new CyclicBarrier(3);
      List<Thread> instances = List.of(
          new Thread(() -> keepAgainAndAgain(shared, key, answer, begin)),
          new Thread(() -> keepAgainAndAgain(shared, key, answer, begin)),
          new Thread(() -> {
            await(begin);
            for (int i = 0; i < 50; i++) {
              shared.remove(key);
            }
          }));
      instances.forEach(Thread::start);
      for (Thread instance : instances) {
        instance.join();
      }
      shared.forget(key.place());
      assertThat(shared.find(key)).isNull();
    }
  }

  private static void keepAgainAndAgain(
      AnswerStore shared, CallKey key, StoredAnswer answer, CyclicBarrier begin) {
    await(begin);
    for (int i = 0; i < 50; i++) {
      shared.put(key, answer, shared.epoch(key));
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void memoryIsBounded() {
    service.then(request -> Future.succeededFuture(new UpstreamResponse(
        200,
        LayerLoop.response(200, "cache-control", "max-age=60").headers(),
        new byte[10_000],
        0,
        10_000)));
    for (int i = 0; i < 300; i++) {
      call(get("/things/" + i, Duration.ofSeconds(50)));
    }
    assertThat(store.bytes()).isBetween(500_000L, 1L << 20);
  }

  @Test
  void whereItIsOffEachCallIsSent() {
    policy.set(CachePolicy.OFF);
    service.answer(200, "cache-control", "max-age=60");
    call(get());
    call(get());
    assertThat(service.sent()).isEqualTo(2);
  }
}
