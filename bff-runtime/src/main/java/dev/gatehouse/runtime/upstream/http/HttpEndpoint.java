package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.dsl.graph.EventSpec.Protocol;
import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.EndpointClient;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import dev.gatehouse.runtime.upstream.UpstreamStream;
import io.vertx.core.Future;
import java.util.List;

/** One endpoint over HTTP, with its pool of connections. */
final class HttpEndpoint implements EndpointClient {
  private final ServiceSettings settings;
  private final CallRules rules;
  private final Clients clients;
  private final Loop loop;
  private final TimerWheel timers;
  private final EndpointPool pool;

  HttpEndpoint(
      Endpoint endpoint,
      ServiceSettings settings,
      CallRules rules,
      Clients clients,
      Loop loop,
      TimerWheel timers) {
    this.settings = settings;
    this.rules = rules;
    this.clients = clients;
    this.loop = loop;
    this.timers = timers;
    this.pool = new EndpointPool(
        endpoint, settings, clients.connector(endpoint, loop, timers), loop, timers);
  }

  @Override
  public Endpoint endpoint() {
    return pool.endpoint();
  }

  @Override
  public Future<UpstreamResponse> send(UpstreamRequest request) {
    return new HttpCall(pool, request, timers, rules).start();
  }

  @Override
  public UpstreamStream open(
      ServiceOrigin origin, String uri, List<Header> headers, UpstreamStream.Reader reader) {
    StreamOpening opening = new StreamOpening(origin.operation(), endpoint(), uri, headers);
    long timeoutNanos = settings.requestTimeout().toNanos();
    Silence silence = new Silence(settings.streamIdleTimeout().toNanos());
    if (origin.protocol() == Protocol.WEB_SOCKET) {
      SocketStream stream = new SocketStream(
          opening,
          () -> loop.outsideRequest(() -> clients.webSocket(opening)),
          timers,
          timeoutNanos,
          silence,
          settings.maxResponseBytes(),
          reader);
      loop.later(stream::start);
      return stream;
    }
    BodyStream stream = new BodyStream(
        opening,
        clients.connector(endpoint(), loop, timers),
        timers,
        timeoutNanos,
        silence,
        reader);
    loop.later(stream::start);
    return stream;
  }

  @Override
  public Future<Void> drain() {
    return pool.drain();
  }

  /** Sets what to do when it has drained. */
  void whenDrained(Runnable action) {
    pool.drained().onComplete(drained -> action.run());
  }

  EndpointPool pool() {
    return pool;
  }
}
