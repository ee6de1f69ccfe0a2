package dev.gatehouse.runtime.door;

import dev.gatehouse.dsl.Caller;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * The key by which a client marks a repeated request, in the header {@code Idempotency-Key}
 * (draft-ietf-httpapi-idempotency-key-header).
 */
public final class IdempotencyKey {
  private static final AsciiString NAME = AsciiString.cached("idempotency-key");

  private IdempotencyKey() {}

  /**
   * What a repeated request has in common with the first. Keys of two callers never meet, for services see all of them as one BFF.
   *
   * @param part what of the request it is for, so that two parts never share a key
   * @return null where the client gave no key
   */
  public static @Nullable String of(MultiMap headers, Caller caller, String part) {
    String key = headers.get(NAME);
    if (key == null || key.isBlank()) {
      return null;
    }
    String who = caller.subject() == null ? "" : caller.subject();
    return who.length() + ":" + who + key.length() + ":" + key + part;
  }
}
