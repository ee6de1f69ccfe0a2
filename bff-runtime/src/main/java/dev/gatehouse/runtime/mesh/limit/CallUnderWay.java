package dev.gatehouse.runtime.mesh.limit;

import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Completable;
import org.jspecify.annotations.Nullable;

/**
 * A call that takes a place until it ends.
 *
 * @param adaptive to be told how it went; null where nobody is
 * @param atOnce how many were under way when it began
 */
record CallUnderWay(Limits limits, @Nullable AdaptiveLimit adaptive, int atOnce, long startNanos)
    implements Completable<UpstreamResponse> {
  private static final int FIRST_SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  @Override
  public void complete(@Nullable UpstreamResponse response, @Nullable Throwable failure) {
    AdaptiveLimit told = adaptive;
    if (told != null) {
      boolean overloaded = isOverload(response, failure);
      // What fails for another reason is often quick, and says nothing about load.
      if (overloaded || (response != null && response.status() < FIRST_SERVER_ERROR)) {
        told.ended(startNanos, limits.now(), atOnce, overloaded);
      }
    }
    limits.ended();
  }

  private static boolean isOverload(
      @Nullable UpstreamResponse response, @Nullable Throwable failure) {
    if (response != null) {
      return response.status() == TOO_MANY_REQUESTS || response.status() == UNAVAILABLE;
    }
    return failure instanceof UpstreamException known
        && known.failureClass() == FailureClass.TIMED_OUT
        && !known.isHasty();
  }
}
