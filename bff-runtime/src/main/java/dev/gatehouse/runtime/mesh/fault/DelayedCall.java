package dev.gatehouse.runtime.mesh.fault;

import dev.gatehouse.runtime.policy.FaultPolicy.Abort;
import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call that is held back for a while. */
final class DelayedCall extends TimerWheel.Entry implements Consumer<UpstreamException> {
  private final Faults faults;
  private final UpstreamRequest request;
  private final @Nullable Abort abort;
  private final Promise<UpstreamResponse> answer = Promise.promise();

  DelayedCall(Faults faults, UpstreamRequest request, @Nullable Abort abort) {
    this.faults = faults;
    this.request = request;
    this.abort = abort;
  }

  Future<UpstreamResponse> await(long untilNanos) {
    long deadline = request.deadlineNanos();
    faults.context.timers().schedule(this, untilNanos - deadline < 0 ? untilNanos : deadline);
    request.onCancel(this); // which may be at once
    return answer.future();
  }

  @Override
  protected void expired() {
    request.onCancel(null);
    if (request.deadlineNanos() - System.nanoTime() > 0) {
      faults.go(request, abort).onComplete(answer);
    } else {
      answer.fail(faults.failure(
          request,
          FailureClass.TIMED_OUT,
          "not sent, held back until its deadline by a fault that was injected"));
    }
  }

  /** Cancelled by who asked for it. */
  @Override
  public void accept(UpstreamException reason) {
    faults.context.timers().cancel(this);
    answer.fail(reason);
  }
}
