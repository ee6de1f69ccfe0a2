package dev.gatehouse.benchmarks.mesh;

import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import dev.gatehouse.runtime.discovery.ServiceRegistry;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.mesh.balance.BalancedCalls;
import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.mesh.layer.Levels;
import dev.gatehouse.runtime.policy.BalancePolicy;
import dev.gatehouse.runtime.policy.BalancePolicy.Algorithm;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.EndpointClient;
import dev.gatehouse.runtime.upstream.EndpointClients;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import dev.gatehouse.runtime.upstream.UpstreamStream;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Choosing an instance, without calling it, among few and among many. Confined to one event loop. */
final class ChoiceCost {
  private static final int CHOICES = 400_000;
  private static final int FEW = 10;
  private static final int MANY = 10_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Future<UpstreamResponse> ANSWER = Future.succeededFuture(
      new UpstreamResponse(200, MultiMap.caseInsensitiveMultiMap(), new byte[0], 0, 0));

  private final Vertx vertx;
  private final Algorithm algorithm;
  private @Nullable ServiceRegistry registry;
  private @Nullable BalancedCalls few;
  private @Nullable BalancedCalls many;
  private @Nullable TimerWheel timers;

  private ChoiceCost(Vertx vertx, Algorithm algorithm) {
    this.vertx = vertx;
    this.algorithm = algorithm;
  }

  static List<ChoiceCost> all(Vertx vertx) {
    return Arrays.stream(Algorithm.values())
        .map(algorithm -> new ChoiceCost(vertx, algorithm))
        .toList();
  }

  Algorithm algorithm() {
    return algorithm;
  }

  Future<Void> open() {
    timers = new TimerWheel(vertx);
    return ServiceRegistry.create(
            vertx, Map.of("few", endpoints(FEW), "many", endpoints(MANY)), Map.of())
        .onSuccess(made -> {
          registry = made;
          few = balanced(made, "few");
          many = balanced(made, "many");
        })
        .mapEmpty();
  }

  private BalancedCalls balanced(ServiceRegistry made, String service) {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    return new BalancedCalls(
        Objects.requireNonNull(made.find(service)),
        new Unreached(),
        new Live<>(
            ServicePolicy.DEFAULT.withBalance(BalancePolicy.DEFAULT.withAlgorithm(algorithm))),
        new LayerContext(
            service,
            vertx,
            Objects.requireNonNull(timers),
            meters,
            new Levels(meters),
            Tags.empty(),
            System::nanoTime,
            new SplittableRandom(1)));
  }

  private static List<Endpoint> endpoints(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Endpoint(Scheme.HTTP, "10.1." + i / 250 + "." + i % 250, 8080, ""))
        .toList();
  }

  /** Nanoseconds of this thread for one choice, of many. */
  double round(boolean amongMany) {
    BalancedCalls calls = Objects.requireNonNull(amongMany ? many : few);
    UpstreamRequest[] requests = new UpstreamRequest[64];
    for (int i = 0; i < requests.length; i++) {
      requests[i] = Calls.call(i);
    }
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < CHOICES; i++) {
      calls.send(requests[i & 63]);
    }
    return (double) (THREADS.getCurrentThreadCpuTime() - start) / CHOICES;
  }

  Future<Void> close() {
    return Future.join(
            Objects.requireNonNull(few).close(), Objects.requireNonNull(many).close())
        .eventually(() -> Objects.requireNonNull(registry).close())
        .onComplete(done -> Objects.requireNonNull(timers).close())
        .mapEmpty();
  }

  /** One client for all, as what it costs to call an instance is no part of choosing it. */
  private static final class Unreached implements EndpointClients {
    private final EndpointClient client = new Client(endpoints(1).get(0));

    @Override
    public EndpointClient client(Endpoint endpoint) {
      return client;
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  /** Answers at once. */
  private record Client(Endpoint endpoint) implements EndpointClient {
    @Override
    public Future<UpstreamResponse> send(UpstreamRequest request) {
      return ANSWER;
    }

    @Override
    public UpstreamStream open(
        ServiceOrigin origin, String uri, List<Header> headers, UpstreamStream.Reader reader) {
      throw new UnsupportedOperationException("no streams here");
    }

    @Override
    public Future<Void> drain() {
      return Future.succeededFuture();
    }
  }
}
