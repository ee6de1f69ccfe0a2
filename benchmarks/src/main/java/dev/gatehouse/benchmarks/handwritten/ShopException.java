package dev.gatehouse.benchmarks.handwritten;

import io.vertx.core.VertxException;

/** A service answered with another status than 200. Without a stack, which would tell nothing and cost much. */
final class ShopException extends VertxException {
  private static final long serialVersionUID = 1;
  private static final int NOT_FOUND = 404;

  private final int status;

  ShopException(int status) {
    super("service answered " + status, true);
    this.status = status;
  }

  boolean isNotFound() {
    return status == NOT_FOUND;
  }
}
