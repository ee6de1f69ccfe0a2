package dev.gatehouse.runtime.mesh.cache;

import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call that waits for an answer it may share with others. Leaves when it is cancelled, and at its deadline. */
final class Waiter extends TimerWheel.Entry implements Consumer<UpstreamException> {
  private final Caching cache;
  private final UpstreamRequest request;
  private final Promise<UpstreamResponse> answer = Promise.promise();
  private @Nullable Flight flight;

  Waiter(Caching cache, UpstreamRequest request) {
    this.cache = cache;
    this.request = request;
  }

  UpstreamRequest request() {
    return request;
  }

  Future<UpstreamResponse> answer() {
    return answer.future();
  }

  /** It waits for a flight that ends by itself at a time. */
  void board(Flight boarded, long untilNanos) {
    flight = boarded;
    if (request.deadlineNanos() - untilNanos < 0) {
      cache.context().timers().schedule(this, request.deadlineNanos());
    }
    request.onCancel(this); // which may be at once
  }

  /** Tells what came of it, unless it waits no longer; what goes wrong in whoever is told is not the others' who wait. */
  void end(@Nullable UpstreamResponse response, @Nullable Throwable failure) {
    if (flight == null) {
      return;
    }
    alight();
    try {
      answer.complete(response, failure);
    } catch (RuntimeException e) {
      cache.context().report(e);
    }
  }

  /** It waits no longer for that flight. */
  void alight() {
    cache.context().timers().cancel(this);
    request.onCancel(null);
    flight = null;
  }

  @Override
  protected void expired() {
    Flight left = flight;
    if (left != null) {
      left.leave(this);
      UpstreamResponse stale = left.standIn(FailureClass.TIMED_OUT);
      UpstreamException late = stale == null ? cache.late(request) : null;
      end(stale, late);
    }
  }

  @Override
  public void accept(UpstreamException reason) {
    Flight left = flight;
    if (left != null) {
      left.leave(this);
      end(null, reason);
    }
  }
}
