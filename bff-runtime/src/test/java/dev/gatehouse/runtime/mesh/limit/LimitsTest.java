package dev.gatehouse.runtime.mesh.limit;

import static dev.gatehouse.runtime.mesh.layer.LayerLoop.failure;
import static dev.gatehouse.runtime.mesh.layer.LayerLoop.request;
import static dev.gatehouse.runtime.mesh.layer.LayerLoop.response;
import static dev.gatehouse.runtime.mesh.layer.LayerLoop.safe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.mesh.layer.ScriptedUpstream;
import dev.gatehouse.runtime.policy.LimitPolicy;
import dev.gatehouse.runtime.policy.LimitPolicy.Adaptive;
import dev.gatehouse.runtime.policy.LimitPolicy.Algorithm;
import dev.gatehouse.runtime.policy.LimitPolicy.Concurrency;
import dev.gatehouse.runtime.policy.LimitPolicy.Rate;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private final LayerLoop loop = new LayerLoop();
  private final ScriptedUpstream service = new ScriptedUpstream();
  private final Live<LimitPolicy> policy = new Live<>(LimitPolicy.OFF);
  private final Limits limits = loop.on(() -> new Limits(service, policy, loop.context()));

  @AfterEach
  void nothingIsLeft() {
    loop.until(() -> loop.timers().size() == 0);
    assertThat(loop.gauge("gatehouse.mesh.limit.active")).isZero();
    assertThat(loop.gauge("gatehouse.mesh.limit.waiting")).isZero();
    assertThat(service.waiting()).isZero();
    loop.close();
  }

  private void set(LimitPolicy changed) {
    loop.on(() -> {
      policy.set(changed);
      return null;
    });
  }

  private Future<UpstreamResponse> start(UpstreamRequest request) {
    return loop.on(() -> limits.send(request));
  }

  private void end(Future<UpstreamResponse> call) {
    loop.call(() -> {
      service.held().answer(response(200));
      return call;
    });
  }

  private LimitPolicy concurrency(int calls, int queue) {
    return LimitPolicy.OFF.withConcurrency(new Concurrency(calls, queue));
  }

  private LimitPolicy rate(int calls, int burst, Duration maxWait) {
    return LimitPolicy.OFF.withRate(new Rate(calls, Duration.ofSeconds(1), burst, maxWait));
  }

  @Test
  void withoutLimitsTheRequestIsPassedOn() {
    service.answer(200);
    UpstreamRequest request = safe();
    loop.call(() -> limits.send(request));
    assertThat(service.requests()).containsExactly(request);
    assertThat(loop.on(() -> {
          JsonObject described = new JsonObject();
          limits.describe(described);
          return described;
        }))
        .isEmpty();
  }

  @Test
  void whatGoesWrongInWhoIsToldDoesNotHoldUpThoseWhoWait() {
    set(concurrency(1, 10));
    service.hold().answer(200);
    Future<UpstreamResponse> first = start(safe());
    Future<UpstreamResponse> second = start(safe());
    Future<UpstreamResponse> third = start(safe());
    Future<UpstreamResponse> afterwards = loop.on(() -> {
      second.onComplete(told -> {
        throw new IllegalStateException("not well made");
      });
      service.held().answer(response(200));
      return limits.send(safe());
    });
    for (Future<UpstreamResponse> call : List.of(first, third, afterwards)) {
      assertThat(LayerLoop.await(call).status()).isEqualTo(200);
    }
  }

  @Test
  void moreCallsAtOnceWaitInTheirOrder() {
    set(concurrency(2, 10));
    service.hold();
    List<UpstreamRequest> requests = new ArrayList<>();
    List<Future<UpstreamResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      requests.add(safe());
      calls.add(start(requests.get(i)));
    }
    assertThat(service.requests()).containsExactlyElementsOf(requests.subList(0, 2));
    assertThat(loop.gauge("gatehouse.mesh.limit.waiting")).isEqualTo(3);
    assertThat(loop.gauge("gatehouse.mesh.limit.concurrency")).isEqualTo(2);

    for (int i = 0; i < 5; i++) {
      end(calls.get(i));
      assertThat(service.requests())
          .containsExactlyElementsOf(requests.subList(0, Math.min(5, i + 3)));
    }
    assertThat(calls).allSatisfy(call -> assertThat(call.succeeded()).isTrue());
  }

  @Test
  void whereTheLineIsFullCallsAreRefused() {
    set(concurrency(1, 1));
    service.hold();
    Future<UpstreamResponse> first = start(safe());
    Future<UpstreamResponse> second = start(safe());

    UpstreamException refused = loop.fail(() -> limits.send(safe()));

    assertThat(refused.failureClass()).isEqualTo(FailureClass.REFUSED);
    assertThat(refused.isUnprocessed()).isTrue();
    assertThat(refused)
        .hasMessage("catalog: GET /things: not sent, 1 calls are under way and 1 wait"
            + " (limit.concurrency.calls, limit.concurrency.queue)");
    assertThat(loop.count("gatehouse.mesh.limit.refused", "limit", "concurrency"))
        .isEqualTo(1);
    end(first);
    end(second);
  }

  @Test
  void aCallInLineLeavesWhenItIsCancelled() {
    set(concurrency(1, 1));
    service.hold();
    Future<UpstreamResponse> first = start(safe());
    UpstreamRequest request = safe();
    Future<UpstreamResponse> second = start(request);
    UpstreamException reason = failure(FailureClass.CANCELLED, false);

    assertThat(loop.fail(() -> {
          request.cancel(reason);
          return second;
        }))
        .isSameAs(reason);

    Future<UpstreamResponse> third = start(safe());
    end(first);
    end(third);
    assertThat(service.requests()).doesNotContain(request);
  }

  @Test
  void aCallInLineLeavesAtItsDeadline() {
    set(concurrency(1, 1));
    service.hold();
    Future<UpstreamResponse> first = start(safe());

    UpstreamException late =
        loop.fail(() -> limits.send(request(Safety.SAFE, false, Duration.ofMillis(50))));

    assertThat(late.failureClass()).isEqualTo(FailureClass.TIMED_OUT);
    assertThat(late)
        .hasMessage("catalog: GET /things: not sent, waited for other calls until its deadline");
    end(first);
    assertThat(service.sent()).isEqualTo(1);
  }

  @Test
  void aCallThatWaitedAndThenFailsAtOnceIsNotCancelledTwice() {
    set(concurrency(1, 1));
    service.hold().fail(failure(FailureClass.REFUSED, true));
    Future<UpstreamResponse> first = start(safe());
    UpstreamRequest request = safe();
    Future<UpstreamResponse> second = start(request);
    end(first);
    loop.on(() -> {
      assertThat(second.failed()).isTrue();
      request.cancel(failure(FailureClass.CANCELLED, false));
      return null;
    });
  }

  @Test
  void callsThatEndAtOnceDoNotPileUp() {
    set(concurrency(1, 100_000));
    service.hold().answer(200);
    Future<UpstreamResponse> first = start(safe());
    List<Future<UpstreamResponse>> others = loop.on(() -> {
      List<Future<UpstreamResponse>> calls = new ArrayList<>();
      for (int i = 0; i < 50_000; i++) {
        calls.add(limits.send(safe()));
      }
      return calls;
    });
    end(first);
    loop.call(() -> Future.all(others));
  }

  @Test
  void aHigherLimitLetsThoseInLineGo() {
    set(concurrency(1, 10));
    service.hold();
    List<Future<UpstreamResponse>> calls = List.of(start(safe()), start(safe()), start(safe()));
    set(concurrency(2, 10));
    assertThat(service.sent()).isEqualTo(2);
    set(LimitPolicy.OFF);
    assertThat(service.sent()).isEqualTo(3);
    calls.forEach(this::end);
  }

  @Test
  void callsAreSpreadOverTimeButForABurst() {
    set(rate(10, 3, Duration.ZERO));
    service.answer(200);
    for (int i = 0; i < 3; i++) {
      loop.call(() -> limits.send(safe()));
    }
    UpstreamException refused = loop.fail(() -> limits.send(safe()));
    assertThat(refused.failureClass()).isEqualTo(FailureClass.REFUSED);
    assertThat(refused)
        .hasMessage("catalog: GET /things: not sent, more than 10 calls in 1000 ms"
            + " (limit.rate.calls, limit.rate.max-wait)");
    assertThat(loop.count("gatehouse.mesh.limit.refused", "limit", "rate")).isEqualTo(1);
    loop.turn(Duration.ofMillis(99));
    loop.fail(() -> limits.send(safe()));
    loop.turn(Duration.ofMillis(1));
    loop.call(() -> limits.send(safe()));
    loop.fail(() -> limits.send(safe()));
  }

  @Test
  void overALongTimeThereAreAsManyCallsAsAllowed() {
    set(rate(100, 10, Duration.ZERO));
    service.answer(200);
    loop.on(() -> {
      for (int i = 0; i < 10_000; i++) {
        limits.send(safe());
        loop.turn(Duration.ofMillis(1));
      }
      return null;
    });
    assertThat(service.sent()).isBetween(1000, 1010);
  }

  @Test
  void aBurstMayBeAsLongAsItLikes() {
    set(LimitPolicy.OFF.withRate(
        new Rate(1, Duration.ofHours(24), Integer.MAX_VALUE, Duration.ZERO)));
    service.answer(200);
    for (int i = 0; i < 10; i++) {
      loop.call(() -> limits.send(safe()));
    }
  }

  @Test
  void aCallMayWaitForItsTurn() {
    set(rate(20, 1, Duration.ofSeconds(1)));
    service.answer(200);
    long before = System.nanoTime();
    List<Future<UpstreamResponse>> calls =
        loop.on(() -> List.of(limits.send(safe()), limits.send(safe()), limits.send(safe())));
    loop.call(() -> Future.all(calls));
    assertThat(System.nanoTime() - before)
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
    assertThat(service.sent()).isEqualTo(3);
  }

  @Test
  void aTurnThatIsGivenUpIsSomebodyElses() {
    set(rate(1, 1, Duration.ofSeconds(1)));
    service.answer(200);
    loop.call(() -> limits.send(safe()));
    // In one turn, as the one that waits would have its own in a second.
    loop.fail(() -> {
      UpstreamRequest request = safe();
      Future<UpstreamResponse> waiting = limits.send(request);
      assertThat(limits.send(safe()).failed())
          .as("its turn would be in two seconds")
          .isTrue();
      request.cancel(failure(FailureClass.CANCELLED, false));
      return waiting;
    });
    loop.turn(Duration.ofSeconds(1));
    loop.call(() -> limits.send(safe()));
  }

  @Test
  void theLimitShrinksWhenCallsTakeLongerAndGrowsAgain() {
    set(LimitPolicy.OFF.withAdaptive(new Adaptive(Algorithm.GRADIENT, 5, 100)));
    int usual = afterWindows(20, Duration.ofMillis(10), 60, 200);
    int loaded = afterWindows(20, Duration.ofMillis(100), 60, 200);
    int relieved = afterWindows(60, Duration.ofMillis(10), 60, 200);

    assertThat(usual).isEqualTo(100);
    assertThat(loaded).isLessThan(60);
    assertThat(relieved).isGreaterThan(loaded);
  }

  @Test
  void theLimitShrinksWhenTheServiceSaysThatItIsOverloaded() {
    set(LimitPolicy.OFF.withAdaptive(new Adaptive(Algorithm.AIMD, 5, 100)));
    assertThat(afterWindows(10, Duration.ofMillis(10), 60, 200)).isEqualTo(100);
    int overloaded = afterWindows(10, Duration.ofMillis(10), 60, 503);
    assertThat(overloaded).isBetween(20, 50);
    assertThat(afterWindows(10, Duration.ofMillis(10), 60, 200)).isGreaterThan(overloaded);
    assertThat(afterWindows(40, Duration.ofMillis(10), 60, 429)).isEqualTo(5);
  }

  /** Makes so many calls at once in each second. */
  private int afterWindows(int windows, Duration latency, int atOnce, int status) {
    for (int i = 0; i < windows; i++) {
      loop.on(() -> {
        service.reset().hold();
        for (int j = 0; j < atOnce; j++) {
          limits.send(safe());
        }
        loop.turn(latency);
        while (service.waiting() > 0) {
          service.held().answer(response(status));
        }
        loop.turn(Duration.ofMillis(1100));
        return null;
      });
    }
    return (int) loop.gauge("gatehouse.mesh.limit.concurrency");
  }
}
