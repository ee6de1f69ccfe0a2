package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call, from being asked for to its end: waits for a connection, exchanges, sends once more where the service surely did not
 * act, and ends by its deadline whatever happens.
 */
final class HttpCall extends TimerWheel.Entry implements Consumer<UpstreamException> {
  /** Its neighbours in the line of those that wait; the {@link WaitQueue}'s. */
  @Nullable HttpCall before;

  @Nullable HttpCall after;

  boolean waiting;

  private final EndpointPool pool;
  private final UpstreamRequest request;
  private final TimerWheel timers;
  private final CallRules rules;
  private final Promise<UpstreamResponse> answer = Promise.promise();
  private @Nullable Exchange exchange;
  private boolean replayed;
  /** Whether an exchange broke of which it is not known what the service made of it. */
  private boolean uncertain;

  private boolean over;

  HttpCall(EndpointPool pool, UpstreamRequest request, TimerWheel timers, CallRules rules) {
    this.pool = pool;
    this.request = request;
    this.timers = timers;
    this.rules = rules;
  }

  Future<UpstreamResponse> start() {
    request.onCancel(this);
    if (!over) {
      timers.schedule(this, request.deadlineNanos());
      pool.acquire(this);
    }
    return answer.future();
  }

  UpstreamRequest request() {
    return request;
  }

  EndpointPool pool() {
    return pool;
  }

  boolean isWanted() {
    return !over;
  }

  /** What is left until the deadline; at least 1. */
  long millisLeft() {
    return Math.max(1, (request.deadlineNanos() - System.nanoTime()) / 1_000_000);
  }

  /** It has a connection. */
  void begin(PooledConnection connection) {
    Exchange begun = new Exchange(this, connection, rules);
    exchange = begun;
    String base = pool.endpoint().basePath();
    begun.begin(base.isEmpty() ? request.uri() : base + request.uri());
  }

  void queueFull(int connections, int calls) {
    fail(
        FailureClass.REFUSED,
        "all " + connections + " connections are busy and " + calls
            + " calls wait (max-connections, max-waiting)",
        null,
        true);
  }

  void notConnected(Throwable failure) {
    fail(
        FailureClass.UNREACHABLE,
        "not connected: " + Failures.connecting(failure, pool.endpoint().scheme() == Scheme.HTTPS),
        failure,
        true);
  }

  void succeeded(Exchange from, UpstreamResponse response, boolean reusable) {
    exchange = null;
    pool.release(from.connection(), reusable);
    if (end()) {
      answer.complete(response);
    }
  }

  /** The answer cannot be used, and no more of it is wanted. */
  void nonsense(Exchange from, String what) {
    giveUp(from);
    fail(FailureClass.NONSENSE, what, null, false);
  }

  /** The exchange broke. */
  void failed(Exchange from, FailureClass failureClass, String what, Throwable failure, Fate fate) {
    exchange = null;
    pool.abandon(from.connection(), Failures.isClosedConnection(failure));
    if (!replayed && mayReplay(fate)) {
      replayed = true;
      uncertain = fate == Fate.PROBABLY_LOST;
      pool.acquireFresh(this);
    } else {
      fail(failureClass, what, failure, fate.isUnprocessed());
    }
  }

  /** What was not sent costs the service nothing; of all else, others keep count. */
  private boolean mayReplay(Fate fate) {
    return switch (fate) {
      case UNSENT -> true;
      case UNSEEN -> request.replay(true);
      case PROBABLY_LOST -> rules.replaysStale() && request.replay(false);
      case UNKNOWN -> false;
    };
  }

  /** Cancelled by who asked for it. */
  @Override
  public void accept(UpstreamException reason) {
    if (end()) {
      stop();
      answer.fail(reason);
    }
  }

  @Override
  protected void expired() {
    Exchange current = exchange;
    String what = current == null ? "no connection became free" : current.progress();
    stop();
    fail(FailureClass.TIMED_OUT, what + " until its deadline", null, current == null);
  }

  private void stop() {
    Exchange current = exchange;
    if (current != null) {
      giveUp(current);
    } else {
      pool.leave(this);
    }
  }

  private void giveUp(Exchange current) {
    exchange = null;
    current.abort();
    pool.abandon(current.connection(), false);
  }

  private void fail(
      FailureClass failureClass, String what, @Nullable Throwable cause, boolean unprocessed) {
    if (end()) {
      OperationSpec operation = request.operation();
      String message =
          operation.service() + ": " + operation.name() + " at " + pool.endpoint() + ": " + what;
      answer.fail(new UpstreamException(
          failureClass,
          message,
          0,
          cause,
          unprocessed && !uncertain,
          failureClass == FailureClass.TIMED_OUT && request.isHasty()));
    }
  }

  /** Whether it had not ended before. */
  private boolean end() {
    if (over) {
      return false;
    }
    over = true;
    timers.cancel(this);
    request.onCancel(null);
    return true;
  }
}
