package dev.gatehouse.runtime.mesh.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.mesh.layer.ScriptedUpstream;
import dev.gatehouse.runtime.policy.CachePolicy;
import dev.gatehouse.runtime.policy.CachePolicy.Store;
import dev.gatehouse.runtime.policy.FaultPolicy;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two processes, one store between them. */
class OuterCachingTest {
  private final LayerLoop loop = new LayerLoop();
  private final ScriptedUpstream service = new ScriptedUpstream();
  private final AtomicLong millis =
      new AtomicLong(Instant.parse("2026-03-01T12:00:00Z").toEpochMilli());
  private final Live<CachePolicy> policy =
      new Live<>(CachePolicy.DEFAULT.withStored(true).withStore(Store.REDIS));
  private final HeldStore outer = new HeldStore();
  private final Caching one = process();
  private final Caching other = process();

  private Caching process() {
    return loop.on(() -> new Caching(
        service,
        policy,
        new Live<>(FaultPolicy.OFF),
        loop.context(),
        new AnswerStore(),
        outer,
        () -> Instant.ofEpochMilli(millis.get())));
  }

  @AfterEach
  void close() {
    loop.on(() -> {
      assertThat(loop.timers().size()).as("timers left").isZero();
      return null;
    });
    loop.close();
  }

  private static UpstreamRequest get(String uri, Duration timeout, Header... headers) {
    return new UpstreamRequest(
        LayerLoop.operation(Safety.SAFE, false),
        HttpMethod.GET,
        uri,
        List.of(headers),
        null,
        System.nanoTime() + timeout.toNanos());
  }

  private static UpstreamRequest get() {
    return get("/things", Duration.ofMinutes(10));
  }

  private UpstreamResponse call(Caching process, UpstreamRequest request) {
    return loop.call(() -> process.send(request));
  }

  private Future<UpstreamResponse> start(Caching process, UpstreamRequest request) {
    return loop.on(() -> process.send(request));
  }

  private void release() {
    loop.on(() -> {
      outer.release();
      return null;
    });
  }

  private void turn(int seconds) {
    millis.addAndGet(seconds * 1000L);
  }

  @Test
  void theAgeOfAnAnswerGoesOnInTheOtherProcess() {
    service.answer(200, "cache-control", "max-age=60");
    call(one, get());
    turn(40);
    assertThat(call(other, get()).headers().get("age")).isEqualTo("40");
    turn(19);
    assertThat(call(other, get()).headers().get("age")).isEqualTo("59");
    assertThat(outer.looks).as("memory comes first").isEqualTo(2);
    turn(1);
    call(other, get());
    assertThat(service.sent()).isEqualTo(2);
  }

