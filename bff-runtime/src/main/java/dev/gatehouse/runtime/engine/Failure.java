package dev.gatehouse.runtime.engine;

import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.runtime.upstream.FailureClass;
import org.jspecify.annotations.Nullable;

/**
 * Why a value could not be had.
 *
 * @param operation the operation whose call failed; null where no call did
 * @param detail for logs, never for clients
 * @param unprocessed whether the service surely has not looked at the call
 * @param retryAfterSeconds how much later it makes sense to try again; 0 where that is not known
 */
record Failure(
    FailureClass failureClass,
    @Nullable OperationSpec operation,
    String detail,
    boolean unprocessed,
    int retryAfterSeconds) {

  Failure(FailureClass failureClass, @Nullable OperationSpec operation, String detail) {
    this(failureClass, operation, detail, false, 0);
  }
}
