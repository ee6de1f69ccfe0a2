package dev.gatehouse.runtime.mesh;

import dev.gatehouse.dsl.graph.EventSpec.ServiceOrigin;
import dev.gatehouse.runtime.config.CacheSettings;
import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.discovery.ConfiguredEndpoints;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.ServiceEndpoints;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.ServiceRegistry;
import dev.gatehouse.runtime.live.Live;
import dev.gatehouse.runtime.log.LogEvent;
import dev.gatehouse.runtime.mesh.balance.BalancedCalls;
import dev.gatehouse.runtime.mesh.cache.AnswerStore;
import dev.gatehouse.runtime.mesh.cache.OuterStore;
import dev.gatehouse.runtime.mesh.cache.redis.RedisStores;
import dev.gatehouse.runtime.mesh.layer.LayerContext;
import dev.gatehouse.runtime.mesh.layer.Levels;
import dev.gatehouse.runtime.mesh.route.Destination;
import dev.gatehouse.runtime.policy.PolicyStore;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.time.TimerWheel;
import dev.gatehouse.runtime.upstream.RequestOrigin;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamStream;
import dev.gatehouse.runtime.upstream.UpstreamStreams;
import dev.gatehouse.runtime.upstream.Upstreams;
import dev.gatehouse.runtime.upstream.http.HttpEndpoints;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of one BFF instance, as it calls them.
 *
 * <p>Belongs to the event loop it was made on, as do its clients, their connections and its timer wheel.
 */
public final class Mesh implements Upstreams, UpstreamStreams {
  private static final Logger LOG = LoggerFactory.getLogger(Mesh.class);

  private final Vertx vertx;
  private final ServiceRegistry registry;
  private final TimerWheel timers;
  private final String bff;
  private final Levels meters;
  private final PolicyStore policies;
  private final OpenTelemetry openTelemetry;
  private final Context loop;
  private final ServiceTls tls;
  private final AnswerStore answers;
  private final @Nullable OuterStore outer;
  private final Map<String, ServiceClient> services = new TreeMap<>();
  private final Map<String, ServiceSettings> given;
  /** What ends with this: being told of changes, and being shown. */
  private final List<Runnable> ended = new ArrayList<>();

  private volatile Set<String> known = Set.of();
  private @Nullable Future<Void> closed;

  private Mesh(
      Vertx vertx,
      ServiceRegistry registry,
      String bff,
      Levels meters,
      OpenTelemetry openTelemetry,
      PolicyStore policies,
      ServiceTls tls,
      AnswerStore answers,
      CacheSettings.@Nullable Redis redis,
      Map<String, ServiceSettings> given) {
    this.given = Map.copyOf(given);
    this.openTelemetry = openTelemetry;
    this.vertx = vertx;
    this.registry = registry;
    this.timers = new TimerWheel(vertx);
    this.bff = bff;
    this.meters = meters;
    this.policies = policies;
    this.loop = vertx.getOrCreateContext();
    this.tls = tls;
    this.answers = answers;
    this.outer =
        redis == null ? null : RedisStores.open(vertx, redis, bff, timers, meters.registry());
    ended.add(policies.listen((service, policy) -> loop.runOnContext(now -> follow(service))));
    ended.add(ConfiguredEndpoints.of(vertx)
        .listen((service, endpoints) -> loop.runOnContext(now -> moved(service, endpoints))));
  }

  /**
   * Makes the clients of all services, on policies that nobody else changes. Called on the event loop that will make the calls.
   *
   * @param bff whose calls they make, for meters
   * @param services settings by logical name
   * @return fails with a {@link ConfigurationException} that lists everything that is out of range
   */
  public static Future<Mesh> create(
      Vertx vertx, String bff, MeterRegistry meters, Map<String, ServiceSettings> services) {
    PolicyStore policies = new PolicyStore();
    services.forEach((name, settings) -> policies.update(name, before -> settings.policy()));
    return create(
        vertx,
        bff,
        new Levels(meters),
        OpenTelemetry.noop(),
        policies,
        new AnswerStore(),
        null,
        services);
  }

