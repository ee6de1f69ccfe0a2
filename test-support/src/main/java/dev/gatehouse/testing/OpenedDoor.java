package dev.gatehouse.testing;

import static java.util.Objects.requireNonNull;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Caller;
import dev.gatehouse.dsl.Door;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.door.CallerResolver;
import dev.gatehouse.runtime.door.DoorContext;
import dev.gatehouse.runtime.door.DoorHandler;
import dev.gatehouse.runtime.door.DoorProvider;
import dev.gatehouse.runtime.door.Problem;
import dev.gatehouse.runtime.door.Propagation;
import dev.gatehouse.runtime.engine.CallObserver;
import dev.gatehouse.runtime.engine.Compositions;
import dev.gatehouse.runtime.events.EventSources;
import dev.gatehouse.runtime.mesh.Mesh;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.telemetry.Metrics;
import dev.gatehouse.runtime.telemetry.Telemetry;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A door of a BFF on a real socket, with what a BFF's verticle gives it. All services are at one address. Nothing times out, however
 * busy the machine is, but what a test gives a timeout.
 */
public final class OpenedDoor implements AutoCloseable {
  private static final Duration LONG = Duration.ofSeconds(55);

  public final Vertx vertx = Vertx.vertx();
  public final StubServices services = new StubServices(vertx);
  public final Metrics metrics = Metrics.prometheus();
  private final Instance instance;

  private OpenedDoor(
      Door door,
      UnaryOperator<BffSettings> settings,
      CallerResolver callers,
      ServicePolicy policy) {
    Bff bff = Bff.named("test").open(door);
    bff.check();
    BffSettings patient = BffSettings.named("test");
    patient =
        patient.toBuilder().limits(patient.limits().withRequestTimeout(LONG)).build();
    instance = new Instance(bff, settings.apply(patient), callers, policy);
    vertx.deployVerticle(instance).toCompletionStage().toCompletableFuture().join();
  }

  public static OpenedDoor open(Door door) {
    return open(door, settings -> settings);
  }

  public static OpenedDoor open(Door door, UnaryOperator<BffSettings> settings) {
    return open(door, settings, request -> Future.succeededFuture(Caller.ANONYMOUS));
  }

  public static OpenedDoor open(
      Door door, UnaryOperator<BffSettings> settings, CallerResolver callers) {
    return new OpenedDoor(door, settings, callers, ServicePolicy.DEFAULT);
  }

  /** With calls to services treated in another way. */
  public static OpenedDoor open(Door door, ServicePolicy policy) {
    return open(door, settings -> settings, policy);
  }

  public static OpenedDoor open(
      Door door, UnaryOperator<BffSettings> settings, ServicePolicy policy) {
    return new OpenedDoor(
        door, settings, request -> Future.succeededFuture(Caller.ANONYMOUS), policy);
  }

  public HttpClients client() {
    return new HttpClients(instance.server().actualPort());
  }

  public HttpClients management() {
    return new HttpClients(instance.management().actualPort());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    metrics.close();
  }

  /** The part of a BFF's verticle that a door meets. */
  private final class Instance extends VerticleBase {
    private final Bff bff;
    private final BffSettings settings;
    private final CallerResolver callers;
    private final ServicePolicy policy;
    private @Nullable HttpServer server;
    private @Nullable HttpServer management;

    Instance(Bff bff, BffSettings settings, CallerResolver callers, ServicePolicy policy) {
      this.policy = policy;
      this.bff = bff;
      this.settings = settings;
      this.callers = callers;
    }

    HttpServer server() {
      return requireNonNull(server, "not started");
    }

    HttpServer management() {
      return requireNonNull(management, "not started");
    }

    @Override
    public Future<?> start() {
      ServiceSettings service = ServiceSettings.at(services.url()).toBuilder()
          .connectTimeout(LONG)
          .requestTimeout(LONG)
          .policy(policy)
          .build();
      Map<String, ServiceSettings> all = Map.of(
          "catalog", service, "pricing", service, "reviews", service, "users", service, "cart",
          service);
      return Mesh.create(vertx, bff.name(), metrics.registry(), all).compose(upstreams -> {
        Compositions compositions = new Compositions(vertx, upstreams, 100, CallObserver.NONE);
        Telemetry telemetry = new Telemetry(metrics, OpenTelemetry.noop(), settings);
        Context given = new Context(
            vertx,
            bff,
            compositions,
            new EventSources(vertx, upstreams),
            settings,
            Propagation.of(settings.mesh()),
            telemetry,
            callers);
        Door door = bff.doors().get(0);
        DoorHandler handler = ServiceLoader.load(DoorProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.opens(door))
            .findFirst()
            .orElseThrow()
            .open(door, given);
        Router router = Router.router(vertx);
        handler.manage(router);
        HttpServer forOperators = vertx.createHttpServer().requestHandler(router);
        HttpServerOptions options = new HttpServerOptions().setCompressionSupported(true);
        handler.webSocketProtocols().forEach(options::addWebSocketSubProtocol);
        HttpServer forCallers = vertx.createHttpServer(options).requestHandler(request -> {
          if (!handler.handle(request)) {
            Problem.of(404, "not_found", null).answer(request);
          }
        });
        management = forOperators;
        server = forCallers;
        return forOperators
            .listen(0, "127.0.0.1")
            .compose(listening -> forCallers.listen(0, "127.0.0.1"));
      });
    }
  }

  private record Context(
      Vertx vertx,
      Bff bff,
      Compositions compositions,
      EventSources events,
      BffSettings settings,
      Propagation propagation,
      Telemetry telemetry,
      CallerResolver callers)
      implements DoorContext {}
}
