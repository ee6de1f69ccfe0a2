package dev.gatehouse.runtime.mesh.retry;

import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a call may be tried again. */
enum Reason {
  /** It surely was not looked at: no connection, or refused before it was read. */
  UNPROCESSED,
  /** The connection broke. */
  UNREACHABLE,
  /** An attempt took too long. */
  TIMED_OUT,
  /** The service answered with a status that passes. */
  STATUS,
  /** The connection was probably closed before the call was sent on it. */
  STALE_CONNECTION;

  private static final int FIRST_FAILURE = 400;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Why an answer may be asked for again; null where it may not. */
  static @Nullable Reason of(
      UpstreamResponse response, UpstreamRequest request, RetryPolicy policy) {
    return response.status() >= FIRST_FAILURE
            && request.isReplayable()
            && policy.statuses().contains(response.status())
        ? STATUS
        : null;
  }

  /** Why a call that failed may be made again; null where it may not. */
  static @Nullable Reason of(Throwable failure, UpstreamRequest request) {
    if (!(failure instanceof UpstreamException known)) {
      return null;
    }
    return switch (known.failureClass()) {
      case UNREACHABLE ->
        known.isUnprocessed() ? UNPROCESSED : request.isReplayable() ? UNREACHABLE : null;
      case TIMED_OUT -> known.isUnprocessed() || request.isReplayable() ? TIMED_OUT : null;
      default -> null;
    };
  }
}