  /**
   * Makes the clients of all services. Called on the event loop that will make the calls.
   *
   * @param openTelemetry where the spans of attempts go
   * @param policies how calls are treated, which may change at any time
   * @param answers that are kept, for all instances of the BFF
   * @param redis where answers are kept for other processes, too; null for nowhere
   * @param bff whose calls they make, for meters
   * @param services settings by logical name
   * @return fails with a {@link ConfigurationException} that lists everything that is out of range
   */
  public static Future<Mesh> create(
      Vertx vertx,
      String bff,
      Levels meters,
      OpenTelemetry openTelemetry,
      PolicyStore policies,
      AnswerStore answers,
      CacheSettings.@Nullable Redis redis,
      Map<String, ServiceSettings> services) {
    List<String> problems = problems(services);
    if (!problems.isEmpty()) {
      return Future.failedFuture(new ConfigurationException(problems));
    }
    Map<String, List<Endpoint>> endpoints = new TreeMap<>();
    Map<String, ServiceLookup> lookups = new TreeMap<>();
    Map<String, ServiceSettings> shaped = new TreeMap<>();
    services.forEach((name, given) -> {
      ServiceSettings settings = SidecarShape.settings(name, given);
      shaped.put(name, settings);
      ServiceLookup lookup = settings.discovery();
      if (lookup == null) {
        endpoints.put(name, settings.endpoints());
      } else {
        lookups.put(name, lookup);
      }
    });
    Context current = Vertx.currentContext();
    if (current == null || !current.isEventLoopContext()) {
      return Future.failedFuture(new IllegalStateException("mesh: made on thread "
          + Thread.currentThread().getName() + " (expected: the event loop that makes the calls)"));
    }
    // Their results come on another thread, and all that follows belongs to this event loop.
    Promise<ServiceTls> here = ((ContextInternal) current).promise();
    ServiceTls.of(vertx, shaped).onComplete(here);
    return here.future()
        .compose(tls -> ServiceRegistry.create(vertx, endpoints, lookups)
            .onFailure(e -> tls.close())
            .compose(registry -> {
              try {
                Mesh mesh = new Mesh(
                    vertx,
                    registry,
                    bff,
                    meters,
                    openTelemetry,
                    policies,
                    tls,
                    answers,
                    redis,
                    services);
                shaped.forEach(mesh::add);
                mesh.known = Set.copyOf(mesh.services.keySet());
                return Future.succeededFuture(mesh);
              } catch (ConfigurationException e) {
                tls.close();
                return registry.close().transform(closed -> Future.failedFuture(e));
              }
            }));
  }

  /** Everything that is out of range in the settings of services, by logical name; empty where all is well. */
  public static List<String> problems(Map<String, ServiceSettings> services) {
    List<String> problems = new ArrayList<>();
    new TreeMap<>(services).forEach((name, given) -> {
      ServiceSettings settings = SidecarShape.settings(name, given);
      problems.addAll(settings.problems("services." + name));
      problems.addAll(SidecarShape.problems(name, settings));
    });
    return problems;
  }

  private void add(String name, ServiceSettings settings) {
    ServiceEndpoints endpoints = registry.find(name);
    if (endpoints != null) {
      Tags tags = Tags.of("bff", bff, "service", name);
      tls.meter(name, meters.registry(), tags);
      if (settings.discovery() != null) {
        ended.add(DiscoveryMeters.of(vertx).show(meters.registry(), name, endpoints::state));
      }
      Live<ServicePolicy> policy =
          new Live<>(SidecarShape.policy(settings, policies.current(name).policy()));
      services.put(
          name,
          new ServiceClient(
              endpoints,
              new HttpEndpoints(
                  vertx, settings, tls.source(name), policy.part(ServicePolicy::identity), timers),
              settings,
              policy,
              new LayerContext(
                  name,
                  vertx,
                  timers,
                  meters.registry(),
                  meters,
                  tags,
                  System::nanoTime,
                  RandomGenerator.getDefault()),
              openTelemetry,
              this::destination,
              answers,
              outer));
    }
  }

