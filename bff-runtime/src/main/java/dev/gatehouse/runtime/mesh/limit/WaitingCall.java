package dev.gatehouse.runtime.mesh.limit;

import dev.gatehouse.runtime.policy.LimitPolicy.Rate;
import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call that waits: for its turn, or in line. Leaves at once when it is cancelled, and no later than its deadline. */
final class WaitingCall extends TimerWheel.Entry implements Consumer<UpstreamException> {
  private final Limits limits;
  private final UpstreamRequest request;
  private final @Nullable Rate turn;
  private final long sinceNanos;
  private final Promise<UpstreamResponse> answer = Promise.promise();

  /**
   * @param turn by which it has a turn reserved; null where it stands in line
   */
  WaitingCall(Limits limits, UpstreamRequest request, @Nullable Rate turn) {
    this.limits = limits;
    this.request = request;
    this.turn = turn;
    this.sinceNanos = limits.now();
  }

  Future<UpstreamResponse> await(long untilNanos) {
    limits.meters.waiting.incrementAndGet();
    limits.context.timers().schedule(this, untilNanos);
    request.onCancel(this); // which may be at once
    return answer.future();
  }

  @Nullable Rate turn() {
    return turn;
  }

  /** It waits no longer. What it waited with may be sent, and what comes of that is to be told to {@link #answered}. */
  UpstreamRequest ready() {
    stop();
    limits.meters.waited.record(limits.now() - sinceNanos, TimeUnit.NANOSECONDS);
    return request;
  }

  void answered(Future<UpstreamResponse> call) {
    call.onComplete(answer);
  }

  @Override
  protected void expired() {
    if (turn != null && request.deadlineNanos() - System.nanoTime() > 0) {
      answered(limits.turn(ready()));
    } else {
      leave(limits.failure(
          request, FailureClass.TIMED_OUT, "not sent, waited for other calls until its deadline"));
    }
  }

  /** Cancelled by who asked for it. */
  @Override
  public void accept(UpstreamException reason) {
    leave(reason);
  }

  private void stop() {
    limits.context.timers().cancel(this);
    limits.meters.waiting.decrementAndGet();
    request.onCancel(null);
  }

  private void leave(UpstreamException why) {
    stop();
    limits.left(this);
    answer.fail(why);
  }
}
