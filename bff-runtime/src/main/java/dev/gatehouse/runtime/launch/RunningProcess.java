package dev.gatehouse.runtime.launch;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.runtime.BffVerticle;
import dev.gatehouse.runtime.StartupException;
import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.config.ManagementSettings;
import dev.gatehouse.runtime.management.Management;
import dev.gatehouse.runtime.policy.PolicyStore;
import dev.gatehouse.runtime.reload.ConfigurationReload;
import dev.gatehouse.runtime.reload.ReloadHost;
import dev.gatehouse.runtime.settings.GatehouseSettings;
import dev.gatehouse.runtime.settings.LoadedSettings;
import dev.gatehouse.runtime.settings.SettingsFile;
import dev.gatehouse.runtime.telemetry.Metrics;
import dev.gatehouse.runtime.warmup.WarmUp;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** Everything that a process runs. Thread-safe. */
final class RunningProcess {
  private final Vertx vertx;
  private final ProcessConfiguration configuration;
  private final GatehouseSettings settings;
  private final Metrics metrics;
  private final PolicyStore policies;
  private final Management management;
  private final ConfigurationReload reload;
  private final ConcurrentLinkedQueue<String> deployments = new ConcurrentLinkedQueue<>();

  RunningProcess(
      ProcessConfiguration configuration,
      LoadedSettings loaded,
      Metrics metrics,
      PolicyStore policies) {
    this.vertx = configuration.vertx();
    this.configuration = configuration;
    this.settings = loaded.settings();
    this.metrics = metrics;
    this.policies = policies;
    settings.services().forEach((name, service) -> policies.begin(name, service.policy()));
    this.management = new Management(vertx, metrics, policies);
    this.reload = new ConfigurationReload(
        vertx, loaded, policies, new Host(configuration, management), InstantSource.system());
    management.configuration(reload::describe);
  }

  /** What a configuration has to be good for. */
  private record Host(ProcessConfiguration configuration, Management management)
      implements ReloadHost {
    @Override
    public Future<SettingsFile> read() {
      return configuration.read();
    }

    @Override
    public Future<LoadedSettings> load(SettingsFile file) {
      return configuration.load(file);
    }

    @Override
    public List<String> problems(LoadedSettings loaded) {
      return configuration.problems(loaded.settings());
    }

    @Override
    public Set<String> unreachable(String service, Set<String> others) {
      return management.unreachable(service, others);
    }
  }

  /**
   * Opens the operator's listener, warms up, then opens all BFFs at once, and follows the configuration from then on.
   *
   * @param parts what the application adds to each BFF
   * @return fails with everything that kept any of them from starting
   */
  Future<Void> start(UnaryOperator<BffVerticle> parts) {
    List<Bff> bffs = configuration.bffs();
    bffs.forEach(bff -> management.expect(bff.name(), settings.bff(bff.name()).instances()));
    return manage()
        .compose(open -> WarmUp.of(vertx, settings.warmUp()))
        .compose(warm -> {
          List<Future<String>> all =
              bffs.stream().map(bff -> deploy(bff, parts)).toList();
          return Future.join(all)
              .<Void>mapEmpty()
              .recover(e -> Future.failedFuture(together(all, e)));
        })
        .onSuccess(open -> reload.start(settings.reloadInterval()));
  }

  /** What follows the configuration. */
  ConfigurationReload reload() {
    return reload;
  }

  /** The port of the operator's listener. */
  int managementPort() {
    return management.port();
  }

  private Future<Void> manage() {
    ManagementSettings listener = settings.management();
    if (!listener.enabled()) {
      return Future.succeededFuture();
    }
    return management
        .listen(listener)
        .recover(e -> Future.failedFuture(
            e instanceof BindException
                ? new ConfigurationException("management.port: " + listener.host() + ":"
                    + listener.port() + ": " + e.getMessage()
                    + " (expected: an address of this machine with a port that is free; 0 for any)")
                : e));
  }

  private Future<String> deploy(Bff bff, UnaryOperator<BffVerticle> parts) {
    BffVerticle verticle = parts
        .apply(BffVerticle.of(bff))
        .withSettings(settings)
        .withMetrics(metrics)
        .withManagement(management)
        .withPolicies(policies);
    return vertx
        .deployVerticle(
            verticle,
            new DeploymentOptions().setInstances(settings.bff(bff.name()).instances()))
        .onSuccess(deployments::add);
  }

  /** All that is wrong as one; a failure of another kind goes first, for its stack trace. */
  private static Throwable together(List<Future<String>> all, Throwable first) {
    Set<String> bffs = new LinkedHashSet<>();
    Set<String> problems = new LinkedHashSet<>();
    for (Future<String> deployment : all) {
      if (deployment.cause() instanceof StartupException wrong) {
        bffs.add(wrong.bff());
        wrong.problems().forEach(problem -> problems.add("BFF " + wrong.bff() + ": " + problem));
      } else if (deployment.failed()) {
        return deployment.cause();
      }
    }
    return bffs.size() < 2
        ? first
        : new StartupException(String.join(", ", bffs), List.copyOf(problems));
  }

  /** Drains all BFFs at once, then closes the rest: the operator sees it happen. */
  Future<Void> close() {
    reload.close();
    List<Future<Void>> drains = deployments.stream().map(vertx::undeploy).toList();
    return Future.join(drains)
        .eventually(management::close)
        .eventually(vertx::close)
        .<Void>mapEmpty()
        .onComplete(closed -> metrics.close());
  }
}
