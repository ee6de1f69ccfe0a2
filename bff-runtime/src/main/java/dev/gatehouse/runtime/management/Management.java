package dev.gatehouse.runtime.management;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.runtime.config.ManagementSettings;
import dev.gatehouse.runtime.door.DoorHandler;
import dev.gatehouse.runtime.door.Problem;
import dev.gatehouse.runtime.mesh.Mesh;
import dev.gatehouse.runtime.policy.PolicyStore;
import dev.gatehouse.runtime.telemetry.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the operator sees of a process: {@code /health/live}, {@code /health/ready}, {@code /metrics}, {@code /mesh}, {@code /plans}, and the pages
 * that doors add. Thread-safe.
 *
 * <p>It has no access control of its own, so it listens apart from the public. An application with a listener for such things may
 * mount {@link #router()} there instead.
 */
public final class Management {
  private static final Logger LOG = LoggerFactory.getLogger(Management.class);
  private static final long LAST_BYTES_MILLIS = 500;

  private final Router router;
  private final HttpServer server;
  private final Readiness readiness = new Readiness();
  private final KnownCalls calls;
  private final FaultPages faults;
  private final ConfigurationPage configuration = new ConfigurationPage();
  private final Map<String, PlanBook> bffs = new ConcurrentSkipListMap<>();
  private final Map<String, List<Mesh>> meshes = new ConcurrentSkipListMap<>();

  /** For BFFs whose policies nobody changes from here. */
  public Management(Vertx vertx, Metrics metrics) {
    this(vertx, metrics, new PolicyStore());
  }

  /**
   * @param policies of the BFFs that are shown, which an operator may change
   */
  public Management(Vertx vertx, Metrics metrics, PolicyStore policies) {
    this.router = Router.router(vertx);
    this.server = vertx
        .createHttpServer(new HttpServerOptions().setCompressionSupported(true))
        .requestHandler(router);
    router.errorHandler(
        404,
        routing ->
            Problem.of(404, "not_found", "Nothing is here. Begin at /.").answer(routing.request()));
    router.errorHandler(
        413,
        routing -> Problem.of(413, "content_too_large", "The body is too large.")
            .answer(routing.request()));
    router.errorHandler(500, routing -> {
      LOG.error("{} failed", routing.normalizedPath(), routing.failure());
      Problem.of(500, "internal", null).answer(routing.request());
    });
    new HealthPages(readiness).mount(router);
    new MetricsPage(vertx, metrics).mount(router);
    new PlanPages(bffs).mount(router);
    calls = new KnownCalls(bffs, meshes, policies);
    faults = new FaultPages(vertx, policies, calls);
    faults.mount(router);
    configuration.mount(router);
    new MeshPages(meshes, configuration).mount(router);
    new RoutePages(policies, calls).mount(router);
    new IndexPage(bffs, readiness, router).mount(router);
  }

  /** All pages, to be mounted elsewhere. */
  public Router router() {
    return router;
  }

  /** Opens a listener of its own. */
  public Future<Void> listen(ManagementSettings settings) {
    return server
        .listen(settings.port(), settings.host())
        .onSuccess(listening ->
            LOG.info("Management listens on http://{}:{}", settings.host(), listening.actualPort()))
        .mapEmpty();
  }

  /** Where the listener is, once it is open. */
  public int port() {
    return server.actualPort();
  }

  /** Has the process count as ready only once so many more instances of a BFF are open. */
  public void expect(String bff, int instances) {
    readiness.expect(bff, instances);
  }

  /**
   * An instance of a BFF is open.
   *
   * @param port of its listener
   * @param mesh how it calls services
   */
  public void opened(Bff bff, int port, List<DoorHandler> doors, Mesh mesh) {
    meshes.computeIfAbsent(bff.name(), any -> new CopyOnWriteArrayList<>()).add(mesh);
    if (bffs.putIfAbsent(bff.name(), new PlanBook(bff)) == null) {
      doors.forEach(door -> door.manage(router));
    }
    readiness.opened(bff.name(), port);
  }

  /** An instance of a BFF takes no more requests. */
  public void closing(Bff bff, Mesh mesh) {
    meshes.getOrDefault(bff.name(), List.of()).remove(mesh);
    readiness.closing(bff.name());
  }

  /**
   * Shows which configuration the process has.
   *
   * @param told is asked for it by any thread
   */
  public void configuration(Supplier<JsonObject> told) {
    configuration.tells(told);
  }

  /** Those services to which calls of one cannot be led, as an instance of a BFF that makes them has no client for them. */
  public Set<String> unreachable(String service, Set<String> others) {
    return calls.unreachable(service, others).keySet();
  }

  /** Closes the listener. */
  public Future<Void> close() {
    faults.close();
    return server.shutdown(LAST_BYTES_MILLIS, TimeUnit.MILLISECONDS);
  }
}
