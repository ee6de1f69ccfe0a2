package dev.gatehouse.runtime.door;

import dev.gatehouse.dsl.Caller;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One question to a resolver, which may fail, take too long, or answer on a thread of its own. */
final class CallerLookup {
  private static final Logger LOG = LoggerFactory.getLogger(CallerLookup.class);

  private CallerLookup() {}

  /** Called on the event loop of the request. */
  static Future<Caller> of(
      HttpServerRequest request, CallerResolver resolver, Vertx vertx, Duration within) {
    Future<Caller> resolved;
    try {
      resolved = resolver.resolve(request);
    } catch (RuntimeException e) {
      LOG.error("a caller resolver failed", e);
      return Future.failedFuture(e);
    }
    return resolved.isComplete() ? resolved : later(resolved, vertx, within);
  }

  private static Future<Caller> later(Future<Caller> resolved, Vertx vertx, Duration within) {
    Context context = vertx.getOrCreateContext();
    Promise<Caller> found = Promise.promise();
    long timer = vertx.setTimer(Math.max(1, within.toMillis()), late -> {
      if (found.tryFail(new TimeoutException("the caller was not found out within " + within))) {
        LOG.warn("a caller resolver did not answer within {}", within);
      }
    });
    resolved.onComplete(whoever -> context.runOnContext(on -> {
      vertx.cancelTimer(timer);
      settle(found, whoever);
    }));
    return found.future();
  }

  private static void settle(Promise<Caller> found, AsyncResult<Caller> whoever) {
    if (whoever.succeeded()) {
      found.tryComplete(whoever.result());
    } else {
      found.tryFail(whoever.cause());
    }
  }
}
