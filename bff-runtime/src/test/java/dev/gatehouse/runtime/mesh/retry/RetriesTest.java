package dev.gatehouse.runtime.mesh.retry;

import static dev.gatehouse.runtime.mesh.layer.LayerLoop.failure;
import static dev.gatehouse.runtime.mesh.layer.LayerLoop.request;
import static dev.gatehouse.runtime.mesh.layer.LayerLoop.safe;
import static dev.gatehouse.runtime.mesh.layer.LayerLoop.unsafe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.mesh.layer.ScriptedUpstream;
import dev.gatehouse.runtime.policy.HedgePolicy;
import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.policy.RetryPolicy.Budget;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private static final UpstreamException BROKEN = failure(FailureClass.UNREACHABLE, false);
  private static final UpstreamException NOT_CONNECTED = failure(FailureClass.UNREACHABLE, true);
  private static final UpstreamException TIMED_OUT = failure(FailureClass.TIMED_OUT, false);

  /** With a budget that no test uses up by the way. */
  private static final RetryPolicy USUAL = RetryPolicy.DEFAULT.withBudget(new Budget(100, 100));

  private static final OperationSpec OPERATION = LayerLoop.operation(Safety.SAFE, false);

  private final LayerLoop loop = new LayerLoop();
  private final ScriptedUpstream service = new ScriptedUpstream();
  private final Live<RetryPolicy> policy = new Live<>(USUAL);
  private final Live<HedgePolicy> hedging = new Live<>(HedgePolicy.OFF);
  private final Retries retries =
      loop.on(() -> new Retries(service, policy, hedging, loop.context()));

  @AfterEach
  void nothingIsLeft() {
    loop.until(() -> loop.timers().size() == 0);
    assertThat(service.waiting()).isZero();
    loop.close();
  }

  private UpstreamResponse call(UpstreamRequest request) {
    return loop.call(() -> retries.send(request));
  }

  private UpstreamException fail(UpstreamRequest request) {
    return loop.fail(() -> retries.send(request));
  }

  @Test
  void whatGoesWellIsSentOnce() {
    service.answer(200);
    assertThat(call(safe()).status()).isEqualTo(200);
    assertThat(service.sent()).isEqualTo(1);
  }

  @Test
  void aSafeCallIsTriedAgainAfterABrokenConnection() {
    service.fail(BROKEN).answer(200);
    assertThat(call(safe()).status()).isEqualTo(200);
    assertThat(service.sent()).isEqualTo(2);
    assertThat(loop.count("gatehouse.mesh.retries", "reason", "unreachable")).isEqualTo(1);
  }

  @Test
  void anUnsafeCallIsNotTriedAgainWhereItMayHaveBeenProcessed() {
    service.fail(BROKEN);
    assertThat(fail(unsafe())).isSameAs(BROKEN);
    service.reset().fail(TIMED_OUT);
    assertThat(fail(unsafe())).isSameAs(TIMED_OUT);
    service.reset().answer(503);
    assertThat(call(unsafe()).status()).isEqualTo(503);
    assertThat(service.sent()).isEqualTo(3);
  }

  @Test
  void anUnsafeCallIsTriedAgainWhereItSurelyWasNotProcessed() {
    service.fail(NOT_CONNECTED).answer(201);
    assertThat(call(unsafe()).status()).isEqualTo(201);
    assertThat(loop.count("gatehouse.mesh.retries", "reason", "unprocessed")).isEqualTo(1);
  }

  @Test
  void aCallWithAnIdempotencyKeyIsTriedAgain() {
    service.answer(503).answer(201);
    assertThat(call(request(Safety.UNSAFE, true, Duration.ofSeconds(50))).status())
        .isEqualTo(201);
  }

  @Test
  void statusesThatPassAreTriedAgainAndTheLastAnswerIsGiven() {
    for (int status : List.of(429, 502, 503, 504)) {
      service.reset().answer(status);
      int before = service.sent();
      assertThat(call(safe()).status()).isEqualTo(status);
      assertThat(service.sent() - before).isEqualTo(3);
    }
  }

  @Test
  void otherStatusesAreNotTriedAgain() {
    for (int status : List.of(200, 301, 400, 404, 409, 500, 501)) {
      service.reset().answer(status);
      int before = service.sent();
      assertThat(call(safe()).status()).isEqualTo(status);
      assertThat(service.sent() - before).isEqualTo(1);
    }
  }

  @Test
  void refusalsNonsenseAndCancellationsAreNotTriedAgain() {
    for (FailureClass kind :
        List.of(FailureClass.REFUSED, FailureClass.NONSENSE, FailureClass.CANCELLED)) {
      UpstreamException failure = failure(kind, false);
      service.reset().fail(failure);
      int before = service.sent();
      assertThat(fail(safe())).isSameAs(failure);
      assertThat(service.sent() - before).isEqualTo(1);
    }
  }

  @Test
  void theLastFailureTellsTheNumberOfAttempts() {
    service.fail(BROKEN);
    assertThat(fail(safe())).hasMessage("catalog: unreachable (after 3 attempts)");
    assertThat(service.sent()).isEqualTo(3);
  }

  @Test
  void whereAChangeMayHaveBeenMadeALaterFailureDoesNotClaimOtherwise() {
    UpstreamRequest change = request(Safety.IDEMPOTENT, false, Duration.ofSeconds(50));
    service.fail(TIMED_OUT).fail(NOT_CONNECTED).answer(503);
    UpstreamException failure = fail(change);
    assertThat(failure.failureClass()).isEqualTo(FailureClass.TIMED_OUT);
    assertThat(failure.isUnprocessed()).isFalse();
    assertThat(failure).hasMessage("catalog: timed_out (after 3 attempts)");
  }

  @Test
  void afterAnAnswerThatDoesNotSayWhetherItWasDoneALaterFailureDoesNotClaimThatItWasNot() {
    for (UpstreamException later : List.of(NOT_CONNECTED, failure(FailureClass.REFUSED, true))) {
      service.reset().answer(504).fail(later);
      UpstreamException failure = fail(request(Safety.UNSAFE, true, Duration.ofSeconds(50)));
      assertThat(failure.failureClass()).isEqualTo(FailureClass.SERVER_ERROR);
      assertThat(failure.isUnprocessed()).isFalse();
      assertThat(failure.status()).isEqualTo(504);
    }
  }

  @Test
  void aPauseThatIsGivenUpCostsTheBudgetNothing() {
    policy.set(RetryPolicy.DEFAULT
        .withBudget(new Budget(0, 1))
        .withBackoff(Duration.ofSeconds(50), Duration.ofSeconds(50)));
    service.fail(BROKEN);
    UpstreamException reason = failure(FailureClass.CANCELLED, false);
    for (int i = 0; i < 3; i++) {
      UpstreamRequest request = safe();
      loop.fail(() -> {
        Future<UpstreamResponse> answer = retries.send(request);
        request.cancel(reason);
        return answer;
      });
    }
    assertThat(loop.count("gatehouse.mesh.retries", "reason", "unreachable")).isZero();
    policy.set(RetryPolicy.DEFAULT.withBudget(new Budget(0, 1)));
    service.reset().fail(BROKEN).answer(200);
    assertThat(call(safe()).status()).isEqualTo(200);
    assertThat(loop.count("gatehouse.mesh.retries", "reason", "unreachable")).isEqualTo(1);
  }

  @Test
  void whereNothingIsTriedAgainReplaysHaveTheBudgetAllTheSame() {
    policy.set(RetryPolicy.OFF.withBudget(new Budget(0, 1)));
    List<Boolean> allowed = new ArrayList<>();
    service.then(request -> {
      allowed.add(request.replay(false)); // the one that the budget has
      allowed.add(request.replay(false));
      allowed.add(request.replay(true)); // never left, so it is free
      return Future.failedFuture(BROKEN);
    });
    fail(safe());
    assertThat(allowed).containsExactly(true, false, true);
  }

  @Test
  void attemptsAvoidWhereItWasTried() {
    Endpoint one = Endpoint.parse("http://one:1");
    Endpoint two = Endpoint.parse("http://two:1");
    service
        .then(request -> {
          request.endpoint(one);
          return Future.failedFuture(BROKEN);
        })
        .then(request -> {
          request.endpoint(two);
          return Future.failedFuture(BROKEN);
        })
        .answer(200);
    UpstreamRequest request = safe();
    call(request);
    assertThat(service.requests().get(1).avoided()).containsExactly(one);
    assertThat(service.requests().get(2).avoided()).containsExactly(one, two);
  }

  @Test
  void retryAfterInSecondsBeyondTheDeadlineEndsTheCall() {
    service.answer(503, "retry-after", "1000").answer(200);
    assertThat(call(request(Safety.SAFE, false, Duration.ofSeconds(50))).status())
        .isEqualTo(503);
    assertThat(service.sent()).isEqualTo(1);
    assertThat(loop.count("gatehouse.mesh.retries.refused", "reason", "deadline"))
        .isEqualTo(1);
  }

  @Test
  void retryAfterIsWaitedFor() {
    service.answer(503, "retry-after", "1").answer(200);
    long before = System.nanoTime();
    assertThat(call(safe()).status()).isEqualTo(200);
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void retryAfterIsReadAsSecondsAndAsADate() {
    ZonedDateTime now = ZonedDateTime.of(2026, 5, 3, 10, 0, 0, 0, ZoneOffset.UTC);
    long millis = now.toInstant().toEpochMilli();
    String later = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.plusSeconds(90));
    String earlier = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.minusSeconds(90));
    assertThat(RetryAfter.nanos("7", millis)).isEqualTo(TimeUnit.SECONDS.toNanos(7));
    assertThat(RetryAfter.nanos(" 7 ", millis)).isEqualTo(TimeUnit.SECONDS.toNanos(7));
    assertThat(RetryAfter.nanos(later, millis)).isEqualTo(TimeUnit.SECONDS.toNanos(90));
    assertThat(RetryAfter.nanos(earlier, millis)).isZero();
    assertThat(RetryAfter.nanos("99999999999999999999", millis))
        .isGreaterThan(TimeUnit.DAYS.toNanos(1000));
    for (String wrong : new String[] {null, "", " ", "-1", "1.5", "soon", "1s"}) {
      assertThat(RetryAfter.nanos(wrong, millis)).as(wrong).isZero();
    }
  }

  @Test
  void anAttemptsTimeoutLeavesTimeForTheNext() {
    policy.set(USUAL.withAttemptTimeout(Duration.ofSeconds(2)));
    service.fail(TIMED_OUT).answer(200);
    UpstreamRequest request = safe();
    assertThat(call(request).status()).isEqualTo(200);
    assertThat(service.requests())
        .hasSize(2)
        .allSatisfy(attempt -> assertThat(request.deadlineNanos() - attempt.deadlineNanos())
            .isGreaterThan(TimeUnit.SECONDS.toNanos(6)));
  }

  @Test
  void pausesAreAnyTimeUpToALimitThatDoubles() {
    List<Long> limits = new ArrayList<>();
    Random random = new Random(7) {
      @Override
      public long nextLong(long bound) {
        limits.add((bound - 1) / 1_000_000);
        return super.nextLong(bound);
      }
    };
    policy.set(USUAL.withAttempts(6).withBackoff(Duration.ofMillis(8), Duration.ofMillis(40)));
    Retries retries = loop.on(() -> new Retries(service, policy, hedging, loop.context(random)));
    service.fail(BROKEN);

    loop.fail(() -> retries.send(safe()));

    assertThat(limits).containsExactly(8L, 16L, 32L, 40L, 40L);
  }

  @Test
  void aCallThatIsCancelledDuringAPauseEndsAtOnce() {
    policy.set(USUAL.withBackoff(Duration.ofSeconds(50), Duration.ofSeconds(50)));
    service.fail(BROKEN);
    UpstreamRequest request = safe();
    UpstreamException reason = failure(FailureClass.CANCELLED, false);
    assertThat(loop.fail(() -> {
          Future<UpstreamResponse> answer = retries.send(request);
          request.cancel(reason);
          return answer;
        }))
        .isSameAs(reason);
    assertThat(service.sent()).isEqualTo(1);
  }

  @Test
  void aCallThatIsCancelledDuringALaterAttemptEndsAtOnce() {
    service.fail(BROKEN).hold();
    UpstreamRequest request = safe();
    Future<UpstreamResponse> answer = loop.on(() -> retries.send(request));
    loop.until(() -> service.waiting() == 1);
    UpstreamException reason = failure(FailureClass.CANCELLED, false);
    assertThat(loop.fail(() -> {
          request.cancel(reason);
          return answer;
        }))
        .isSameAs(reason);
  }

  @Test
  void inAnOutageAServiceIsCalledAtMostATenthMore() {
    policy.set(RetryPolicy.DEFAULT.withBackoff(Duration.ZERO, Duration.ZERO));
    service.fail(BROKEN);
    int calls = 5000;
    for (int i = 0; i < calls; i += 100) {
      loop.call(() -> {
        List<Future<UpstreamResponse>> batch = new ArrayList<>();
        for (int j = 0; j < 100; j++) {
          loop.turn(Duration.ofMillis(5));
          batch.add(retries.send(safe()));
        }
        return Future.join(batch).transform(Future::succeededFuture);
      });
    }
    assertThat(service.sent())
        .isGreaterThan(calls + calls / 20)
        .isLessThanOrEqualTo(calls + calls / 10);
    assertThat(loop.count("gatehouse.mesh.retries.refused", "reason", "budget")).isPositive();
  }

  @Test
  void theTransportAsksForItsReplaysToo() {
    policy.set(RetryPolicy.DEFAULT.withBudget(new Budget(0, 1)));
    List<Boolean> allowed = new ArrayList<>();
    service.then(request -> {
      allowed.add(request.replay(false)); // the one that the budget has
      allowed.add(request.replay(true));
      return Future.failedFuture(BROKEN);
    });
    fail(safe());
    assertThat(allowed).containsExactly(true, false);
    assertThat(service.sent()).isEqualTo(1);
  }

  @Test
  void withoutRetriesTheSameRequestIsPassedOn() {
    policy.set(RetryPolicy.OFF);
    service.fail(BROKEN);
    UpstreamRequest request = safe();
    assertThat(fail(request)).isSameAs(BROKEN);
    assertThat(service.requests()).containsExactly(request);
    assertThat(request.replay(false)).isTrue();
  }

  @Test
  void statusesCanBeChosen() {
    policy.set(USUAL.withStatuses(Set.of(500)));
    service.answer(500).answer(503);
    assertThat(call(safe()).status()).isEqualTo(503);
    assertThat(service.sent()).isEqualTo(2);
  }

  private void know(Duration latency) {
    service.reset().then(request -> {
      loop.turn(latency);
      return Future.succeededFuture(LayerLoop.response(200));
    });
    hedging.set(new HedgePolicy(90, Duration.ofMillis(1)));
    for (int i = 0; i < Latencies.LEAST; i++) {
      call(request(OPERATION, Duration.ofSeconds(50)));
    }
    service.reset();
  }

  @Test
  void aCallThatTakesLongerThanMostIsSentTwiceAndTheFirstAnswerWins() {
    know(Duration.ofMillis(20));
    int before = service.sent();
    service.hold().answer(200, "from", "hedge");
    UpstreamRequest request = request(OPERATION, Duration.ofSeconds(50));
    long start = System.nanoTime();

    assertThat(call(request).headers().get("from")).isEqualTo("hedge");

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
    assertThat(service.sent() - before).isEqualTo(2);
    assertThat(service.waiting()).isZero(); // the slow one was cancelled
    assertThat(loop.count("gatehouse.mesh.hedges", "outcome", "won")).isEqualTo(1);
  }

  @Test
  void aHedgeThatLosesIsCancelled() {
    know(Duration.ofMillis(1));
    service.hold();
    Future<UpstreamResponse> answer =
        loop.on(() -> retries.send(request(OPERATION, Duration.ofSeconds(50))));
    loop.until(() -> service.waiting() == 2);

    assertThat(loop.call(() -> {
              service.held().answer(LayerLoop.response(200));
              return answer;
            })
            .status())
        .isEqualTo(200);

    assertThat(service.waiting()).isZero();
    assertThat(loop.count("gatehouse.mesh.hedges", "outcome", "lost")).isEqualTo(1);
  }

  @Test
  void whereOneOfTwoFailsTheOtherMayStillAnswer() {
    know(Duration.ofMillis(1));
    service.hold();
    Future<UpstreamResponse> answer =
        loop.on(() -> retries.send(request(OPERATION, Duration.ofSeconds(50))));
    loop.until(() -> service.waiting() == 2);

    assertThat(loop.call(() -> {
              service.held().fail(BROKEN);
              assertThat(answer.isComplete()).isFalse();
              service.held().answer(LayerLoop.response(200));
              return answer;
            })
            .status())
        .isEqualTo(200);
  }

  @Test
  void aBadAnswerDoesNotWinOverOneThatMayStillBeGood() {
    know(Duration.ofMillis(1));
    service.hold();
    Future<UpstreamResponse> answer =
        loop.on(() -> retries.send(request(OPERATION, Duration.ofSeconds(50))));
    loop.until(() -> service.waiting() == 2);

    assertThat(loop.call(() -> {
              ScriptedUpstream.Held slow = service.held();
              service.held().answer(LayerLoop.response(500));
              assertThat(answer.isComplete()).isFalse();
              slow.answer(LayerLoop.response(200));
              return answer;
            })
            .status())
        .isEqualTo(200);
  }

  @Test
  void cancellingACallCancelsItsHedge() {
    know(Duration.ofMillis(1));
    service.hold();
    UpstreamRequest request = request(OPERATION, Duration.ofSeconds(50));
    Future<UpstreamResponse> answer = loop.on(() -> retries.send(request));
    loop.until(() -> service.waiting() == 2);
    UpstreamException reason = failure(FailureClass.CANCELLED, false);

    assertThat(loop.fail(() -> {
          request.cancel(reason);
          return answer;
        }))
        .isSameAs(reason);

    assertThat(service.waiting()).isZero();
  }

  @Test
  void hedgesAreLimitedByTheSameBudget() {
    know(Duration.ofMillis(1));
    policy.set(RetryPolicy.DEFAULT.withBudget(new Budget(0, 0)));
    service.hold();
    int before = service.sent();
    Future<UpstreamResponse> answer =
        loop.on(() -> retries.send(request(OPERATION, Duration.ofSeconds(50))));
    loop.until(() -> loop.timers().size() == 0);
    assertThat(service.sent() - before).isEqualTo(1);
    loop.call(() -> {
      service.held().answer(LayerLoop.response(200));
      return answer;
    });
    assertThat(loop.count("gatehouse.mesh.retries.refused", "reason", "budget")).isEqualTo(1);
  }

  @Test
  void onlySafeCallsAreSentTwice() {
    hedging.set(new HedgePolicy(50, Duration.ofMillis(1)));
    service.answer(200);
    UpstreamRequest request = request(Safety.IDEMPOTENT, false, Duration.ofSeconds(50));
    call(request);
    assertThat(service.requests()).containsExactly(request);
  }

  @Test
  void latenciesOfLateCountMore() {
    Latencies latencies = new Latencies();
    for (int i = 0; i < 500; i++) {
      latencies.record(TimeUnit.MILLISECONDS.toNanos(10));
    }
    assertThat(latencies.percentile(95)).isBetween(10_000_000L, 12_500_000L);
    for (int i = 0; i < 3000; i++) {
      latencies.record(TimeUnit.MILLISECONDS.toNanos(100));
    }
    assertThat(latencies.percentile(50)).isBetween(100_000_000L, 125_000_000L);
    latencies.record(0);
    latencies.record(Long.MAX_VALUE);
    assertThat(latencies.percentile(99)).isPositive();
  }
}
