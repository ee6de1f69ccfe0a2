package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Caller;

/** How long what a caller has proven holds: to the claim {@code exp} (RFC 7519, section 4.1.4), where there is one. */
final class CallerExpiry {
  private static final String EXPIRY = "exp";
  /** Of callers whose proof has no end. */
  static final long NEVER = -1;

  private CallerExpiry() {}

  /** The milliseconds that are left, at least 1; {@link #NEVER} where nothing ends. */
  static long millisLeft(Caller caller) {
    return caller.claims().get(EXPIRY) instanceof Number seconds
        ? Math.max(1, seconds.longValue() * 1000 - System.currentTimeMillis())
        : NEVER;
  }
}
