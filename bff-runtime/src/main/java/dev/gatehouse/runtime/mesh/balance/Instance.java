package dev.gatehouse.runtime.mesh.balance;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.ServiceInstance;
import dev.gatehouse.runtime.upstream.EndpointClient;
import dev.gatehouse.runtime.upstream.EndpointClients;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** An instance of a service as this client knows it: what its source tells, and what calls have shown. */
final class Instance extends CallRecord {
  private final EndpointClients clients;
  private final Endpoint endpoint;
  private final long hash;
  private ServiceInstance told;
  private @Nullable EndpointClient client;

  /** Its place in the list of all. */
  int index;
  /** Whether discovery tells of it no more. */
  boolean gone;
  /** Whether its health checks fail. */
  boolean unwell;

  Instance(ServiceInstance told, EndpointClients clients) {
    this.told = told;
    this.endpoint = told.endpoint();
    this.clients = clients;
    this.hash = Hashing.of(endpoint.toString());
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** What its source tells of it. */
  ServiceInstance told() {
    return told;
  }

  void told(ServiceInstance told) {
    this.told = told;
  }

  int weight() {
    return told.weight();
  }

  /** The same for the same endpoint in every process. */
  long hash() {
    return hash;
  }

  /** Whether nothing that calls or checks have shown keeps it from being called. */
  boolean isWell() {
    return !unwell && !ejected();
  }

  /** Which part of its share it gets, above 0 to 1. */
  double pace(long slowStartNanos, long now) {
    if (slowStartNanos == 0 || startedAt == Long.MIN_VALUE) {
      return 1;
    }
    long since = now - startedAt;
    if (since >= slowStartNanos) {
      startedAt = Long.MIN_VALUE;
      return 1;
    }
    return Math.max(0.1, (double) since / slowStartNanos);
  }

  /** Made when it is first called: of many instances, most may never be. */
  EndpointClient client() {
    EndpointClient made = client;
    if (made == null) {
      made = clients.client(endpoint);
      client = made;
    }
    return made;
  }

  Future<Void> drain() {
    return client == null ? Future.succeededFuture() : client.drain();
  }
}
