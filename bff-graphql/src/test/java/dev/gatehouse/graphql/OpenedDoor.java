package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Caller;
import dev.gatehouse.dsl.Door;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.door.CallerResolver;
import dev.gatehouse.runtime.door.DoorContext;
import dev.gatehouse.runtime.door.DoorHandler;
import dev.gatehouse.runtime.door.DoorProvider;
import dev.gatehouse.runtime.door.Problem;
import dev.gatehouse.runtime.engine.CallObserver;
import dev.gatehouse.runtime.engine.Compositions;
import dev.gatehouse.runtime.telemetry.Metrics;
import dev.gatehouse.runtime.telemetry.Telemetry;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.http.HttpUpstreams;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;

/** A door of a BFF on a real socket, with what a BFF's verticle gives it. All services are at one address. */
final class OpenedDoor implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();
  final StubServices services = new StubServices(vertx);
  final Metrics metrics = Metrics.prometheus();
  private final Instance instance;

  private OpenedDoor(Door door, UnaryOperator<BffSettings> settings, CallerResolver callers) {
    Bff bff = Bff.named("test").open(door);
    bff.check();
    instance = new Instance(bff, settings.apply(BffSettings.named("test")), callers);
    vertx.deployVerticle(instance).toCompletionStage().toCompletableFuture().join();
  }

  static OpenedDoor open(Door door) {
    return open(door, settings -> settings);
  }

  static OpenedDoor open(Door door, UnaryOperator<BffSettings> settings) {
    return open(door, settings, request -> Future.succeededFuture(Caller.ANONYMOUS));
  }

  static OpenedDoor open(Door door, UnaryOperator<BffSettings> settings, CallerResolver callers) {
    return new OpenedDoor(door, settings, callers);
  }

  HttpClients client() {
    return new HttpClients(instance.server().actualPort());
  }

  HttpClients management() {
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
    private HttpServer server;
    private HttpServer management;

    Instance(Bff bff, BffSettings settings, CallerResolver callers) {
      this.bff = bff;
      this.settings = settings;
      this.callers = callers;
    }

    HttpServer server() {
      return server;
    }

    HttpServer management() {
      return management;
    }

    @Override
    public Future<?> start() {
      ServiceSettings service = ServiceSettings.at(services.url());
      Map<String, ServiceSettings> all = Map.of(
          "catalog", service, "pricing", service, "reviews", service, "users", service, "cart",
          service);
      return HttpUpstreams.create(vertx, all).compose(upstreams -> {
        Compositions compositions = new Compositions(vertx, upstreams, 100, CallObserver.NONE);
        Telemetry telemetry = new Telemetry(metrics, bff.name(), settings.accessLog());
        Context given = new Context(vertx, bff, compositions, settings, telemetry, callers);
        Door door = bff.doors().get(0);
        DoorHandler handler = ServiceLoader.load(DoorProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.opens(door))
            .findFirst()
            .orElseThrow()
            .open(door, given);
        Router router = Router.router(vertx);
        handler.manage(router);
        management = vertx.createHttpServer().requestHandler(router);
        server = vertx
            .createHttpServer(new HttpServerOptions().setCompressionSupported(true))
            .requestHandler(request -> {
              if (!handler.handle(request)) {
                Problem.of(404, "not_found", null).answer(request);
              }
            });
        return management
            .listen(0, "127.0.0.1")
            .compose(listening -> server.listen(0, "127.0.0.1"));
      });
    }
  }

  private record Context(
      Vertx vertx,
      Bff bff,
      Compositions compositions,
      BffSettings settings,
      Telemetry telemetry,
      CallerResolver callers)
      implements DoorContext {}
}
