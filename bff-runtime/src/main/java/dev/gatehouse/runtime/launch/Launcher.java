package dev.gatehouse.runtime.launch;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.runtime.BffCheck;
import dev.gatehouse.runtime.BffVerticle;
import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.door.CallerResolver;
import dev.gatehouse.runtime.launch.Options.UsageException;
import dev.gatehouse.runtime.policy.PolicyStore;
import dev.gatehouse.runtime.settings.LoadedSettings;
import dev.gatehouse.runtime.settings.SettingsLoader;
import dev.gatehouse.runtime.settings.SettingsSources;
import dev.gatehouse.runtime.telemetry.Metrics;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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
    Vertx vertx = Vertx.vertx(new VertxOptions()
        .setPreferNativeTransport(true)
        // All files are named by path: no copies of class path resources are needed.
        .setFileSystemOptions(new FileSystemOptions()
            .setFileCachingEnabled(false)
            .setClassPathResolvingEnabled(false)));
    Commands commands = new Commands(bffs, console);
    int status;
    try {
      LoadedSettings settings = Blocking.get(load(vertx, options, bffs));
      status = switch (options.action()) {
        case CHECK -> commands.check(settings);
        case CHECK_OPERATIONS ->
          commands.checkOperations(options.manifest(), options.bff(), settings);
        case PRINT_CONFIG -> commands.printConfig(settings);
        default -> start(vertx, settings, bffs);
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

  private static Future<LoadedSettings> load(Vertx vertx, Options options, List<Bff> bffs) {
    List<String> names = bffs.stream().map(Bff::name).toList();
    Set<String> services = bffs.stream()
        .flatMap(bff -> BffCheck.services(bff).keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
    if (bffs.isEmpty() || new TreeSet<>(names).size() < names.size()) {
      return Future.failedFuture(new ConfigurationException(
          "BFFs: " + (names.isEmpty() ? "none" : String.join(", ", names))
              + " (expected: at least one, each with a name of its own)"));
    }
    return SettingsLoader.load(
            vertx,
            SettingsSources.ofProcess(options.config(), options.assignments()),
            new TreeSet<>(names),
            services)
        .recover(e -> Future.failedFuture(
            options.action() == Options.Action.CHECK ? withFindings(e, bffs, services) : e));
  }

  /** Has a check tell of the BFFs too where the configuration cannot be used. */
  private static Throwable withFindings(Throwable e, List<Bff> bffs, Set<String> services) {
    return e instanceof ConfigurationException wrong
        ? new ConfigurationException(
            Stream.concat(wrong.problems().stream(), Commands.problems(bffs, services).stream())
                .toList())
        : e;
  }

  private int start(Vertx vertx, LoadedSettings settings, List<Bff> bffs) throws Exception {
    RunningProcess process = new RunningProcess(vertx, settings.settings(), metrics, policies);
    try {
      Blocking.get(process.start(bffs, parts));
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
