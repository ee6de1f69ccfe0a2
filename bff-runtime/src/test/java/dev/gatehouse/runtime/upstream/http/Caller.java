package dev.gatehouse.runtime.upstream.http;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.BodyBinding;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.dsl.uri.UriTemplate;
import dev.gatehouse.runtime.mesh.Mesh;
import dev.gatehouse.runtime.mesh.MeshTimers;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Calls one service, named {@code catalog}, from an event loop of its own, and looks into its pool. */
final class Caller implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  /** For what is not to end by itself, however busy the machine is. */
  static final Duration LONG = Duration.ofSeconds(55);

  private final Vertx vertx;
  private final Context loop;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Mesh upstreams;

  Caller(Vertx vertx, ServiceSettings settings) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.upstreams =
        await(on(() -> Mesh.create(vertx, "test", meters, Map.of("catalog", settings))));
  }

  /** Settings that leave a cold JVM on a busy machine the time to connect, with nothing between the call and its connection. */
  static ServiceSettings.Builder settings(String url) {
    return ServiceSettings.at(url).toBuilder().connectTimeout(LONG).policy(ServicePolicy.OFF);
  }

  static UpstreamRequest get(String uri) {
    return request(HttpMethod.GET, uri, Safety.SAFE, null, LONG);
  }

  static UpstreamRequest get(String uri, Duration timeout) {
    return request(HttpMethod.GET, uri, Safety.SAFE, null, timeout);
  }

  /** Of an operation that leaves the timeout to the service. */
  static UpstreamRequest withoutTimeout(String uri, Duration deadline) {
    return new UpstreamRequest(
        operation(HttpMethod.GET, Safety.SAFE, null),
        HttpMethod.GET,
        uri,
        List.of(),
        null,
        System.nanoTime() + deadline.toNanos());
  }

  static UpstreamRequest post(String uri, String body) {
    return request(
        HttpMethod.POST, uri, Safety.UNSAFE, body.getBytes(StandardCharsets.UTF_8), LONG);
  }

  static UpstreamRequest request(
      HttpMethod method, String uri, Safety safety, byte[] body, Duration timeout) {
    return new UpstreamRequest(
        operation(method, safety, timeout),
        method,
        uri,
        List.of(),
        body,
        System.nanoTime() + timeout.toNanos());
  }

  static OperationSpec operation(HttpMethod method, Safety safety, Duration timeout) {
    return new OperationSpec(
        "catalog",
        method + " /things",
        new HttpTarget(
            method.name(),
            new UriTemplate("/things", List.of()),
            List.of(),
            new BodyBinding.None(),
            List.of(),
            false),
        safety,
        new AnyType(Object.class),
        null,
        0,
        0,
        timeout,
        Place.UNKNOWN);
  }

  UpstreamResponse call(UpstreamRequest request) {
    return await(start(request));
  }

  UpstreamException fail(UpstreamRequest request) {
    return failure(start(request));
  }

  /** Sends without waiting. */
  Future<UpstreamResponse> start(UpstreamRequest request) {
    return Future.fromCompletionStage(
        on(() -> upstreams.service("catalog").send(request).toCompletionStage()));
  }

  /** Sends what is made on the event loop, so that no time of its own passes before it is sent. */
  Future<UpstreamResponse> start(Supplier<UpstreamRequest> request) {
    return Future.fromCompletionStage(
        on(() -> upstreams.service("catalog").send(request.get()).toCompletionStage()));
  }

  /**
   * Sends, and does nothing else before something has happened elsewhere: so that it has, when the deadline is looked at, however
   * soon that is. The call needs a connection that is open already.
   */
  Future<UpstreamResponse> startUntil(CountDownLatch happened, Supplier<UpstreamRequest> request) {
    return on(() -> {
      Future<UpstreamResponse> answer = upstreams.service("catalog").send(request.get());
      if (!happened.await(PATIENCE.toSeconds(), SECONDS)) {
        throw new AssertionError("not within " + PATIENCE);
      }
      return answer;
    });
  }

  void cancel(UpstreamRequest request, UpstreamException reason) {
    on(() -> {
      request.cancel(reason);
      return null;
    });
  }

  static UpstreamException failure(Future<?> future) {
    Throwable failure = await(future
        .<Throwable>map(answer -> new AssertionError("answered: " + answer))
        .recover(Future::succeededFuture));
    if (failure instanceof UpstreamException upstream) {
      return upstream;
    }
    throw new AssertionError("not an UpstreamException", failure);
  }

  static String text(UpstreamResponse response) {
    return new String(response.body(), response.from(), response.length(), StandardCharsets.UTF_8);
  }

  Mesh upstreams() {
    return upstreams;
  }

  /** The pools of the instances that take calls; to be asked on the event loop. */
  List<EndpointPool> pools() {
    return upstreams.balanced("catalog").clients().stream()
        .map(client -> ((HttpEndpoint) client).pool())
        .toList();
  }

  /** Reads the only endpoint's pool. */
  <T> T pool(Function<EndpointPool, T> view) {
    return on(() -> view.apply(pools().get(0)));
  }

  /** Waits until the only endpoint's pool is as expected. */
  void awaitPool(Predicate<EndpointPool> expected) {
    awaitTrue(() -> expected.test(pools().get(0)));
  }

  /**
   * Waits until nothing is left of any call: no connection in use or on its way, no place taken or waited for, no call counted by an
   * instance, and no timer but those of idle connections.
   */
  void awaitNothingUnderWay() {
    awaitTrue(() -> {
      List<EndpointPool> pools = pools();
      long idle = pools.stream().filter(pool -> pool.idleConnections() > 0).count();
      return pools.stream()
              .allMatch(pool -> pool.openConnections() == pool.idleConnections()
                  && pool.pendingConnections() == 0
                  && pool.waitingCalls() == 0)
          && MeshTimers.of(upstreams).size() <= idle
          && active() == 0
          && level("gatehouse.mesh.limit.active") == 0
          && level("gatehouse.mesh.limit.waiting") == 0;
    });
  }

  /** How many calls instances have; asked on the event loop. */
  private int active() {
    JsonObject state = new JsonObject();
    upstreams.balanced("catalog").describe(state);
    return state.getJsonArray("instances").stream()
        .mapToInt(one -> ((JsonObject) one).getInteger("active"))
        .sum();
  }

  private double level(String name) {
    return meters.get(name).gauge().value();
  }

  SimpleMeterRegistry meters() {
    return meters;
  }

  /** What an operator sees of the service. */
  JsonObject state() {
    return await(on(() -> upstreams.describe())).getJsonObject("services").getJsonObject("catalog");
  }

  /** Waits until something is so, looked at on the event loop. */
  void awaitTrue(Callable<Boolean> expected) {
    CompletableFuture<Void> seen = new CompletableFuture<>();
    loop.runOnContext(begin -> check(expected, seen));
    await(Future.fromCompletionStage(seen));
  }

  private void check(Callable<Boolean> expected, CompletableFuture<Void> seen) {
    try {
      if (expected.call()) {
        seen.complete(null);
      } else if (!seen.isDone()) {
        vertx.setTimer(2, again -> check(expected, seen));
      }
    } catch (Exception e) {
      seen.completeExceptionally(e);
    }
  }

  <T> T on(Callable<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.runOnContext(begin -> {
      try {
        result.complete(action.call());
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    });
    return await(Future.fromCompletionStage(result));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("not within " + PATIENCE, e);
    }
  }

  @Override
  public void close() {
    await(on(upstreams::close));
  }
}
