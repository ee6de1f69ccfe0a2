package dev.gatehouse.runtime.upstream;

import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import java.util.List;

/** Opens streams of services, each at one of the service's endpoints and by its settings. Confined to one event loop. */
public interface UpstreamStreams {

  /**
   * Opens a stream.
   *
   * @param uri path and query, encoded
   * @throws dev.gatehouse.runtime.config.ConfigurationException where the service is not configured
   */
  UpstreamStream open(
      ServiceOrigin origin, String uri, List<Header> headers, UpstreamStream.Reader reader);

  /** The most bytes that one event of a service may have. */
  int maxEventBytes(String service);
}
