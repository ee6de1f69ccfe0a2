package dev.gatehouse.runtime.upstream;

import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import io.vertx.core.Future;
import java.util.List;

/** Sends calls to one endpoint of a service, over connections of its own. Confined to one event loop. */
public interface EndpointClient {

  /** Where it sends them. */
  Endpoint endpoint();

  /** As {@link Upstream#send}. */
  Future<UpstreamResponse> send(UpstreamRequest request);

  /** As {@link UpstreamStreams#open}. */
  UpstreamStream open(
      ServiceOrigin origin, String uri, List<Header> headers, UpstreamStream.Reader reader);

  /** Lets the calls it has end, then closes its connections; streams stay. Draining twice is harmless. */
  Future<Void> drain();
}
