package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.EndpointSelector;
import dev.gatehouse.runtime.discovery.ServiceEndpoints;
import dev.gatehouse.runtime.discovery.ServiceRegistry;
import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamStream;
import dev.gatehouse.runtime.upstream.UpstreamStreams;
import dev.gatehouse.runtime.upstream.Upstreams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The services of one BFF instance, called over HTTP/1.1 or HTTP/2.
 *
 * <p>Belongs to the event loop it was made on, as do its clients, their connections and its timer wheel.
 */
public final class HttpUpstreams implements Upstreams, UpstreamStreams {
  private final ServiceRegistry registry;
  private final TimerWheel timers;
  private final boolean ownsTimers;
  private final Map<String, HttpUpstream> services = new TreeMap<>();
  private @Nullable Future<Void> closed;

  private HttpUpstreams(ServiceRegistry registry, TimerWheel timers, boolean ownsTimers) {
    this.registry = registry;
    this.timers = timers;
    this.ownsTimers = ownsTimers;
  }

  /**
   * Makes the clients of all services, with a timer wheel of their own. Called on the event loop that will make the calls.
   *
   * @param services settings by logical name
   * @return fails with a {@link ConfigurationException} that lists everything that is out of range
   */
  public static Future<HttpUpstreams> create(Vertx vertx, Map<String, ServiceSettings> services) {
    return create(vertx, null, services);
  }

  /**
   * As {@link #create(Vertx, Map)}, on a timer wheel that others use too and that stays open.
   *
   * @param timers null for one of its own
   */
  public static Future<HttpUpstreams> create(
      Vertx vertx, @Nullable TimerWheel timers, Map<String, ServiceSettings> services) {
    List<String> problems = new ArrayList<>();
    Map<String, List<Endpoint>> endpoints = new TreeMap<>();
    services.forEach((name, settings) -> {
      problems.addAll(settings.problems("services." + name));
      endpoints.put(name, settings.endpoints());
    });
    if (!problems.isEmpty()) {
      return Future.failedFuture(new ConfigurationException(problems));
    }
    Loop loop;
    TimerWheel wheel;
    try {
      loop = Loop.current();
      wheel = timers == null ? new TimerWheel(vertx) : timers;
    } catch (IllegalStateException e) {
      return Future.failedFuture(e);
    }
    return ServiceRegistry.create(vertx, endpoints).map(registry -> {
      HttpUpstreams upstreams = new HttpUpstreams(registry, wheel, timers == null);
      services.forEach((name, settings) -> upstreams.add(name, settings, vertx, loop));
      return upstreams;
    });
  }

  private void add(String name, ServiceSettings settings, Vertx vertx, Loop loop) {
    ServiceEndpoints endpoints = registry.find(name);
    if (endpoints != null) {
      Clients clients = new Clients(vertx, settings);
      services.put(
          name,
          new HttpUpstream(
              endpoints, settings, EndpointSelector.roundRobin(), clients, loop, timers));
    }
  }

  @Override
  public Upstream service(String name) {
    return http(name);
  }

  @Override
  public UpstreamStream open(
      ServiceOrigin origin, String uri, List<Header> headers, UpstreamStream.Reader reader) {
    return http(origin.operation().service()).open(origin, uri, headers, reader);
  }

  @Override
  public int maxEventBytes(String service) {
    return http(service).maxEventBytes();
  }

  HttpUpstream http(String name) {
    HttpUpstream upstream = services.get(name);
    if (upstream == null) {
      throw new ConfigurationException("services." + name + ": not configured (expected: one of "
          + (services.isEmpty() ? "none" : String.join(", ", services.keySet()))
          + "; add services." + name + ".endpoints with at least one URL)");
    }
    return upstream;
  }

  /** Where the services are; further importers may be registered with its discovery. */
  public ServiceRegistry registry() {
    return registry;
  }

  /**
   * Refuses new calls, lets those under way end by their deadlines, closes all connections and takes the services out of
   * discovery. Closing twice is harmless.
   */
  public Future<Void> close() {
    Future<Void> result = closed;
    if (result == null) {
      List<Future<Void>> all =
          services.values().stream().map(HttpUpstream::close).toList();
      result = Future.join(all).<Void>mapEmpty().eventually(registry::close).onComplete(done -> {
        if (ownsTimers) {
          timers.close();
        }
      });
      closed = result;
    }
    return result;
  }
}
