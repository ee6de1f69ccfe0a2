package dev.gatehouse.runtime.mesh.route;

import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;

/** A service as routing sends calls to it: its own rules do not apply to them. Confined to one event loop. */
public interface Destination {
  /** Sends a call through all layers below routing. */
  Future<UpstreamResponse> send(UpstreamRequest request);

  /** Sends a copy straight to an instance, so that what becomes of it counts for nothing. */
  Future<UpstreamResponse> copy(UpstreamRequest request);
}
