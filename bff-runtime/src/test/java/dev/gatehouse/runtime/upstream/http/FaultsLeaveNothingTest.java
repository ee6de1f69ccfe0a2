package dev.gatehouse.runtime.upstream.http;

import static dev.gatehouse.runtime.upstream.http.Caller.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.policy.BreakerPolicy;
import dev.gatehouse.runtime.policy.LimitPolicy;
import dev.gatehouse.runtime.policy.LimitPolicy.Adaptive;
import dev.gatehouse.runtime.policy.LimitPolicy.Algorithm;
import dev.gatehouse.runtime.policy.LimitPolicy.Concurrency;
import dev.gatehouse.runtime.policy.LimitPolicy.Rate;
import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import dev.gatehouse.runtime.upstream.http.FaultTable.Mood;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * After each fault there is no connection in use, no place taken, no timer and no buffer left, and the next good requests succeed:
 * through all layers, with limits of which a single place that is not given back would be seen at once.
 */
class FaultsLeaveNothingTest {
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final int MAX_BYTES = 10_000;
  private static BufferLeaks leaks;

  private final Vertx vertx = Vertx.vertx();
  private final FaultTable.Moods moods = new FaultTable.Moods();

  @BeforeAll
  static void watchBuffers() {
    leaks = new BufferLeaks();
  }

  @AfterAll
  static void noBufferIsLeft() {
    try (BufferLeaks all = leaks) {
      assertThat(all.found()).isEmpty();
    }
  }

  @AfterEach
  void stop() {
    Caller.await(vertx.close());
  }

  /** A breaker that opens at each failure, for a moment, and lets one call try. */
  private static ServicePolicy policy(int atOnce) {
    return ServicePolicy.DEFAULT
        .withRetry(RetryPolicy.DEFAULT
            .withBackoff(MOMENT, MOMENT)
            .withBudget(new RetryPolicy.Budget(100, 1000)))
        .withBreaker(new BreakerPolicy(1, 1, Duration.ofMinutes(10), MOMENT, MOMENT, 1))
        .withLimit(new LimitPolicy(
            new Rate(1_000_000, Duration.ofSeconds(1), 1000, Duration.ofSeconds(1)),
            new Concurrency(atOnce, 100),
            new Adaptive(Algorithm.GRADIENT, 1, 10)));
  }

  private Caller caller(FaultTable.Service service, int atOnce) {
    ServiceSettings settings = Caller.settings(service.start(vertx, moods))
        .maxResponseBytes(MAX_BYTES)
        .policy(policy(atOnce))
        .build();
    return new Caller(vertx, settings);
  }

  /** Waits until the breaker lets a call try. */
  private static void awaitTry(Caller caller) {
    long end = System.nanoTime() + Caller.PATIENCE.toNanos();
    while (breaker(caller).equals("open")) {
      assertThat(System.nanoTime() - end).as("the breaker stays open").isNegative();
    }
  }

  private static String breaker(Caller caller) {
    return caller.state().getJsonObject("breaker").getString("state");
  }

  /** A failure's class, or the answer's status. */
  private static Object outcome(Future<UpstreamResponse> call) {
    return Caller.await(call.<Object>map(UpstreamResponse::status)
        .otherwise(failure ->
            failure instanceof UpstreamException known ? known.failureClass() : failure));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.gatehouse.runtime.upstream.http.FaultTable#all")
  void nothingIsLeftAndTheNextGoodRequestsSucceed(
      String what, FaultTable.Service service, Set<Object> expected) {
    try (Caller caller = caller(service, 1)) {
      for (int i = 0; i < 3; i++) {
        awaitTry(caller);
        UpstreamRequest request = get("/things/" + i, FaultTable.patience(expected));
        Future<UpstreamResponse> call = caller.start(request);
        assertThat(outcome(call)).as(String.valueOf(call)).isIn(expected);
        caller.awaitNothingUnderWay();
      }

      moods.set(Mood.WELL);
      awaitTry(caller);
      assertThat(Caller.text(caller.call(get("/good")))).isEqualTo("good");
      assertThat(breaker(caller)).isEqualTo("closed");
      List<Future<UpstreamResponse>> more = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        more.add(caller.start(get("/good/" + i)));
      }
      Caller.await(Future.join(more));
      caller.awaitNothingUnderWay();
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isEqualTo(1);
    } // which ends only once no call is under way
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.gatehouse.runtime.upstream.http.FaultTable#streams")
  void aFaultOfOneStreamCostsNoOther(String what, FaultTable.Service service, Set<Object> expected)
      throws InterruptedException {
    try (Caller caller = caller(service, 2)) {
      moods.set(Mood.HOLDING);
      Future<UpstreamResponse> other = caller.start(get("/other"));
      Runnable answer = moods.held();
      moods.set(Mood.BROKEN);
      UpstreamRequest request = get("/things", FaultTable.patience(expected));
      assertThat(outcome(caller.start(request))).isIn(expected);

      answer.run();
      assertThat(Caller.text(Caller.await(other))).isEqualTo("good");
      caller.awaitNothingUnderWay();
      assertThat(caller.<Integer>pool(EndpointPool::openConnections)).isEqualTo(1);
    }
  }
}
