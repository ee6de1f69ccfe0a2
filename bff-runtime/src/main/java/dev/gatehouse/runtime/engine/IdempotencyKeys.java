package dev.gatehouse.runtime.engine;

import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.runtime.plan.Step;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys by which services tell a repeated call (draft-ietf-httpapi-idempotency-key-header). One request may make several calls, so
 * none of them has the request's own key: each has one that follows from it, the same whenever the request is repeated.
 */
final class IdempotencyKeys {
  static final String HEADER = "idempotency-key";

  private IdempotencyKeys() {}

  /**
   * The key of a call, in the form of a UUID.
   *
   * @param base of the request; null for a key of the call alone
   */
  static String of(@Nullable String base, Step.Call call) {
    return of(base, call.operation(), call, "call");
  }

  /** The key of the call that undoes another. */
  static String ofUndoing(@Nullable String base, OperationSpec undo, Step.Call undone) {
    return of(base, undo, undone, "undo");
  }

  private static String of(
      @Nullable String base, OperationSpec operation, Step.Call call, String purpose) {
    if (base == null) {
      return UUID.randomUUID().toString();
    }
    MessageDigest digest = sha256();
    for (String part : new String[] {
      base, operation.service(), operation.name(), Integer.toString(position(call)), purpose
    }) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    // A UUID of version 8 (RFC 9562, section 5.8).
    long high = hash.getLong() & ~0xF000L | 0x8000L;
    long low = hash.getLong() & ~(0b11L << 62) | 0b10L << 62;
    return new UUID(high, low).toString();
  }

  /** Which of the command's changes it is, whatever else was selected. */
  private static int position(Step.Call call) {
    int position = 0;
    for (Step.Call at = call.precededBy(); at != null; at = at.precededBy()) {
      position++;
    }
    return position;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
