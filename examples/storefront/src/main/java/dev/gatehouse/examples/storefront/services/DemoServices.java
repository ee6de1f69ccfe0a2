package dev.gatehouse.examples.storefront.services;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * All services of the shop, running in one Vert.x. Thread-safe.
 *
 * <pre>{@code
 * DemoServices services = DemoServices.start(vertx, Ports.ANY_FREE).await();
 * services.stop(DemoService.RECOMMENDATIONS).await();
 * services.close().await();
 * }</pre>
 */
public final class DemoServices {
  private final Vertx vertx;
  /** Whoever asks for a service, it is deployed from here: one deployed by another verticle would end with it. */
  private final Context home;

  /** The last verticle of each service. A change waits for the one before, so no two fight for a port. */
  private final Map<DemoService, Future<ServiceVerticle>> verticles = new ConcurrentHashMap<>();

  private final Map<DemoService, Integer> ports = new ConcurrentHashMap<>();
  private final Control control;

  private DemoServices(Vertx vertx, Ports wanted) {
    this.vertx = vertx;
    this.home = vertx.getOrCreateContext();
    this.control = new Control(this, wanted.control());
    for (DemoService service : DemoService.values()) {
      ports.put(service, wanted.of(service));
    }
  }

  /**
   * Starts all services and the control server.
   *
   * @return fails, with nothing left running, where a port is taken
   */
  public static Future<DemoServices> start(Vertx vertx, Ports ports) {
    DemoServices services = new DemoServices(vertx, ports);
    return onEach(services::start)
        .compose(started -> vertx.deployVerticle(services.control))
        .map(services)
        .recover(failure -> services.close().transform(closed -> Future.failedFuture(failure)));
  }

  /** Where they really listen. */
  public Ports ports() {
    return new Ports(
        control.port(),
        port(DemoService.CATALOG),
        port(DemoService.PRICING),
        port(DemoService.INVENTORY),
        port(DemoService.REVIEWS),
        port(DemoService.USERS),
        port(DemoService.RECOMMENDATIONS),
        port(DemoService.CARTS));
  }

  /** The root of a service, such as {@code http://127.0.0.1:7101}; it survives a stop and a start. */
  public URI uri(DemoService service) {
    return URI.create("http://127.0.0.1:" + port(service));
  }

  public boolean isRunning(DemoService service) {
    Future<ServiceVerticle> verticle = verticles.get(service);
    return verticle != null && verticle.succeeded() && !verticle.result().isStopped();
  }

  /** Closes a service's port; calls under way finish first. Nothing happens where it is stopped. */
  public Future<Void> stop(DemoService service) {
    Future<ServiceVerticle> verticle = verticles.get(service);
    return verticle == null
        ? Future.succeededFuture()
        : verticle.transform(
            last -> last.succeeded() ? last.result().undeploy() : Future.succeededFuture());
  }

  /** Starts a stopped service afresh, on its port: no faults, no counted calls, what was posted forgotten. */
  public Future<Void> start(DemoService service) {
    return verticles
        .compute(
            service,
            (key, last) -> last == null
                ? deploy(service)
                : last.transform(settled -> {
                  if (settled.failed()) {
                    return deploy(service);
                  }
                  ServiceVerticle verticle = settled.result();
                  return verticle.isStopped()
                      ? verticle.undeploy().compose(gone -> deploy(service))
                      : last;
                }))
        .mapEmpty();
  }

  /** Stops everything; calls under way finish first. */
  public Future<Void> close() {
    return onEach(this::stop).eventually(control::undeploy).mapEmpty();
  }

  private int port(DemoService service) {
    return Objects.requireNonNull(ports.get(service));
  }

  private Future<ServiceVerticle> deploy(DemoService service) {
    ServiceVerticle verticle = service.verticle(port(service));
    Promise<ServiceVerticle> deployed = Promise.promise();
    home.runOnContext(here -> vertx
        .deployVerticle(verticle)
        .onSuccess(id -> ports.put(service, verticle.port()))
        .<ServiceVerticle>map(verticle)
        .onComplete(deployed));
    return deployed.future();
  }

  private static Future<?> onEach(Function<DemoService, Future<Void>> change) {
    return Future.join(Arrays.stream(DemoService.values()).map(change).toList());
  }
}
