package dev.gatehouse.runtime.mesh.breaker;

import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import org.jspecify.annotations.Nullable;

/** What the end of a call says about the health of its service. */
enum Verdict {
  /** It answers. */
  WELL,
  /** It does not, or not as it should. */
  FAILED,
  /** Nothing: it was not asked, or not to the end, or it only asks for fewer calls, or had too little time. */
  NOTHING;

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int FIRST_SERVER_ERROR = 500;

  static Verdict of(@Nullable UpstreamResponse response, @Nullable Throwable failure) {
    if (response != null) {
      int status = response.status();
      return status >= FIRST_SERVER_ERROR ? FAILED : status == TOO_MANY_REQUESTS ? NOTHING : WELL;
    }
    if (!(failure instanceof UpstreamException known) || known.isHasty()) {
      return NOTHING;
    }
    return switch (known.failureClass()) {
      case UNREACHABLE, TIMED_OUT, SERVER_ERROR, NONSENSE -> FAILED;
      case REJECTED, REFUSED, CANCELLED, INTERNAL, ABSENT -> NOTHING;
    };
  }
}
