package dev.gatehouse.runtime.upstream.http;

/** What became of a request whose exchange broke. */
enum Fate {
  /** Nothing of it was sent. */
  UNSENT,
  /** The service said that it did not look at it. */
  UNSEEN,
  /** It probably met a connection that the service had closed before. */
  PROBABLY_LOST,
  /** It cannot be told. */
  UNKNOWN;

  /** Whether the service surely has not looked at it. */
  boolean isUnprocessed() {
    return this == UNSENT || this == UNSEEN;
  }
}
