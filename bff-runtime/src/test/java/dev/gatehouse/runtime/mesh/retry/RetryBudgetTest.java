package dev.gatehouse.runtime.mesh.retry;

import static dev.gatehouse.runtime.mesh.layer.LayerLoop.safe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.mesh.layer.ScriptedUpstream;
import dev.gatehouse.runtime.policy.HedgePolicy;
import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.policy.RetryPolicy.Budget;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a service is called that fails every time, by the budget that holds where none is configured. */
class RetryBudgetTest {
  private static final Budget USUAL = Budget.DEFAULT;

  private final LayerLoop loop = new LayerLoop();
  private final ScriptedUpstream service = new ScriptedUpstream();
  private final Live<RetryPolicy> policy =
      new Live<>(RetryPolicy.DEFAULT.withBackoff(Duration.ZERO, Duration.ZERO));
  private final Live<HedgePolicy> hedging = new Live<>(HedgePolicy.OFF);

  @AfterEach
  void stop() {
    loop.close();
  }

  private List<Retries> instances(int count) {
    return loop.on(
        () -> Stream.generate(() -> new Retries(service, policy, hedging, loop.context()))
            .limit(count)
            .toList());
  }

  /** Has instances call in turn, evenly spread over time. */
  private void call(List<Retries> instances, int calls, Duration over) {
    int together = 50;
    for (int sent = 0; sent < calls; sent += together) {
      int from = sent;
      int to = Math.min(calls, sent + together);
      loop.call(() -> {
        List<Future<UpstreamResponse>> batch = new ArrayList<>();
        for (int i = from; i < to; i++) {
          loop.turn(over.dividedBy(calls));
          batch.add(instances.get(i % instances.size()).send(safe()));
        }
        return Future.join(batch).transform(Future::succeededFuture);
      });
    }
  }

  @ParameterizedTest(name = "{0} calls in {1} ms by {2} instances")
  @CsvSource({
    "10, 10000, 1",
    "30, 10000, 1",
    "30, 10000, 4",
    "30, 100, 1",
    "1000, 10000, 1",
    "3000, 1000, 1",
    "3000, 1000, 4",
    "20, 20000, 1",
    "20, 20000, 3",
    "30, 1800000, 1",
    "200, 600000, 4"
  })
  void anOutageIsAmplifiedByATenthAtMost(int calls, int millis, int instances) {
    service.fail(LayerLoop.failure(FailureClass.UNREACHABLE, false));

    call(instances(instances), calls, Duration.ofMillis(millis));

    assertThat(service.sent()).isGreaterThan(calls).isLessThanOrEqualTo(calls + calls / 10);
  }

  /** What was saved up before counts as well, but it is one, and no more than there are in ten seconds anyway. */
  @Test
  void aLongTimeWithoutFailuresDoesNotSaveUpForAnOutage() {
    List<Retries> instances = instances(4);
    service.answer(200);
    call(instances, 2000, Duration.ofMinutes(10));
    loop.turn(Duration.ofSeconds(11));
    service.reset().fail(LayerLoop.failure(FailureClass.UNREACHABLE, false));
    int before = service.sent();

    call(instances, 30, Duration.ofSeconds(10));

    assertThat(service.sent() - before).isBetween(31, 33);
  }

  @Test
  void aServiceThatIsRarelyCalledHasARetryForEachTenCalls() {
    List<Retries> instance = instances(1);
    service.fail(LayerLoop.failure(FailureClass.UNREACHABLE, false));
    List<Integer> attempts = new ArrayList<>();
    for (int i = 0; i < 22; i++) {
      int before = service.sent();
      call(instance, 1, Duration.ofMinutes(1));
      attempts.add(service.sent() - before);
    }
    assertThat(attempts)
        .containsExactly(2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1);
  }

  @Test
  void instancesOfOneBffHaveOneBudgetAndThoseOfOthersAnother() {
    RetryBudget one = RetryBudget.shared(vertx(), "web", 0);
    assertThat(RetryBudget.shared(vertx(), "web", 0)).isSameAs(one);
    assertThat(RetryBudget.shared(vertx(), "app", 0)).isNotSameAs(one);
  }

  private Vertx vertx() {
    return loop.context().vertx();
  }

  @Test
  void callsOfManyThreadsAreAllCounted() throws InterruptedException {
    RetryBudget budget = new RetryBudget(0);
    int threads = 4;
    int each = 25_000;
    long second = TimeUnit.SECONDS.toNanos(1);
    ExecutorService all = Executors.newFixedThreadPool(threads);
    CountDownLatch done = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      all.execute(() -> {
        for (int call = 0; call < each; call++) {
          budget.called(call * 5 * second / each);
        }
        done.countDown();
      });
    }
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    all.shutdown();
    assertThat(budget.left(USUAL, 5 * second)).isEqualTo(threads * each / 10);
    assertThat(budget.left(USUAL, 60 * second)).isEqualTo(USUAL.least());
  }

  @Test
  void aChangedPolicyCountsFromNowOn() {
    RetryBudget budget = new RetryBudget(0);
    assertThat(budget.left(new Budget(10, 3), 0)).isEqualTo(3);
    assertThat(budget.take(new Budget(10, 3), 0)).isTrue();
    assertThat(budget.left(new Budget(10, 0), 0)).isZero();
    assertThat(budget.left(new Budget(10, 5), 0)).isEqualTo(4);
    assertThat(budget.take(new Budget(0, 0), 0)).isFalse();
  }
}
