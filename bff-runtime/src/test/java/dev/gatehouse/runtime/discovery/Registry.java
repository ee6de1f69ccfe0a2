package dev.gatehouse.runtime.discovery;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A registry on an event loop of its own that looks for one service, {@code catalog}. */
public final class Registry implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Vertx vertx;
  private final Context loop;
  private final ServiceRegistry registry;
  private boolean closed;

  public Registry(Vertx vertx, ServiceLookup lookup) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.registry = await(Future.fromCompletionStage(onLoop(() ->
        ServiceRegistry.create(vertx, Map.of(), Map.of("catalog", lookup)).toCompletionStage())));
  }

  /** The instances' addresses, such as {@code 10.0.0.1:8080}. */
  public List<String> addresses() {
    return instances().stream()
        .map(instance -> instance.endpoint().host() + ":" + instance.endpoint().port())
        .toList();
  }

  public List<ServiceInstance> instances() {
    return onLoop(() -> endpoints().current());
  }

  public SourceState state() {
    return endpoints().state();
  }

  public ServiceEndpoints endpoints() {
    return registry.find("catalog");
  }

  /** Waits until these are the instances. */
  public void awaitAddresses(String... addresses) {
    awaitTrue(() -> addresses().equals(List.of(addresses)), "instances " + List.of(addresses));
  }

  public void awaitStatus(SourceState.Status status) {
    awaitTrue(() -> state().status() == status, "status " + status);
  }

  /** Asks again and again, each time after a turn of the event loop. */
  public void awaitTrue(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not in time: " + what + "; now " + addresses() + ", " + state());
      }
      await(vertx.timer(10, TimeUnit.MILLISECONDS));
    }
  }

  public <T> T onLoop(Callable<T> callable) {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.runOnContext(now -> {
      try {
        result.complete(callable.call());
      } catch (Exception e) {
        result.completeExceptionally(e);
      }
    });
    return await(result);
  }

  /** Holds the event loop in one turn, as long work there would, until the result is run. */
  public Runnable holdLoop() {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    loop.runOnContext(now -> {
      held.countDown();
      await(release);
    });
    await(held);
    return release::countDown;
  }

  public static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("not in time");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public static <T> T await(Future<T> future) {
    return await(future.toCompletionStage().toCompletableFuture());
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("not in time", e);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      await(Future.fromCompletionStage(onLoop(() -> registry.close().toCompletionStage())));
    }
  }
}
