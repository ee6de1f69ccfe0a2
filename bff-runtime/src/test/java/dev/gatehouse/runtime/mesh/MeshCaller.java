package dev.gatehouse.runtime.mesh;

import dev.gatehouse.runtime.config.CacheSettings;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.mesh.cache.AnswerStore;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.mesh.layer.Levels;
import dev.gatehouse.runtime.policy.PolicyStore;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Calls several services through a mesh client of its own, whose policies may change meanwhile. */
public final class MeshCaller implements AutoCloseable {
  /** For what is not to end by itself, however busy the machine is. */
  private static final Duration LONG = Duration.ofSeconds(55);

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final PolicyStore policies = new PolicyStore();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Map<String, ServiceSettings> services = new TreeMap<>();
  private CacheSettings.Redis redis;
  private Mesh mesh;

  public Vertx vertx() {
    return vertx;
  }

  /** Starts a service, to be known by a name. */
  public HttpServer serve(String name, Handler<HttpServerRequest> handler) {
    HttpServer server =
        LayerLoop.await(vertx.createHttpServer().requestHandler(handler).listen(0, "127.0.0.1"));
    at(name, server.actualPort());
    return server;
  }

  /** Has a service be known at a port, whether anybody listens there or not. */
  public void at(String name, int port) {
    at(name, "http://127.0.0.1:" + port);
  }

  /** Has a service be known at some URLs. */
  public void at(String name, String... urls) {
    at(
        name,
        ServiceSettings.at(urls).toBuilder()
            .connectTimeout(LONG)
            .requestTimeout(LONG)
            .build());
  }

  /** Has a service be known with settings of its own. */
  public void at(String name, ServiceSettings settings) {
    services.put(name, settings);
    policies.begin(name, ServicePolicy.OFF);
  }

  /** Has a service be found in a source. */
  public void discovered(String name, ServiceLookup lookup) {
    services.put(name, ServiceSettings.builder().discovery(lookup).build());
    policies.begin(name, ServicePolicy.OFF);
  }

  /** Makes the mesh client, once all services are known. */
  public MeshCaller open() {
    mesh = call(() -> Mesh.create(
        vertx,
        "test",
        new Levels(meters),
        OpenTelemetry.noop(),
        policies,
        new AnswerStore(),
        redis,
        services));
    return this;
  }

  /** Has answers be kept in Redis, too; before it is opened. */
  public MeshCaller keepIn(CacheSettings.Redis redis) {
    this.redis = redis;
    return this;
  }

  public PolicyStore policies() {
    return policies;
  }

  public Mesh mesh() {
    return mesh;
  }

  public SimpleMeterRegistry meters() {
    return meters;
  }

  public double count(String name, String... tags) {
    return meters.get(name).tags(tags).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  public String text(String service, UpstreamRequest request) {
    return text(LayerLoop.await(start(service, request)));
  }

  public UpstreamException fail(String service, UpstreamRequest request) {
    Throwable failure = LayerLoop.await(start(service, request)
        .<Throwable>map(answer -> new AssertionError("answered: " + answer))
        .recover(Future::succeededFuture));
    if (failure instanceof UpstreamException upstream) {
      return upstream;
    }
    throw new AssertionError("not an UpstreamException", failure);
  }

  public Future<UpstreamResponse> start(String service, UpstreamRequest request) {
    return Future.fromCompletionStage(
        on(() -> mesh.service(service).send(request).toCompletionStage()));
  }

  public static String text(UpstreamResponse response) {
    return new String(response.body(), response.from(), response.length(), StandardCharsets.UTF_8);
  }

  public <T> T on(Callable<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.runOnContext(begin -> {
      try {
        result.complete(action.call());
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    });
    return LayerLoop.await(Future.fromCompletionStage(result));
  }

  public <T> T call(Callable<Future<T>> action) {
    return LayerLoop.await(Future.fromCompletionStage(on(() -> action.call().toCompletionStage())));
  }

  /** Waits until something is so, looked at on the event loop. */
  public void until(Callable<Boolean> expected) {
    CompletableFuture<Void> seen = new CompletableFuture<>();
    loop.runOnContext(begin -> check(expected, seen));
    LayerLoop.await(Future.fromCompletionStage(seen));
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

  /** Closes what calls, and leaves what is called. */
  public void closeMesh() {
    if (mesh != null) {
      call(() -> mesh.close());
      mesh = null;
    }
  }

  @Override
  public void close() {
    closeMesh();
    LayerLoop.await(vertx.close());
  }
}
