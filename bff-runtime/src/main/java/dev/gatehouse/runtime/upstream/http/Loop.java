package dev.gatehouse.runtime.upstream.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The event loop that an instance of the BFF lives on, without the local data of any one request. */
final class Loop {
  private final ContextInternal context;

  private Loop(ContextInternal context) {
    this.context = context;
  }

  /**
   * The current one.
   *
   * @throws IllegalStateException where the caller is not on an event loop
   */
  static Loop current() {
    Context current = Vertx.currentContext();
    if (current == null || !current.isEventLoopContext()) {
      throw new IllegalStateException("upstreams: made on thread "
          + Thread.currentThread().getName() + " (expected: the event loop that makes the calls)");
    }
    return new Loop(((ContextInternal) current).unwrap());
  }

  /** Calls {@code action} at once, so that what it makes belongs to this context and not to the request being answered. */
  <T> Future<T> outsideRequest(Supplier<Future<T>> action) {
    AtomicReference<Future<T>> result = new AtomicReference<>();
    context.dispatch(ignored -> result.set(action.get()));
    Future<T> future = result.get();
    return future == null ? Future.failedFuture("not started") : future;
  }

  /** Runs {@code action} after what runs now. */
  void later(Runnable action) {
    context.runOnContext(ignored -> action.run());
  }
}
