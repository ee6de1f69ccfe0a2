package dev.gatehouse.graphql.internal.http;

import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.runtime.door.answer.MediaRange;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The media types of answers, and the statuses that go with them (GraphQL over HTTP, section 6). */
public enum MediaType {
  /** Says with its status whether the request could be executed. */
  GRAPHQL_RESPONSE("application/graphql-response+json"),
  /** For clients older than the other: a well-formed request is answered 200, whatever it is. */
  JSON("application/json");

  private final String type;
  private final String header;

  MediaType(String type) {
    this.type = type;
    this.header = type + "; charset=utf-8";
  }

  /** Without parameters. */
  public String type() {
    return type;
  }

  /** The value of {@code Content-Type}. */
  public String header() {
    return header;
  }

  /**
   * What a client that accepts this is answered in.
   *
   * @param accept null where there is no such header
   * @return null where it accepts neither
   */
  public static @Nullable MediaType of(@Nullable String accept) {
    if (accept == null) {
      return JSON;
    }
    double graphql = MediaRange.quality(accept, GRAPHQL_RESPONSE.type);
    double json = MediaRange.quality(accept, JSON.type);
    if (graphql <= 0 && json <= 0) {
      return null;
    }
    // Who only says that anything will do may not know the new type.
    boolean named = accept.toLowerCase(Locale.ROOT).contains(GRAPHQL_RESPONSE.type);
    return named && graphql >= json || json <= 0 ? GRAPHQL_RESPONSE : JSON;
  }

  /** The status of a request that was not executed. */
  public int status(ErrorCode code) {
    return switch (code) {
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN -> 403;
      case METHOD_NOT_ALLOWED -> 405;
      case NOT_ACCEPTABLE -> 406;
      case REQUEST_TIMEOUT -> 408;
      case CONTENT_TOO_LARGE -> 413;
      case UNSUPPORTED_MEDIA_TYPE -> 415;
      case RATE_LIMITED -> 429;
      case INTERNAL -> 500;
      case MALFORMED_REQUEST, BATCHING_DISABLED, CSRF_SUSPECTED, PERSISTED_QUERY_HASH_MISMATCH ->
        400;
      default -> this == GRAPHQL_RESPONSE ? 400 : 200;
    };
  }
}
