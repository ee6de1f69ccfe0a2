package dev.gatehouse.runtime.mesh.layer;

import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Does anything that a transport may do: answers and fails, at once or later, or only at the deadline; and stops when cancelled. */
public final class MoodyUpstream implements Upstream {
  private static final List<Integer> STATUSES = List.of(200, 200, 200, 404, 429, 500, 503);
  private static final List<FailureClass> FAILURES =
      List.of(FailureClass.UNREACHABLE, FailureClass.TIMED_OUT, FailureClass.NONSENSE);

  private final Random random;
  private final TimerWheel timers;
  private final Map<String, Integer> sends = new HashMap<>();
  private int underWay;
  private long latestNanos = Long.MIN_VALUE;

  public MoodyUpstream(Random random, TimerWheel timers) {
    this.random = random;
    this.timers = timers;
  }

  @Override
  public Future<UpstreamResponse> send(UpstreamRequest request) {
    sends.merge(request.uri(), 1, Integer::sum);
    latestNanos = Math.max(latestNanos, System.nanoTime() - request.deadlineNanos());
    int mood = random.nextInt(10);
    if (mood < 3) {
      return outcome();
    }
    underWay++;
    long deadline = request.deadlineNanos();
    long at = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(random.nextInt(20_000));
    return new Later(request, mood == 9 || at - deadline > 0 ? deadline : at, deadline).start();
  }

  private Future<UpstreamResponse> outcome() {
    return random.nextInt(3) > 0
        ? Future.succeededFuture(LayerLoop.response(STATUSES.get(random.nextInt(STATUSES.size()))))
        : Future.failedFuture(
            LayerLoop.failure(FAILURES.get(random.nextInt(FAILURES.size())), random.nextBoolean()));
  }

  private final class Later extends TimerWheel.Entry {
    private final UpstreamRequest request;
    private final long atNanos;
    private final long deadlineNanos;
    private final Promise<UpstreamResponse> answer = Promise.promise();

    Later(UpstreamRequest request, long atNanos, long deadlineNanos) {
      this.request = request;
      this.atNanos = atNanos;
      this.deadlineNanos = deadlineNanos;
    }

    Future<UpstreamResponse> start() {
      timers.schedule(this, atNanos);
      request.onCancel(this::cancelled);
      return answer.future();
    }

    private void cancelled(UpstreamException reason) {
      timers.cancel(this);
      underWay--;
      answer.fail(reason);
    }

    @Override
    protected void expired() {
      request.onCancel(null);
      underWay--;
      if (atNanos == deadlineNanos) {
        answer.fail(LayerLoop.failure(FailureClass.TIMED_OUT, false));
      } else {
        outcome().onComplete(answer);
      }
    }
  }

  /** How often each call was sent, by its URI. */
  public Map<String, Integer> sends() {
    return sends;
  }

  public int underWay() {
    return underWay;
  }

  /** How long after its deadline a call was sent at the latest; negative for before. */
  public long latestNanos() {
    return latestNanos;
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
