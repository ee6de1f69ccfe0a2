package dev.gatehouse.runtime.mesh.layer;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.BodyBinding;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.dsl.uri.UriTemplate;
import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** An event loop with what layers stand on: a clock that tests turn, and chance that is the same each time. */
public final class LayerLoop implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  /** For calls that are not to end by themselves, however busy the machine is. */
  private static final Duration LONG = Duration.ofSeconds(55);

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final AtomicLong now = new AtomicLong(1_000_000_000_000L);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Levels levels = new Levels(meters);
  private final TimerWheel timers = on(() -> new TimerWheel(vertx));

  public LayerContext context() {
    return context(new Random(7));
  }

  public LayerContext context(Random random) {
    return new LayerContext(
        "catalog",
        vertx,
        timers,
        meters,
        levels,
        Tags.of("bff", "test", "service", "catalog"),
        now::get,
        random);
  }

  public TimerWheel timers() {
    return timers;
  }

  /** Turns the layers' clock forward. */
  public void turn(Duration by) {
    now.addAndGet(by.toNanos());
  }

  public double count(String name, String... tags) {
    return meters.get(name).tags(tags).counter().count();
  }

  public double gauge(String name, String... tags) {
    return meters.get(name).tags(tags).gauge().value();
  }

  /** Runs something on the event loop and waits for it. */
  public <T> T on(Callable<T> action) {
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

  /** Runs something on the event loop later. */
  public void later(int millis, Runnable action) {
    vertx.setTimer(Math.max(1, millis), now -> action.run());
  }

  /** Starts something on the event loop and waits for what comes of it. */
  public <T> T call(Callable<Future<T>> action) {
    return await(Future.fromCompletionStage(on(() -> action.call().toCompletionStage())));
  }

  /** As {@link #call}, where it must fail. */
  public UpstreamException fail(Callable<? extends Future<?>> action) {
    Throwable failure = call(() -> action
        .call()
        .<Throwable>map(answer -> new AssertionError("answered: " + answer))
        .recover(Future::succeededFuture));
    if (failure instanceof UpstreamException upstream) {
      return upstream;
    }
    throw new AssertionError("not an UpstreamException", failure);
  }

  /** Waits until something is so, looked at on the event loop. */
  public void until(Callable<Boolean> expected) {
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

  public static <T> T await(Future<T> future) {
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

  public static UpstreamRequest safe() {
    return request(Safety.SAFE, false, LONG);
  }

  public static UpstreamRequest unsafe() {
    return request(Safety.UNSAFE, false, LONG);
  }

  public static UpstreamRequest request(Safety safety, boolean idempotencyKey, Duration timeout) {
    return request(operation(safety, idempotencyKey), timeout);
  }

  public static UpstreamRequest request(OperationSpec operation, Duration timeout) {
    return new UpstreamRequest(
        operation,
        HttpMethod.valueOf(((HttpTarget) operation.target()).method()),
        "/things",
        List.of(),
        null,
        System.nanoTime() + timeout.toNanos());
  }

  public static OperationSpec operation(Safety safety, boolean idempotencyKey) {
    String method = safety == Safety.SAFE ? "GET" : safety == Safety.IDEMPOTENT ? "PUT" : "POST";
    return new OperationSpec(
        "catalog",
        method + " /things",
        new HttpTarget(
            method,
            new UriTemplate("/things", List.of()),
            List.of(),
            new BodyBinding.None(),
            List.of(),
            idempotencyKey),
        safety,
        new AnyType(Object.class),
        null,
        0,
        0,
        null,
        Place.UNKNOWN);
  }

  public static UpstreamResponse response(int status, String... headers) {
    MultiMap all = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < headers.length; i += 2) {
      all.add(headers[i], headers[i + 1]);
    }
    return new UpstreamResponse(status, all, new byte[0], 0, 0);
  }

  public static UpstreamException failure(FailureClass failureClass, boolean unprocessed) {
    return new UpstreamException(
        failureClass, "catalog: " + failureClass.label(), 0, null, unprocessed);
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