  @Test
  void answersAreKeptAsLongAsTheyAreOfUse() {
    service
        .answer(200, "cache-control", "max-age=60")
        .answer(200, "cache-control", "max-age=60, stale-while-revalidate=30, stale-if-error=90")
        .answer(200, "cache-control", "max-age=60, must-revalidate, stale-if-error=90")
        .answer(200, "cache-control", "max-age=60", "age", "20")
        .answer(200, "cache-control", "no-cache", "etag", "\"a\"")
        .answer(200, "cache-control", "max-age=2000000000")
        .answer(200, "cache-control", "no-store")
        .answer(200, "cache-control", "private, max-age=60");
    List<Long> lives = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      call(one, get("/" + i, Duration.ofMinutes(10)));
      outer.lives.values().forEach(life -> lives.add(life.toSeconds()));
      outer.lives.clear();
    }
    assertThat(lives).containsExactly(60L, 150L, 60L, 40L, 600L, 86_400L);
  }

  @Test
  void aStaleAnswerOfTheOtherProcessIsAskedForUnderItsCondition() {
    service
        .answer(200, "cache-control", "max-age=60", "etag", "\"a\"", "x-old", "1")
        .answer(304, "cache-control", "max-age=60");
    call(one, get());
    turn(61);
    assertThat(call(other, get()).headers().get("x-old")).isEqualTo("1");
    assertThat(service.requests().get(1).headers())
        .anyMatch(header -> header.name().toString().equals("if-none-match"));
    turn(30);
    assertThat(call(one, get()).headers().get("age")).as("found again").isEqualTo("30");
    assertThat(service.sent()).isEqualTo(2);
  }

  @Test
  void aStaleAnswerOfTheOtherProcessStandsIn() {
    service
        .answer(200, "cache-control", "max-age=60, stale-if-error=100")
        .fail(LayerLoop.failure(FailureClass.UNREACHABLE, true));
    call(one, get());
    turn(100);
    assertThat(call(other, get()).headers().get("age")).isEqualTo("100");
  }

  @Test
  void aStaleAnswerOfTheOtherProcessIsUsedWhileANewOneIsFetched() {
    service
        .answer(200, "cache-control", "max-age=60, stale-while-revalidate=100", "x", "old")
        .hold();
    call(one, get());
    turn(100);
    assertThat(call(other, get()).headers().get("x")).isEqualTo("old");
    assertThat(call(other, get()).headers().get("x")).isEqualTo("old");
    loop.on(() -> {
      assertThat(service.waiting()).isEqualTo(1);
      service.held().answer(LayerLoop.response(200, "cache-control", "max-age=60", "x", "new"));
      return null;
    });
    assertThat(call(other, get()).headers().get("x")).isEqualTo("new");
  }

  @Test
  void theSameCallsLookOnce() {
    outer.holds = true;
    service.answer(200, "cache-control", "max-age=60");
    List<Future<UpstreamResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(start(one, get()));
    }
    assertThat(outer.looks).isEqualTo(1);
    assertThat(service.sent()).isZero();
    release();
    calls.forEach(call -> assertThat(LayerLoop.await(call).status()).isEqualTo(200));
    assertThat(service.sent()).isEqualTo(1);
  }

  @Test
  void aCallThatEveryoneHasLeftWhileItLookedIsNotSent() {
    outer.holds = true;
    service.answer(200);
    UpstreamRequest first = get();
    Future<UpstreamResponse> left = start(one, first);
    UpstreamException gone = new UpstreamException(FailureClass.CANCELLED, "gone");
    loop.on(() -> {
      first.cancel(gone);
      return null;
    });
    assertThat(left.cause()).isSameAs(gone);
    release();
    assertThat(service.sent()).isZero();
    outer.holds = false;
    assertThat(call(one, get()).status()).isEqualTo(200);
  }

  @Test
  void aLookLeavesACallHalfOfItsTime() {
    outer.holds = true;
    service.answer(200, "cache-control", "max-age=60");
    assertThat(call(one, get("/things", Duration.ofSeconds(1))).status()).isEqualTo(200);
    assertThat(outer.values).as("nobody knows of what generation").isEmpty();
    release();
    assertThat(service.sent()).isEqualTo(1);
  }

  @Test
  void aChangeIsToldWhenItIsForgottenEverywhere() {
    service
        .answer(200, "cache-control", "max-age=60")
        .answer(204, "location", "/things/7")
        .answer(200, "cache-control", "max-age=60");
    call(one, get());
    call(one, get("/things/7", Duration.ofMinutes(1)));
    service.reset().answer(204, "location", "/things/7").answer(200, "cache-control", "max-age=60");
    outer.holds = true;
    Future<UpstreamResponse> change = start(one, LayerLoop.unsafe());
    assertThat(change.isComplete()).isFalse();
    outer.holds = false;
    release();
    assertThat(LayerLoop.await(change).status()).isEqualTo(204);
    int before = service.sent();
    call(other, get());
    call(other, get("/things/7", Duration.ofMinutes(1)));
    assertThat(service.sent()).isEqualTo(before + 2);
  }

  @Test
  void whatTheOtherProcessKeptDoesNotSurviveAChangeDuringTheLook() {
    service.answer(200, "cache-control", "max-age=60", "x", "old");
    call(other, get());
    service.reset().answer(204).answer(200, "cache-control", "max-age=60", "x", "new");
    outer.holds = true;
    Future<UpstreamResponse> read = start(one, get());
    Future<UpstreamResponse> change = start(one, LayerLoop.unsafe());
    release();
    LayerLoop.await(change);
    assertThat(LayerLoop.await(read).headers().get("x")).isEqualTo("new");
  }

  @Test
  void anAnswerFromAClockThatIsFarAheadIsNone() {
    service.answer(200, "cache-control", "max-age=60");
    turn(100);
    call(one, get());
    turn(-100);
    call(other, get());
    assertThat(service.sent()).isEqualTo(2);
    assertThat(outer.rejected).hasSize(1);
  }

  @Test
  void anAnswerThatMayNotBeKeptAnyMoreIsDropped() {
    service
        .answer(200, "cache-control", "max-age=60, stale-if-error=100")
        .answer(200, "cache-control", "no-store");
    call(one, get());
    turn(61);
    call(other, get());
    assertThat(outer.values).isEmpty();
  }

  @Test
  void aServiceThatKeepsInMemoryDoesNotLook() {
    policy.set(policy.get().withStore(Store.MEMORY));
    service.answer(200, "cache-control", "max-age=60");
    call(one, get());
    call(other, get());
    call(one, LayerLoop.unsafe());
    assertThat(outer.looks).isZero();
    assertThat(service.sent()).isEqualTo(3);
  }

  @Test
  void whateverTheOrderOfEventsEveryCallEndsAndNothingIsLeft() {
    Random random = new Random(9);
    outer.holds = true;
    service.hold();
    for (int round = 0; round < 100; round++) {
      List<UpstreamRequest> requests = new ArrayList<>();
      List<Future<UpstreamResponse>> calls = new ArrayList<>();
      loop.on(() -> {
        for (int step = 0; step < 40; step++) {
          int what = random.nextInt(8);
          if (what < 3 || requests.isEmpty()) {
            UpstreamRequest request = random.nextInt(5) == 0
                ? LayerLoop.unsafe()
                : get("/" + random.nextInt(3), Duration.ofMinutes(1 + random.nextInt(5)));
            requests.add(request);
            calls.add((random.nextBoolean() ? one : other).send(request));
          } else if (what == 3) {
            requests
                .get(random.nextInt(requests.size()))
                .cancel(new UpstreamException(FailureClass.CANCELLED, "gone"));
          } else if (what < 6) {
            outer.release();
          } else if (service.waiting() > 0) {
            ScriptedUpstream.Held held = service.held();
            switch (random.nextInt(3)) {
              case 0 ->
                held.answer(LayerLoop.response(
                    200, "cache-control", "max-age=1, stale-while-revalidate=1"));
              case 1 -> held.fail(LayerLoop.failure(FailureClass.UNREACHABLE, true));
              default -> held.fail(LayerLoop.failure(FailureClass.TIMED_OUT, false));
            }
          } else {
            millis.addAndGet(500);
          }
        }
        for (int i = 0; i < 10; i++) {
          outer.release();
          while (service.waiting() > 0) {
            service.held().answer(LayerLoop.response(200, "cache-control", "no-store"));
          }
        }
        assertThat(calls).allMatch(Future::isComplete);
        assertThat(loop.timers().size()).isZero();
        return null;
      });
    }
  }
}
