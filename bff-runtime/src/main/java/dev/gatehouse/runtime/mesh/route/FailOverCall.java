package dev.gatehouse.runtime.mesh.route;

import dev.gatehouse.runtime.policy.RoutePolicy.Condition;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call that is sent to other places in turn as long as it fails as they say. An older answer that stands in for a failure is used
 * when no place has a new one: whoever declares another place wants what it knows now.
 */
final class FailOverCall implements Completable<UpstreamResponse> {
  private final Routes routes;
  private final UpstreamRequest request;
  private final String uri;
  private final Iterator<Other> others;
  private final Promise<UpstreamResponse> answer = Promise.promise();
  private @Nullable UpstreamResponse stale;

  /** A place for calls that failed so. */
  record Other(Set<Condition> on, Leg leg) {}

  FailOverCall(Routes routes, UpstreamRequest request, String uri, List<Other> others) {
    this.routes = routes;
    this.request = request;
    this.uri = uri;
    this.others = others.iterator();
  }

  Future<UpstreamResponse> send(Leg first) {
    first.send(request, uri).onComplete(this);
    return answer.future();
  }

  @Override
  public void complete(@Nullable UpstreamResponse response, @Nullable Throwable failure) {
    if (response != null && response.standsInFor() != null && stale == null) {
      stale = response;
    }
    Condition why = condition(response, failure);
    if (why != null
        && request.cancelled() == null
        && request.deadlineNanos() - System.nanoTime() > 0) {
      while (others.hasNext()) {
        Other other = others.next();
        if (other.on().contains(why)) {
          routes.failedOver(why);
          request.replays(null);
          other.leg().send(request, uri).onComplete(this);
          return;
        }
      }
    }
    UpstreamResponse old = stale;
    if (old != null && why != null) {
      answer.complete(old);
    } else {
      answer.complete(response, failure);
    }
  }

  /** How it failed, where it may be sent to another place after that; null where not. */
  private @Nullable Condition condition(
      @Nullable UpstreamResponse response, @Nullable Throwable failure) {
    boolean safe = request.operation().isSafe();
    if (response != null) {
      FailureClass stoodIn = response.standsInFor();
      return stoodIn != null
          ? condition(stoodIn)
          : safe && response.status() >= 500 ? Condition.SERVER_ERROR : null;
    }
    if (!(failure instanceof UpstreamException known)) {
      return null;
    }
    if (!safe && !known.isUnprocessed()) {
      return null; // the service may have done it
    }
    return condition(known.failureClass());
  }

  private static @Nullable Condition condition(FailureClass why) {
    return switch (why) {
      case REFUSED -> Condition.REFUSED;
      case UNREACHABLE -> Condition.UNREACHABLE;
      case TIMED_OUT -> Condition.TIMED_OUT;
      case SERVER_ERROR, NONSENSE -> Condition.SERVER_ERROR;
      default -> null;
    };
  }
}
