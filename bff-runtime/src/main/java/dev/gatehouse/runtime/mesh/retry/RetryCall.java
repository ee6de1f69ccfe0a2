package dev.gatehouse.runtime.mesh.retry;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.mesh.retry.RetryMeters.Refusal;
import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call with all its attempts. At most two are under way at the same time: one, and its hedge. */
final class RetryCall extends TimerWheel.Entry
    implements UpstreamRequest.Replays, Consumer<UpstreamException> {
  private static final UpstreamException LOST =
      new UpstreamException(FailureClass.CANCELLED, "another attempt answered first");
  private static final int MOST_DOUBLINGS = 20;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;

  private final Retries layer;
  private final UpstreamRequest request;
  private final RetryPolicy policy;
  private final @Nullable Latencies latencies;
  private final long hedgeAfterNanos;
  private final Promise<UpstreamResponse> answer = Promise.promise();

  private @Nullable Attempt first;
  private @Nullable Attempt second;
  private int attempts;
  private int retries;
  /** During the pause before the next attempt: what became of the last one. Otherwise the timer is for the hedge. */
  private @Nullable Outcome last;

  /** For what the next attempt is made, during that pause. */
  private Reason why = Reason.UNPROCESSED;

  private boolean over;
  /** A failure that does not say whether the service acted. */
  private @Nullable UpstreamException uncertain;

  RetryCall(
      Retries layer,
      UpstreamRequest request,
      RetryPolicy policy,
      @Nullable Latencies latencies,
      long hedgeAfterNanos) {
    this.layer = layer;
    this.request = request;
    this.policy = policy;
    this.latencies = latencies;
    this.hedgeAfterNanos = hedgeAfterNanos;
  }

  /** A request of its own for each attempt, unless it is the only one that this call will have at a time, with the same deadline. */
  Future<UpstreamResponse> start() {
    if (hedgeAfterNanos < 0 && policy.attemptTimeout().isZero()) {
      request.replays(this);
      Attempt only = new Attempt(request, false);
      first = only;
      only.start();
    } else {
      request.onCancel(this);
      if (!over) {
        attempt(false);
        if (hedgeAfterNanos >= 0 && !over && first != null) {
          layer.context.timers().schedule(this, System.nanoTime() + hedgeAfterNanos);
        }
      }
    }
    return answer.future();
  }

  private void attempt(boolean hedge) {
    long deadline = request.deadlineNanos();
    if (!policy.attemptTimeout().isZero()) {
      long end = System.nanoTime() + policy.attemptTimeout().toNanos();
      deadline = end - deadline < 0 ? end : deadline;
    }
    UpstreamRequest copy = request.attempt(deadline);
    if (!policy.attemptTimeout().isZero()) {
      copy.enough(policy.attemptTimeout().toNanos() / 2);
    }
    copy.replays(this);
    copy.resends(attempts);
    Attempt attempt = new Attempt(copy, hedge);
    if (hedge) {
      second = attempt;
    } else {
      first = attempt;
    }
    attempt.start();
  }

  /** The transport asks whether it may send an attempt once more over another connection: that is one more attempt. */
  @Override
  public boolean allow(boolean unprocessed) {
    if (attempts >= policy.attempts() || !affordable()) {
      return false;
    }
    attempts++;
    layer.meters.retried(unprocessed ? Reason.UNPROCESSED : Reason.STALE_CONNECTION);
    return true;
  }

  private boolean affordable() {
    boolean taken = layer.budget.take(policy.budget(), layer.context.clock().getAsLong());
    if (!taken) {
      layer.meters.refused(Refusal.BUDGET);
    }
    return taken;
  }

  private void ended(
      Attempt attempt, @Nullable UpstreamResponse response, @Nullable Throwable failure) {
    if (attempt == first) {
      first = null;
    } else if (attempt == second) {
      second = null;
    }
    if (over) {
      return;
    }
    Reason reason = response != null
        ? Reason.of(response, request, policy)
        : failure == null ? null : Reason.of(failure, request);
    boolean other = first != null || second != null;
    if (response != null && reason == null && !(other && isBad(response))) {
      won(attempt, response);
      return;
    }
    if (attempt.hedge) {
      layer.meters.hedgesLost.increment();
    }
    if (other) {
      return; // it may still answer
    }
    layer.context.timers().cancel(this);
    Outcome outcome = new Outcome(attempt, response, failure);
    if (reason == null || !retry(outcome, reason)) {
      lost(outcome);
    } else if (failure instanceof UpstreamException known && !known.isUnprocessed()) {
      uncertain = known;
    } else if (response != null && response.status() != TOO_MANY_REQUESTS && uncertain == null) {
      // A gateway may have given up on a service that goes on.
      uncertain = new UpstreamException(
          FailureClass.of(response.status()),
          layer.context.service() + ": " + request.operation().name() + ": status "
              + response.status(),
          response.status(),
          null);
    }
  }

  /** Not worth giving up another attempt for. */
  private static boolean isBad(UpstreamResponse response) {
    return response.status() >= FIRST_SERVER_ERROR || response.status() == TOO_MANY_REQUESTS;
  }

  /** Begins the pause before the next attempt, if there is to be one. */
  private boolean retry(Outcome outcome, Reason reason) {
    UpstreamResponse response = outcome.response();
    if (attempts >= policy.attempts()) {
      return false;
    }
    long now = System.nanoTime();
    long pause = Math.max(
        pauseNanos(),
        response == null ? 0 : RetryAfter.nanos(response, System.currentTimeMillis()));
    if (pause >= request.deadlineNanos() - now) {
      layer.meters.refused(Refusal.DEADLINE);
      return false;
    }
    if (!affordable()) {
      return false;
    }
    avoid(outcome.attempt());
    retries++;
    last = outcome;
    why = reason;
    request.onCancel(this);
    if (!over) {
      layer.context.timers().schedule(this, now + pause);
    }
    return true;
  }

  /** Any time up to a limit that doubles ("full jitter"), so that calls that failed together do not come back together. */
  private long pauseNanos() {
    long limit = policy.backoff().toNanos() << Math.min(retries, MOST_DOUBLINGS);
    limit = Math.min(limit, policy.maxBackoff().toNanos());
    return limit <= 0 ? 0 : layer.context.random().nextLong(limit + 1);
  }

  @Override
  protected void expired() {
    boolean late = request.deadlineNanos() - System.nanoTime() <= 0; // the event loop was held up
    Outcome before = last;
    Attempt slow = first;
    if (before != null && late) {
      giveBack();
      lost(before);
    } else if (before != null) {
      last = null;
      layer.meters.retried(why);
      attempt(false);
    } else if (slow != null && !late && affordable()) {
      avoid(slow);
      attempt(true);
    }
  }

  /** The attempt that was paid for is not made. */
  private void giveBack() {
    last = null;
    layer.budget.giveBack(layer.context.clock().getAsLong());
  }

  private void avoid(Attempt tried) {
    Endpoint endpoint = tried.request.endpoint();
    if (endpoint != null) {
      request.avoid(endpoint);
    }
  }

  private void won(Attempt attempt, UpstreamResponse response) {
    if (latencies != null && !isBad(response)) {
      latencies.record(layer.context.clock().getAsLong() - attempt.startNanos);
    }
    Attempt other = first != null ? first : second;
    if (attempt.hedge) {
      layer.meters.hedgesWon.increment();
    } else if (second != null) {
      layer.meters.hedgesLost.increment();
    }
    end(attempt);
    if (other != null) {
      other.request.cancel(LOST);
    }
    answer.complete(response);
  }

  private void lost(Outcome outcome) {
    end(outcome.attempt());
    UpstreamResponse response = outcome.response();
    Throwable failure = outcome.failure();
    UpstreamException before = uncertain;
    boolean saysAsMuch = before != null
        && before.status() > 0
        && response != null
        && response.status() >= FIRST_SERVER_ERROR;
    if (before != null && !saysAsMuch && !request.operation().isSafe()) {
      // What the last attempt says would be wrong of the whole: an earlier one may have acted.
      answer.fail(told(before));
    } else if (response != null) {
      answer.complete(response);
    } else {
      answer.complete(null, failure instanceof UpstreamException known ? told(known) : failure);
    }
  }

  private UpstreamException told(UpstreamException failure) {
    return attempts < 2 || failure.failureClass() == FailureClass.CANCELLED
        ? failure
        : new UpstreamException(
            failure.failureClass(),
            failure.getMessage() + " (after " + attempts + " attempts)",
            failure.status(),
            failure.getCause(),
            failure.isUnprocessed() && uncertain == null,
            failure.isHasty());
  }

  /** Cancelled by who asked for it. */
  @Override
  public void accept(UpstreamException reason) {
    over = true;
    layer.context.timers().cancel(this);
    if (last != null) {
      giveBack();
    }
    Attempt one = first;
    Attempt other = second;
    if (one != null) {
      one.request.cancel(reason);
    }
    if (other != null) {
      other.request.cancel(reason);
    }
    answer.fail(reason);
  }

  private void end(Attempt last) {
    over = true;
    layer.context.timers().cancel(this);
    request.onCancel(null);
    Endpoint endpoint = last.request.endpoint();
    if (endpoint != null) {
      request.endpoint(endpoint);
    }
  }

  private record Outcome(
      Attempt attempt,
      @Nullable UpstreamResponse response,
      @Nullable Throwable failure) {}

  private final class Attempt implements Completable<UpstreamResponse> {
    private final UpstreamRequest request;
    private final boolean hedge;
    private final long startNanos;

    Attempt(UpstreamRequest request, boolean hedge) {
      this.request = request;
      this.hedge = hedge;
      this.startNanos = latencies == null ? 0 : layer.context.clock().getAsLong();
    }

    void start() {
      attempts++;
      layer.next.send(request).onComplete(this);
    }

    @Override
    public void complete(@Nullable UpstreamResponse response, @Nullable Throwable failure) {
      ended(this, response, failure);
    }
  }
}
