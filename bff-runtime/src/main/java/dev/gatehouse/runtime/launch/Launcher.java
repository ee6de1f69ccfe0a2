package dev.gatehouse.runtime.launch;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.runtime.BffVerticle;
import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.door.CallerResolver;
import dev.gatehouse.runtime.launch.Options.UsageException;
import dev.gatehouse.runtime.policy.PolicyStore;
import dev.gatehouse.runtime.settings.LoadedSettings;
import dev.gatehouse.runtime.settings.SettingsSources;
import dev.gatehouse.runtime.telemetry.Metrics;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** As {@link Gatehouse#run}, with parts of the application's own. Immutable. */
public final class Launcher {
  /** No exit code: the process goes on. */
  static final int RUNNING = -1;

  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  private final UnaryOperator<BffVerticle> parts;
  private final Metrics metrics;
  private final PolicyStore policies;

  /** With meters for Prometheus, and callers who are all anonymous. */
  public Launcher() {
    this(UnaryOperator.identity(), Metrics.prometheus(), new PolicyStore());
  }

  private Launcher(UnaryOperator<BffVerticle> parts, Metrics metrics, PolicyStore policies) {
    this.parts = parts;
    this.metrics = metrics;
    this.policies = policies;
  }

  /** With meters in another place. */
  public Launcher withMetrics(Metrics metrics) {
    return new Launcher(parts, Objects.requireNonNull(metrics, "metrics"), policies);
  }

  /** With another way to find out who asks. */
  public Launcher withCallers(CallerResolver callers) {
    Objects.requireNonNull(callers, "callers");
    return new Launcher(verticle -> parts.apply(verticle).withCallers(callers), metrics, policies);
  }

  /**
   * With policies that the application may change while the process runs. Services that were never set there begin with what the
   * configuration says.
   */
  public Launcher withPolicies(PolicyStore policies) {
    return new Launcher(parts, metrics, Objects.requireNonNull(policies, "policies"));
  }

  /** With spans in another place than OpenTelemetry's global one. */
  public Launcher withOpenTelemetry(OpenTelemetry openTelemetry) {
    Objects.requireNonNull(openTelemetry, "openTelemetry");
    return new Launcher(
        verticle -> parts.apply(verticle).withOpenTelemetry(openTelemetry), metrics, policies);
  }

  /** As {@link Gatehouse#run}. */
  public void run(String[] args, Bff... bffs) {
    int status = execute(args, List.of(bffs), Console.ofProcess());
    if (status != RUNNING) {
      System.exit(status);
    }
  }

  /** Does what the options ask for, and answers the exit code, or {@link #RUNNING}. */
  int execute(String[] args, List<Bff> bffs, Console console) {
    Options options;
    try {
      options = Options.parse(args);
    } catch (UsageException e) {
      console.err().println(e.getMessage() + "\n\n" + Options.USAGE);
      return USAGE;
    }
    switch (options.action()) {
      case HELP -> console.out().print(Options.USAGE);
      case VERSION -> console.out().println("Gatehouse " + version());
      case PRINT_CONTRACT -> {
        return new Commands(bffs, console).printContract(options.bff());
      }
      default -> {
        return execute(options, bffs, console);
      }
    }
    return OK;
  }

  private int execute(Options options, List<Bff> bffs, Console console) {
    Transport transport;
    try {
      transport = Transports.of(options.transport());
    } catch (ConfigurationException e) {
      console.explain(e);
      return FAILED;
    }
    Vertx vertx = Vertx.builder()
        .withTransport(transport)
        .with(new VertxOptions()
            // All files are named by path: no copies of class path resources are needed.
            .setFileSystemOptions(new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false)))
        .build();
    ProcessConfiguration configuration = new ProcessConfiguration(
        vertx, SettingsSources.ofProcess(options.config(), options.assignments()), bffs);
    Commands commands = new Commands(bffs, console);
    int status;
    try {
      LoadedSettings settings = Blocking.get(load(configuration, options));
      status = switch (options.action()) {
        case CHECK -> commands.check(configuration, settings);
        case CHECK_OPERATIONS ->
          commands.checkOperations(options.manifest(), options.bff(), configuration, settings);
        case PRINT_CONFIG -> commands.printConfig(settings);
        default -> start(configuration, settings);
      };
    } catch (Exception e) {
      console.explain(e);
      status = FAILED;
    }
    if (status != RUNNING) {
      vertx.close();
    }
    return status;
  }

  private static Future<LoadedSettings> load(ProcessConfiguration configuration, Options options) {
    List<String> names = configuration.bffs().stream().map(Bff::name).toList();
    if (names.isEmpty() || configuration.names().size() < names.size()) {
      return Future.failedFuture(new ConfigurationException(
          "BFFs: " + (names.isEmpty() ? "none" : String.join(", ", names))
              + " (expected: at least one, each with a name of its own)"));
    }
    return configuration
        .load()
        .recover(e -> Future.failedFuture(
            options.action() == Options.Action.CHECK ? withFindings(e, configuration) : e));
  }

  /** Has a check tell of the BFFs too where the configuration cannot be used. */
  private static Throwable withFindings(Throwable e, ProcessConfiguration configuration) {
    return e instanceof ConfigurationException wrong
        ? new ConfigurationException(Stream.concat(
                wrong.problems().stream(),
                configuration.problems(configuration.services()).stream())
            .toList())
        : e;
  }

  private int start(ProcessConfiguration configuration, LoadedSettings settings) throws Exception {
    RunningProcess process = new RunningProcess(configuration, settings, metrics, policies);
    try {
      Blocking.get(process.start(parts));
    } catch (Exception e) {
      Blocking.get(process.close());
      throw e;
    }
    Shutdown.install(process::close, settings.settings().drain());
    return RUNNING;
  }

  private static String version() {
    String version = Launcher.class.getPackage().getImplementationVersion();
    return version == null ? "(built from source)" : version;
  }
}
