package dev.gatehouse.rest;

import dev.gatehouse.runtime.door.Problem;
import dev.gatehouse.runtime.upstream.FailureClass;

/** What this door tells clients when something is wrong. */
final class Problems {
  static final Problem MALFORMED_PATH = Problem.of(
      400,
      "malformed_path",
      "The path is malformed (expected: RFC 3986; UTF-8 percent-encoded once, without dot segments and control characters).");
  static final Problem UNAUTHENTICATED =
      Problem.of(401, "unauthenticated", "Who asks could not be found out.");
  static final Problem FORBIDDEN = Problem.of(403, "forbidden", "Who asks may not.");
  static final Problem NOT_ACCEPTABLE = Problem.of(
      406,
      "not_acceptable",
      "The answer is application/json (expected: an Accept header that takes it).");
  static final Problem UNSUPPORTED_MEDIA_TYPE = Problem.of(
          415,
          "unsupported_media_type",
          "The body is of another type (expected: content-type: application/json).")
      .withHeader("accept", "application/json");
  static final Problem INTERNAL = Problem.of(500, "internal", "Something went wrong here.");

  private static final Problem NOT_FOUND =
      Problem.of(404, "not_found", "What was asked for does not exist.");
  private static final Problem UPSTREAM_FAILED =
      Problem.of(502, "upstream_failed", "A service that is needed for the answer failed.");
  private static final Problem UNAVAILABLE = Problem.of(
      503, "unavailable", "A service that is needed for the answer takes no calls at the moment.");
  private static final Problem TIMED_OUT = Problem.of(
      504, "timed_out", "A service that is needed for the answer did not answer in time.");

  private Problems() {}

  static Problem methodNotAllowed(String allow) {
    return Problem.of(405, "method_not_allowed", "The method is not one of: " + allow + ".")
        .withHeader("allow", allow);
  }

  /**
   * What a client is told of an answer that failed as a whole.
   *
   * @param retryAfterSeconds when it makes sense to ask again; 0 where that is not known
   */
  static Problem of(FailureClass failure, int retryAfterSeconds) {
    return switch (failure) {
      case ABSENT -> NOT_FOUND;
      case TIMED_OUT -> TIMED_OUT;
      case REFUSED, CANCELLED ->
        UNAVAILABLE.withHeader("retry-after", Integer.toString(Math.max(1, retryAfterSeconds)));
      case UNREACHABLE, REJECTED, SERVER_ERROR, NONSENSE -> UPSTREAM_FAILED;
      case INTERNAL -> INTERNAL;
    };
  }
}
