package dev.gatehouse.runtime.upstream;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * Sends calls to one service. Implemented once per protocol; what a mesh adds (retries, breakers, caches) wraps it.
 *
 * <p>Confined to one event loop: called on it, and completes on it.
 */
public interface Upstream {

  /**
   * Sends a call.
   *
   * @return a future that always completes, at the latest when {@link UpstreamRequest#deadlineNanos()} has passed or the request
   *     was cancelled; any answer with an HTTP status is a success, whatever the status; every failure is an
   *     {@link UpstreamException}
   */
  Future<UpstreamResponse> send(UpstreamRequest request);

  /**
   * Adds what an operator may want to know right now, under this layer's name, and has the layers below do the same.
   *
   * @param into an object that is the caller's
   */
  default void describe(JsonObject into) {}

  /**
   * Adds what this layer would do with a call right now, under its name, and has the layers below do the same. Nothing is sent,
   * and nothing is counted.
   *
   * @param request the call, of which layers may set the route
   * @param into an object that is the caller's
   */
  default void explain(UpstreamRequest request, JsonObject into) {}

  /**
   * Refuses new calls, lets those under way finish within the grace their deadlines give them, and closes all connections.
   * Closing twice is harmless.
   */
  Future<Void> close();
}
