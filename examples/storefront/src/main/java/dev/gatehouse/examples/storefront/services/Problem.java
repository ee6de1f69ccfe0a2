package dev.gatehouse.examples.storefront.services;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request that cannot be served, and the status that says so. Its message is for the client. */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  Problem(int status, String detail) {
    super(detail, null, false, false);
    this.status = status;
  }

  static Problem notFound(String what, String id) {
    return new Problem(404, what + " " + id + " does not exist");
  }

  /** A request that says something we do not understand: {@code name: value (expected: …)}. */
  static Problem invalid(String name, @Nullable Object value, String expected) {
    return new Problem(400, name + ": " + value + " (expected: " + expected + ")");
  }

  int status() {
    return status;
  }

  Reply toReply() {
    return Reply.problem(status, Objects.requireNonNull(getMessage()));
  }
}
