package dev.gatehouse.runtime.engine;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A Vert.x that knows which of the timers set on it are still to fire. */
final class TimedVertx extends VertxWrapper {
  private final Set<Long> open = ConcurrentHashMap.newKeySet();

  TimedVertx(Vertx vertx) {
    super((VertxInternal) vertx);
  }

  /** The timers that have neither fired nor been cancelled. */
  Set<Long> open() {
    return Set.copyOf(open);
  }

  @Override
  public long setTimer(long delay, Handler<Long> handler) {
    long timer = super.setTimer(delay, id -> {
      open.remove(id);
      handler.handle(id);
    });
    open.add(timer);
    return timer;
  }

  @Override
  public boolean cancelTimer(long id) {
    open.remove(id);
    return super.cancelTimer(id);
  }
}
