package dev.gatehouse.graphql.internal.answer;

import dev.gatehouse.runtime.upstream.FailureClass;

/** What {@code extensions.code} of an error says: stable, for programs. {@code docs/graphql.md} lists them. */
public enum ErrorCode {
  /** The request is no GraphQL request. */
  MALFORMED_REQUEST("The request is malformed."),
  /** The document cannot be parsed. */
  GRAPHQL_PARSE_FAILED("The document cannot be parsed."),
  /** The document does not fit the schema. */
  GRAPHQL_VALIDATION_FAILED("The document does not fit the schema."),
  /** There is no such operation in the document, or it is not said which one is meant. */
  OPERATION_NOT_FOUND("The operation is not in the document."),
  /** A variable or an argument has a value that it cannot have. */
  BAD_USER_INPUT("A value does not fit."),
  /** The document or the request is larger than a limit. */
  LIMIT_EXCEEDED("The operation is too large."),
  /** What the operation could cost is above a limit. */
  COST_EXCEEDED("The operation could cost too much."),
  /** Whoever asks has cost too much lately. */
  RATE_LIMITED("The budget is used up."),
  /** No document is known under that hash; to be sent once with it. The message is what clients look for. */
  PERSISTED_QUERY_NOT_FOUND("PersistedQueryNotFound"),
  /** Documents are not kept by their hashes. The message is what clients look for. */
  PERSISTED_QUERY_NOT_SUPPORTED("PersistedQueryNotSupported"),
  /** The hash is of another document. */
  PERSISTED_QUERY_HASH_MISMATCH("The hash is not that of the document."),
  /** No trusted document has that id. */
  DOCUMENT_NOT_FOUND("No trusted document has that id."),
  /** Only trusted documents are taken. */
  DOCUMENT_NOT_TRUSTED("The document is none of those that are trusted."),
  /** The schema is not to be had from here. */
  INTROSPECTION_DISABLED("Introspection is off."),
  /** Several operations in one request are not taken. */
  BATCHING_DISABLED("Batches are off."),
  /** A browser could have been made to send the request. */
  CSRF_SUSPECTED("The request lacks a header."),
  /** The method does not fit the operation. */
  METHOD_NOT_ALLOWED("The method does not fit."),
  /** No media type is accepted that there is. */
  NOT_ACCEPTABLE("No media type is accepted that there is."),
  /** The body is of a media type that is not taken. */
  UNSUPPORTED_MEDIA_TYPE("The body is of another type."),
  /** The body is too large. */
  CONTENT_TOO_LARGE("The body is too large."),
  /** The body came too slowly. */
  REQUEST_TIMEOUT("The body did not arrive in time."),
  /** Who asks could not be found out. */
  UNAUTHENTICATED("Who asks could not be found out."),
  /** Who asks may not. */
  FORBIDDEN("Who asks may not."),
  /** What was asked for does not exist, and the schema says it must. */
  NOT_FOUND("What was asked for does not exist."),
  /** A service that is needed failed. */
  UPSTREAM_FAILED("A service that is needed for this failed."),
  /** A service that is needed takes no calls. */
  UNAVAILABLE("A service that is needed for this takes no calls at the moment."),
  /** A service that is needed did not answer in time. */
  TIMED_OUT("A service that is needed for this did not answer in time."),
  /** A subscription's reader is slower than its events. */
  TOO_SLOW("The events come faster than they are read."),
  /** The BFF's own code failed. */
  INTERNAL("Something went wrong here.");

  private final String message;

  ErrorCode(String message) {
    this.message = message;
  }

  /** For people, where nothing more can be said. */
  public String message() {
    return message;
  }

  /** What a client is told of a failure. */
  public static ErrorCode of(FailureClass failure) {
    return switch (failure) {
      case ABSENT -> NOT_FOUND;
      case TIMED_OUT -> TIMED_OUT;
      case REFUSED, CANCELLED -> UNAVAILABLE;
      case UNREACHABLE, REJECTED, SERVER_ERROR, NONSENSE -> UPSTREAM_FAILED;
      case INTERNAL -> INTERNAL;
    };
  }
}
