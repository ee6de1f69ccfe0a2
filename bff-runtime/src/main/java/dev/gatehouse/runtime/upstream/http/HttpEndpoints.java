package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.policy.IdentityPolicy;
import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.tls.TlsSource;
import dev.gatehouse.runtime.upstream.EndpointClients;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.Set;

/** Endpoints that are called over HTTP/1.1 or HTTP/2. */
public final class HttpEndpoints implements EndpointClients {
  private final ServiceSettings settings;
  private final CallRules rules;
  private final Clients clients;
  private final Loop loop;
  private final TimerWheel timers;
  private final Set<HttpEndpoint> endpoints = new LinkedHashSet<>();
  private final Runnable unlisten;

  /**
   * Called on the event loop that will make the calls.
   *
   * @param tls what encrypted connections are made with; may change at any time
   * @param identity who the service must be; may change at any time
   * @param timers of that event loop
   * @throws IllegalStateException where the caller is not on an event loop
   */
  public HttpEndpoints(
      Vertx vertx,
      ServiceSettings settings,
      TlsSource tls,
      Live<IdentityPolicy> identity,
      TimerWheel timers) {
    this.settings = settings;
    this.rules = CallRules.of(settings);
    this.clients = new Clients(vertx, settings, new Encryption(tls, settings.tls(), identity));
    this.loop = Loop.current();
    this.timers = timers;
    this.unlisten = tls.listen(changed -> loop.later(this::renew));
    identity.follow(changed -> renew());
  }

  @Override
  public HttpEndpoint client(Endpoint endpoint) {
    HttpEndpoint made = new HttpEndpoint(endpoint, settings, rules, clients, loop, timers);
    endpoints.add(made);
    made.whenDrained(() -> endpoints.remove(made));
    return made;
  }

  /** New calls go over connections that are made with what holds now. */
  private void renew() {
    for (HttpEndpoint endpoint : endpoints) {
      if (endpoint.endpoint().scheme() == Scheme.HTTPS) {
        endpoint.pool().renew();
      }
    }
  }

  @Override
  public Future<Void> close() {
    unlisten.run();
    return clients.close();
  }
}
