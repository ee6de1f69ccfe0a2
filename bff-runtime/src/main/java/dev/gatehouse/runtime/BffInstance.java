package dev.gatehouse.runtime;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Door;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.BffSettings.Listener;
import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.config.Shape;
import dev.gatehouse.runtime.door.CallerResolver;
import dev.gatehouse.runtime.door.DoorContext;
import dev.gatehouse.runtime.door.DoorHandler;
import dev.gatehouse.runtime.door.Propagation;
import dev.gatehouse.runtime.engine.Compositions;
import dev.gatehouse.runtime.events.EventSources;
import dev.gatehouse.runtime.management.Management;
import dev.gatehouse.runtime.mesh.Mesh;
import dev.gatehouse.runtime.mesh.cache.AnswerStore;
import dev.gatehouse.runtime.policy.PolicyStore;
import dev.gatehouse.runtime.settings.GatehouseSettings;
import dev.gatehouse.runtime.settings.SettingsLoader;
import dev.gatehouse.runtime.telemetry.Metrics;
import dev.gatehouse.runtime.telemetry.Telemetry;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance of a BFF, with everything it owns. Confined to one event loop. */
final class BffInstance extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(BffInstance.class);

  private final Bff bff;
  private final @Nullable GatehouseSettings given;
  private final Metrics metrics;
  private final @Nullable Management management;
  private final CallerResolver callers;
  private final PolicyStore policies;
  private final OpenTelemetry openTelemetry;
  private final AnswerStore answers;
  private final List<Closing> closings = new ArrayList<>();

  /** Something to be closed when the instance stops, the last opened first. */
  private interface Closing {
    Future<Void> close();
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

  BffInstance(
      Bff bff,
      @Nullable GatehouseSettings settings,
      Metrics metrics,
      @Nullable Management management,
      CallerResolver callers,
      @Nullable PolicyStore policies,
      OpenTelemetry openTelemetry,
      AnswerStore answers) {
    this.answers = answers;
    this.openTelemetry = openTelemetry;
    this.bff = bff;
    this.given = settings;
    this.metrics = metrics;
    this.management = management;
    this.callers = callers;
    this.policies = policies == null ? new PolicyStore() : policies;
  }

  @Override
  public Future<?> start() {
    GatehouseSettings settings;
    try {
      settings = given != null ? given : SettingsLoader.ofDeployment(context.config(), bff.name());
    } catch (ConfigurationException e) {
      return Future.failedFuture(new StartupException(bff.name(), e.problems()));
    }
    List<String> problems = BffCheck.problems(bff, settings.services().keySet());
    if (!problems.isEmpty()) {
      return Future.failedFuture(new StartupException(bff.name(), problems));
    }
    Map<String, ServiceSettings> services =
        used(settings.services(), settings.bff(bff.name()).mesh().shape());
    services.forEach((name, service) -> policies.begin(name, service.policy()));
    answers.maxBytes(settings.cache().maxBytes());
    answers.meter(metrics.levels(), bff.name());
    return Mesh.create(
            vertx,
            bff.name(),
            metrics.levels(),
            openTelemetry,
            policies,
            answers,
            settings.cache().redis(),
            services)
        .compose(mesh -> open(settings, mesh))
        .recover(e -> stop().transform(stopped -> Future.failedFuture(readable(e, settings))));
  }

  private Map<String, ServiceSettings> used(Map<String, ServiceSettings> all, Shape shape) {
    Set<String> names = new TreeSet<>(BffCheck.services(bff).keySet());
    for (String called : List.copyOf(names)) {
      ServiceSettings settings = all.get(called);
      if (settings != null) {
        names.addAll(settings.policy().route().services());
        names.addAll(policies.current(called).policy().route().services());
      }
    }
    Map<String, ServiceSettings> used = new TreeMap<>(all);
    used.keySet().retainAll(names);
    used.replaceAll((name, settings) -> settings.orInShape(shape));
    return used;
  }

  private Future<Void> open(GatehouseSettings all, Mesh mesh) {
    closings.add(mesh::close);
    BffSettings settings = all.bff(bff.name());
    Telemetry telemetry = new Telemetry(metrics, openTelemetry, settings);
    DoorContext doorContext = new Context(
        vertx,
        bff,
        new Compositions(vertx, mesh, settings.planCacheSize(), telemetry.calls()),
        new EventSources(vertx, mesh),
        settings,
        Propagation.of(settings.mesh()),
        telemetry,
        callers);
    List<DoorHandler> doors = open(bff.doors(), doorContext);
    PublicServer server = new PublicServer(vertx, settings, doors, telemetry);
    closings.add(() -> drain(server, mesh, all.drain()));
    return new ListenerClaim(vertx, settings.listener(), context.deploymentID(), bff.name())
        .claim()
        .compose(claim -> {
          closings.add(0, claim::release);
          return server.listen(sharedPort());
        })
        .onSuccess(listening -> opened(settings, server, doors, mesh));
  }

  private List<DoorHandler> open(List<Door> doors, DoorContext doorContext) {
    return doors.stream()
        .map(door -> BffCheck.providers()
            .filter(provider -> provider.opens(door))
            .findFirst()
            .orElseThrow()
            .open(door, doorContext))
        .toList();
  }

  private void opened(
      BffSettings settings, PublicServer server, List<DoorHandler> doors, Mesh mesh) {
    LOG.info(
        "BFF {} listens on http://{}:{}", bff.name(), settings.listener().host(), server.port());
    if (management != null) {
      management.opened(bff, server.port(), doors, mesh);
    }
  }

  private Future<Void> drain(PublicServer server, Mesh mesh, Duration within) {
    if (management != null) {
      management.closing(bff, mesh);
    }
    return server.drain(within);
  }

  @Override
  public Future<?> stop() {
    Future<Void> closed = Future.succeededFuture();
    for (int i = closings.size() - 1; i >= 0; i--) {
      closed = closed.eventually(closings.get(i)::close);
    }
    closings.clear();
    return closed;
  }

  private Throwable readable(Throwable e, GatehouseSettings settings) {
    if (e instanceof ConfigurationException wrong) {
      return new StartupException(bff.name(), wrong.problems());
    }
    if (e instanceof BindException) {
      Listener listener = settings.bff(bff.name()).listener();
      return new StartupException(
          bff.name(),
          List.of("bffs." + bff.name() + ".listener.port: " + listener.host() + ":"
              + listener.port() + ": " + e.getMessage()
              + " (expected: an address of this machine with a port that is free)"));
    }
    return e;
  }

  /** The same for the instances of one deployment, and for no other. */
  private int sharedPort() {
    return 1 + (context.deploymentID().hashCode() & (Integer.MAX_VALUE >> 1));
  }
}
