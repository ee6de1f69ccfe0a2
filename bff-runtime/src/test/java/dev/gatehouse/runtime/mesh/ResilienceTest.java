package dev.gatehouse.runtime.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.breaker.Breaker;
import dev.gatehouse.runtime.mesh.fault.Faults;
import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.mesh.layer.MoodyUpstream;
import dev.gatehouse.runtime.mesh.limit.Limits;
import dev.gatehouse.runtime.mesh.retry.Retries;
import dev.gatehouse.runtime.policy.BreakerPolicy;
import dev.gatehouse.runtime.policy.FaultPolicy;
import dev.gatehouse.runtime.policy.FaultPolicy.Abort;
import dev.gatehouse.runtime.policy.FaultPolicy.Rule;
import dev.gatehouse.runtime.policy.HedgePolicy;
import dev.gatehouse.runtime.policy.LimitPolicy;
import dev.gatehouse.runtime.policy.LimitPolicy.Adaptive;
import dev.gatehouse.runtime.policy.LimitPolicy.Algorithm;
import dev.gatehouse.runtime.policy.LimitPolicy.Concurrency;
import dev.gatehouse.runtime.policy.LimitPolicy.Rate;
import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.policy.RetryPolicy.Budget;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever policies, services and callers do: every call ends in time, and nothing is left of it. */
class ResilienceTest {
  private static final int CALLS = 80;
  /** What the layers may take beyond what the machine does to the event loop meanwhile. */
  private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  private static final List<OperationSpec> OPERATIONS = List.of(
      LayerLoop.operation(Safety.SAFE, false),
      LayerLoop.operation(Safety.IDEMPOTENT, false),
      LayerLoop.operation(Safety.UNSAFE, true),
      LayerLoop.operation(Safety.UNSAFE, false));

  private final LayerLoop loop = new LayerLoop();
  private final HeldUp heldUp = new HeldUp(loop);

  @AfterEach
  void stop() {
    loop.close();
  }

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  private static Duration millis(Random random, int bound) {
    return Duration.ofMillis(random.nextInt(bound));
  }

  private static ServicePolicy policy(Random random) {
    RetryPolicy retry = new RetryPolicy(
        1 + random.nextInt(4),
        random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(1 + random.nextInt(40)),
        Set.of(429, 503),
        millis(random, 20),
        millis(random, 60),
        new Budget(random.nextInt(50), random.nextInt(20)));
    HedgePolicy hedge = new HedgePolicy(random.nextBoolean() ? 0 : 50, millis(random, 5));
    BreakerPolicy breaker = new BreakerPolicy(
        random.nextInt(100),
        1 + random.nextInt(30),
        Duration.ofSeconds(1),
        Duration.ofMillis(1 + random.nextInt(30)),
        Duration.ofMillis(50),
        1 + random.nextInt(3));
    LimitPolicy limit = new LimitPolicy(
        new Rate(
            random.nextBoolean() ? 0 : 500 + random.nextInt(500),
            Duration.ofSeconds(1),
            1 + random.nextInt(20),
            millis(random, 50)),
        new Concurrency(random.nextInt(20), random.nextInt(60)),
        new Adaptive(
            Algorithm.values()[random.nextInt(3)], 1 + random.nextInt(5), 10 + random.nextInt(20)));
    FaultPolicy fault = random.nextInt(3) > 0
        ? FaultPolicy.OFF
        : new FaultPolicy(
            List.of(new Rule(
                null,
                null,
                1 + random.nextInt(50),
                millis(random, 20),
                random.nextBoolean() ? null : new Abort(random.nextBoolean() ? 0 : 503))),
            null);
    return ServicePolicy.DEFAULT
        .withRetry(retry)
        .withHedge(hedge)
        .withBreaker(breaker)
        .withLimit(limit)
        .withFault(fault);
  }

