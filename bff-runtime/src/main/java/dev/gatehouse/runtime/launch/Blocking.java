package dev.gatehouse.runtime.launch;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;

/** Waits for futures on threads that have nothing else to do: the main thread and the shutdown hook's. */
final class Blocking {
  private Blocking() {}

  static <T> T get(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }
}
