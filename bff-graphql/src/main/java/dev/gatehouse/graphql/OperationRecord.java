package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.runtime.engine.Answer.Loss;
import dev.gatehouse.runtime.telemetry.AccessEntry;
import dev.gatehouse.runtime.telemetry.RequestTrace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What meters and the access log are told of an operation that is not answered over plain HTTP. Confined to one event loop. */
final class OperationRecord {
  private final OpenDoor door;
  private final String method;
  private final Caller caller;
  private final RequestTrace trace;
  private final long start = System.nanoTime();
  private String label = OpenDoor.nothing();
  private List<Loss> losses = List.of();
  private int calls;
  private long bytes;

  /**
   * @param method how it came, in place of an HTTP method
   * @param trace of the request that it came with, or of the operation itself; ends with it
   */
  OperationRecord(OpenDoor door, String method, RequestTrace trace, Caller caller) {
    this.door = door;
    this.method = method;
    this.caller = caller;
    this.trace = trace;
  }

  RequestTrace trace() {
    return trace;
  }

  void label(String known) {
    label = known;
  }

  void sent(long more) {
    bytes += more;
  }

  /** Takes what one result cost. */
  void add(OperationResult result) {
    calls += result.calls().size();
    losses = result.losses();
  }

  /**
   * Tells of its end.
   *
   * @param subscription null for a query or mutation
   * @param status as an answer over HTTP would have
   */
  void end(@Nullable SubscriptionRun subscription, int status) {
    long nanos = System.nanoTime() - start;
    if (subscription == null) {
      // How long a subscription lasts says nothing of how long anybody waited.
      door.meterOf(label).answered(status, nanos, losses.size());
    } else {
      calls += subscription.calls();
      losses = subscription.losses();
    }
    door.context()
        .telemetry()
        .ended(
            new AccessEntry(method, label, status, bytes, nanos, calls, losses, caller.known()),
            trace);
  }
}