  private static Upstream chain(
      Upstream service, Live<ServicePolicy> policy, LayerContext context) {
    Upstream layer = new Retries(
        service, policy.part(ServicePolicy::retry), policy.part(ServicePolicy::hedge), context);
    layer = new Breaker(layer, policy.part(ServicePolicy::breaker), context);
    layer = new Limits(layer, policy.part(ServicePolicy::limit), context);
    return new Faults(layer, policy.part(ServicePolicy::fault), context, InstantSource.system());
  }

  private record Call(
      UpstreamRequest request, Future<UpstreamResponse> answer, long[] endedNanos) {}

  @ParameterizedTest
  @MethodSource("seeds")
  void everyCallEndsInTimeAndNothingIsLeft(int seed) {
    Random random = new Random(seed);
    MoodyUpstream service = new MoodyUpstream(random, loop.timers());
    Live<ServicePolicy> policy = new Live<>(policy(random));
    Upstream first = loop.on(() -> chain(service, policy, loop.context(random)));
    RetryPolicy retry = policy.get().retry();
    List<Call> calls = new ArrayList<>();
    for (int burst = 0; burst < 4; burst++) {
      List<Call> together = loop.on(() -> {
        List<Call> started = new ArrayList<>();
        for (int i = 0; i < CALLS / 4; i++) {
          started.add(start(first, random, calls.size() + started.size()));
        }
        return started;
      });
      calls.addAll(together);
      loop.on(() -> {
        policy.set(policy(random).withRetry(retry)); // while calls are under way
        return null;
      });
      loop.turn(Duration.ofMillis(20));
      loop.call(() -> Future.any(together.stream().map(Call::answer).toList())
          .transform(Future::succeededFuture));
    }

    loop.call(() ->
        Future.join(calls.stream().map(Call::answer).toList()).transform(Future::succeededFuture));

    loop.until(() -> loop.timers().size() == 0 && service.underWay() == 0);
    long slack = SLACK_NANOS + heldUp.nanos();
    for (Call call : calls) {
      UpstreamException cancelled = call.request().cancelled();
      long late = call.endedNanos()[0] - call.request().deadlineNanos();
      assertThat(late).as("later than the deadline").isLessThan(slack);
      if (call.answer().failed()) {
        assertThat(call.answer().cause()).isInstanceOf(UpstreamException.class);
      }
      if (cancelled != null
          && call.answer().failed()
          && failureOf(call) == FailureClass.CANCELLED) {
        assertThat(call.answer().cause()).isSameAs(cancelled);
      }
    }
    assertThat(loop.gauge("gatehouse.mesh.limit.active")).isZero();
    assertThat(loop.gauge("gatehouse.mesh.limit.waiting")).isZero();
    assertThat(service.latestNanos()).as("sent after the deadline").isLessThan(slack);
    int hedges = 1;
    assertThat(service.sends().values())
        .allSatisfy(sends -> assertThat(sends).isLessThanOrEqualTo(retry.attempts() + hedges));
    int all = service.sends().values().stream().mapToInt(Integer::intValue).sum();
    int allowed = Math.max(
        service.sends().size() * retry.budget().percent() / 100, retry.budget().least());
    assertThat(all - service.sends().size()).isLessThanOrEqualTo(allowed);
  }

  private static FailureClass failureOf(Call call) {
    return ((UpstreamException) call.answer().cause()).failureClass();
  }

  private Call start(Upstream first, Random random, int number) {
    OperationSpec operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
    UpstreamRequest request = new UpstreamRequest(
        operation,
        HttpMethod.GET,
        "/" + number,
        List.of(),
        null,
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5 + random.nextInt(150)));
    Future<UpstreamResponse> answer = first.send(request);
    Call call = new Call(request, answer, new long[1]);
    answer.onComplete(ended -> call.endedNanos()[0] = System.nanoTime());
    if (random.nextInt(3) == 0) {
      loop.later(
          random.nextInt(30),
          () -> request.cancel(LayerLoop.failure(FailureClass.CANCELLED, false)));
    }
    return call;
  }
}
