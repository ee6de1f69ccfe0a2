package dev.gatehouse.runtime.engine;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.runtime.upstream.RequestOrigin;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request brings to a plan.
 *
 * @param json the composite's input as one JSON value that fits its type; null where it takes none
 * @param arguments JSON values of the selected fields' arguments, by slot; an element is null where the request gives none
 * @param caller who asks
 * @param deadlineNanos when the answer must be ready, on the clock of {@link System#nanoTime()}
 * @param propagated headers that every call carries on, such as {@code traceparent}
 * @param idempotencyKey what a repeated request has in common with the first, and no other request of any caller has; from it
 *     follow the keys of operations that ask for one. Null where those are to be keys of their own.
 * @param origin the request, as routing and balancing see it
 */
public record Inputs(
    byte @Nullable [] json,
    List<byte @Nullable []> arguments,
    Caller caller,
    long deadlineNanos,
    List<UpstreamRequest.Header> propagated,
    @Nullable String idempotencyKey,
    RequestOrigin origin) {

  /** What a request brings that cannot be told from a repeated one, and of which nothing else is known. */
  public Inputs(
      byte @Nullable [] json,
      List<byte @Nullable []> arguments,
      Caller caller,
      long deadlineNanos,
      List<UpstreamRequest.Header> propagated) {
    this(json, arguments, caller, deadlineNanos, propagated, null, RequestOrigin.NONE);
  }
}
