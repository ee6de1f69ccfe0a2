package dev.gatehouse.runtime.upstream;

import dev.gatehouse.runtime.discovery.Endpoint;
import io.vertx.core.Future;

/** Makes the clients of one service's endpoints, all with that service's settings. Confined to one event loop. */
public interface EndpointClients {

  /** A client, which is the caller's to drain. It connects when it is first used. */
  EndpointClient client(Endpoint endpoint);

  /** Closes what all clients share, and with it every connection that is left. */
  Future<Void> close();
}
