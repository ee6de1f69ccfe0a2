package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.EndpointClients;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Endpoints that are called over HTTP/1.1 or HTTP/2. */
public final class HttpEndpoints implements EndpointClients {
  private final ServiceSettings settings;
  private final CallRules rules;
  private final Clients clients;
  private final Loop loop;
  private final TimerWheel timers;

  /**
   * Called on the event loop that will make the calls.
   *
   * @param timers of that event loop
   * @throws IllegalStateException where the caller is not on an event loop
   */
  public HttpEndpoints(Vertx vertx, ServiceSettings settings, TimerWheel timers) {
    this.settings = settings;
    this.rules = CallRules.of(settings);
    this.clients = new Clients(vertx, settings);
    this.loop = Loop.current();
    this.timers = timers;
  }

  @Override
  public HttpEndpoint client(Endpoint endpoint) {
    return new HttpEndpoint(endpoint, settings, rules, clients, loop, timers);
  }

  @Override
  public Future<Void> close() {
    return clients.close();
  }
}
