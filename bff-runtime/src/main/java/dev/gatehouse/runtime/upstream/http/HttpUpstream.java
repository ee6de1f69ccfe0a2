package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.dsl.graph.EventSpec.Protocol;
import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.EndpointSelector;
import dev.gatehouse.runtime.discovery.ServiceEndpoints;
import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import dev.gatehouse.runtime.upstream.UpstreamStream;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One service over HTTP: a pool per endpoint, kept in step with what discovery tells. */
final class HttpUpstream implements Upstream {
  private final ServiceEndpoints endpoints;
  private final ServiceSettings settings;
  private final EndpointSelector selector;
  private final Clients clients;
  private final Loop loop;
  private final TimerWheel timers;
  private final long timeoutNanos;
  private List<Endpoint> current = List.of();
  private EndpointPool[] pools = {}; // as in current
  private final List<EndpointPool> draining = new ArrayList<>();
  private @Nullable Future<Void> closed;

  HttpUpstream(
      ServiceEndpoints endpoints,
      ServiceSettings settings,
      EndpointSelector selector,
      Clients clients,
      Loop loop,
      TimerWheel timers) {
    this.endpoints = endpoints;
    this.settings = settings;
    this.selector = selector;
    this.clients = clients;
    this.loop = loop;
    this.timers = timers;
    this.timeoutNanos = settings.requestTimeout().toNanos();
    endpoints.onChange(this::followEndpoints);
    followEndpoints();
  }

  @Override
  public Future<UpstreamResponse> send(UpstreamRequest request) {
    if (closed != null) {
      return refused(request, FailureClass.REFUSED, "not sent, the client is closed");
    }
    if (pools.length == 0) {
      return refused(request, FailureClass.REFUSED, "not sent, no endpoint is known");
    }
    long now = System.nanoTime();
    long deadline = request.deadlineNanos();
    if (deadline - now <= 0) {
      return refused(request, FailureClass.TIMED_OUT, "not sent, the deadline has passed");
    }
    if (request.operation().timeout() == null && deadline - now > timeoutNanos) {
      deadline = now + timeoutNanos;
    }
    EndpointPool pool = pools[pools.length == 1 ? 0 : selector.select(current)];
    return new HttpCall(pool, request, timers, settings.maxResponseBytes(), deadline).start();
  }

  /** Opens a stream at one of the endpoints. */
  UpstreamStream open(
      ServiceOrigin origin, String uri, List<Header> headers, UpstreamStream.Reader reader) {
    if (closed != null || current.isEmpty()) {
      NotOpened stream = new NotOpened();
      loop.later(() -> stream.tell(
          reader,
          new UpstreamException(
              FailureClass.REFUSED,
              endpoints.service() + ": " + origin.operation().name() + ": not opened, "
                  + (closed == null ? "no endpoint is known" : "the client is closed"))));
      return stream;
    }
    Endpoint endpoint = current.get(current.size() == 1 ? 0 : selector.select(current));
    StreamOpening opening = new StreamOpening(origin.operation(), endpoint, uri, headers);
    if (origin.protocol() == Protocol.WEB_SOCKET) {
      SocketStream stream = new SocketStream(
          opening,
          () -> loop.outsideRequest(() -> clients.webSocket(opening)),
          timers,
          timeoutNanos,
          settings.maxResponseBytes(),
          reader);
      loop.later(stream::start);
      return stream;
    }
    BodyStream stream = new BodyStream(
        opening, clients.connector(endpoint, loop, timers), timers, timeoutNanos, reader);
    loop.later(stream::start);
    return stream;
  }

  int maxEventBytes() {
    return settings.maxResponseBytes();
  }

  /** Stands for a stream that ends before it begins. */
  private static final class NotOpened implements UpstreamStream {
    private boolean closed;

    void tell(Reader reader, UpstreamException why) {
      if (!closed) {
        reader.ended(why);
      }
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void close() {
      closed = true;
    }
  }

  @Override
  public Future<Void> close() {
    Future<Void> result = closed;
    if (result == null) {
      retain(Map.of());
      current = List.of();
      pools = new EndpointPool[0];
      result = Future.join(draining.stream().map(EndpointPool::drain).toList())
          .<Void>mapEmpty()
          .eventually(clients::close);
      closed = result;
    }
    return result;
  }

  /** The pools that take calls, in the order of the endpoints. */
  List<EndpointPool> pools() {
    return List.of(pools);
  }

  /** The pools of endpoints that are gone, as long as they carry calls. */
  List<EndpointPool> drainingPools() {
    return List.copyOf(draining);
  }

  private void followEndpoints() {
    if (closed != null) {
      return;
    }
    current = endpoints.current();
    Map<Endpoint, EndpointPool> known = new HashMap<>();
    for (EndpointPool pool : pools) {
      known.put(pool.endpoint(), pool);
    }
    Map<Endpoint, EndpointPool> wanted = new HashMap<>();
    EndpointPool[] next = new EndpointPool[current.size()];
    for (int i = 0; i < next.length; i++) {
      Endpoint endpoint = current.get(i);
      EndpointPool pool = known.get(endpoint);
      next[i] = pool == null ? pool(endpoint) : pool;
      wanted.put(endpoint, next[i]);
    }
    retain(wanted);
    pools = next;
  }

  private EndpointPool pool(Endpoint endpoint) {
    return new EndpointPool(
        endpoint, settings, clients.connector(endpoint, loop, timers), loop, timers);
  }

  private void retain(Map<Endpoint, EndpointPool> wanted) {
    for (EndpointPool pool : pools) {
      if (!wanted.containsKey(pool.endpoint())) {
        draining.add(pool);
        pool.drain().onComplete(done -> draining.remove(pool));
      }
    }
  }

  private Future<UpstreamResponse> refused(
      UpstreamRequest request, FailureClass failureClass, String why) {
    String message = endpoints.service() + ": " + request.operation().name() + ": " + why;
    return Future.failedFuture(new UpstreamException(failureClass, message));
  }
}