  private @Nullable Destination destination(String service) {
    ServiceClient client = services.get(service);
    return client == null ? null : client.routing();
  }

  /** Changes overtake each other on their way here, so what holds now is looked up. */
  private void follow(String service) {
    ServiceClient client = services.get(service);
    if (client != null) {
      client.follow(policies.current(service).policy());
    }
  }

  /** The configuration names other endpoints of a service, which the shape may make nothing of. */
  private void moved(String service, List<Endpoint> endpoints) {
    ServiceSettings settings = given.get(service);
    if (settings != null && settings.discovery() == null) {
      ServiceSettings changed = settings.toBuilder().endpoints(endpoints).build();
      registry
          .replace(service, SidecarShape.settings(service, changed).endpoints())
          .onFailure(e -> LogEvent.of("not all endpoints could be replaced")
              .field("service", service)
              .cause(e)
              .error(LOG));
    }
  }

  @Override
  public Upstream service(String name) {
    return client(name);
  }

  @Override
  public UpstreamStream open(
      ServiceOrigin origin, String uri, List<Header> headers, UpstreamStream.Reader reader) {
    return client(origin.operation().service()).open(vertx, origin, uri, headers, reader);
  }

  @Override
  public int maxEventBytes(String service) {
    return client(service).maxEventBytes();
  }

  /** The services that calls can be sent to. Callable from any thread. */
  public Set<String> services() {
    return known;
  }

  /** What an operator may want to know of every service right now. Callable from any thread. */
  public Future<JsonObject> describe() {
    return onLoop(() -> {
      JsonObject all = new JsonObject();
      services.forEach((name, client) -> {
        JsonObject one =
            new JsonObject().put("policyVersion", policies.current(name).version());
        client.describe(one);
        ServiceEndpoints endpoints = registry.find(name);
        if (endpoints != null) {
          one.put("discovery", endpoints.describe());
        }
        all.put(name, one);
      });
      return new JsonObject().put("services", all);
    });
  }

  /**
   * What would become of a call that only reads, layer by layer; nothing is sent. Callable from any thread.
   *
   * @param uri path and query of the call
   * @param origin the request it would be for
   * @return null where this BFF does not call such a service
   */
  public Future<@Nullable JsonObject> explain(String service, String uri, RequestOrigin origin) {
    return onLoop(() -> {
      ServiceClient client = services.get(service);
      if (client == null) {
        return null;
      }
      JsonObject explained = new JsonObject();
      client.explain(ExplainedCall.of(service, uri, origin), explained);
      return explained;
    });
  }

  private <T extends @Nullable Object> Future<T> onLoop(Supplier<T> question) {
    Promise<T> answer = Promise.promise();
    loop.runOnContext(now -> {
      try {
        answer.complete(question.get());
      } catch (RuntimeException e) {
        answer.fail(e);
      }
    });
    return answer.future();
  }

  /** The choice of a service's instances, for those who look into it. */
  public BalancedCalls balanced(String service) {
    return client(service).balanced();
  }

  /** What waits for a time, of all services together. */
  TimerWheel timers() {
    return timers;
  }

  private ServiceClient client(String name) {
    ServiceClient client = services.get(name);
    if (client == null) {
      throw new ConfigurationException("services." + name + ": not configured (expected: one of "
          + (services.isEmpty() ? "none" : String.join(", ", services.keySet()))
          + "; add services." + name + ".endpoints with at least one URL, or services." + name
          + ".discovery.type)");
    }
    return client;
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
      ended.forEach(Runnable::run);
      List<Future<Void>> all =
          services.values().stream().map(ServiceClient::close).toList();
      result = Future.join(all).<Void>mapEmpty().eventually(registry::close).onComplete(done -> {
        if (outer != null) {
          outer.close();
        }
        timers.close();
        tls.close();
      });
      closed = result;
    }
    return result;
  }
}
