package dev.gatehouse.runtime.engine;

import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.runtime.upstream.FailureClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a value could not be had.
 *
 * @param operation the operation whose call failed; null where no call did
 * @param detail for logs, never for clients
 * @param unprocessed whether the service surely has not looked at the call
 * @param retryAfterSeconds how much later it makes sense to try again; 0 where that is not known
 * @param inside where in a list the reason stands; null where it is no list, or all of it
 */
record Failure(
    FailureClass failureClass,
    @Nullable OperationSpec operation,
    String detail,
    boolean unprocessed,
    int retryAfterSeconds,
    @Nullable Inside inside) {

  /**
   * A place in a list that is noted as a whole.
   *
   * @param column of the list: what a failure keeps from being had fails with it, and has no such place
   * @param place an index, or several where lists hold lists
   */
  record Inside(int column, List<Object> place) {}

  Failure(FailureClass failureClass, @Nullable OperationSpec operation, String detail) {
    this(failureClass, operation, detail, null);
  }

  Failure(
      FailureClass failureClass,
      @Nullable OperationSpec operation,
      String detail,
      @Nullable Inside inside) {
    this(failureClass, operation, detail, false, 0, inside);
  }
}
