package dev.gatehouse.runtime.mesh.balance;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.ServiceInstance;
import dev.gatehouse.runtime.upstream.EndpointClient;
import dev.gatehouse.runtime.upstream.EndpointClients;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** An instance of a service as this client knows it: what its source tells, and what calls have shown. */
final class Instance {
  private final EndpointClients clients;
  private ServiceInstance told;
  private @Nullable EndpointClient client;

  Instance(ServiceInstance told, EndpointClients clients) {
    this.told = told;
    this.clients = clients;
  }

  Endpoint endpoint() {
    return told.endpoint();
  }

  /** What its source tells of it. */
  ServiceInstance told() {
    return told;
  }

  void told(ServiceInstance told) {
    this.told = told;
  }

  /** Made when it is first called: of many instances, most may never be. */
  EndpointClient client() {
    EndpointClient made = client;
    if (made == null) {
      made = clients.client(endpoint());
      client = made;
    }
    return made;
  }

  Future<Void> drain() {
    return client == null ? Future.succeededFuture() : client.drain();
  }
}
