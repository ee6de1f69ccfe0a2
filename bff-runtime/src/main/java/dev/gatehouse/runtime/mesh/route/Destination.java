package dev.gatehouse.runtime.mesh.route;

import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** A service as routing sends calls to it: its own rules do not apply to them. Confined to one event loop. */
public interface Destination {
  /** Sends a call through all layers below routing. */
  Future<UpstreamResponse> send(UpstreamRequest request);

  /** As {@link dev.gatehouse.runtime.upstream.Upstream#explain}, of a call that would be sent here. */
  void explain(UpstreamRequest request, JsonObject into);

  /** Sends a copy straight to an instance, so that what becomes of it counts for nothing. */
  Future<UpstreamResponse> copy(UpstreamRequest request);
}
