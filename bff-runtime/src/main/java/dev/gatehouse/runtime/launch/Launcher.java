package dev.gatehouse.runtime.launch;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.finding.DefinitionException;
import dev.gatehouse.runtime.BffCheck;
import dev.gatehouse.runtime.BffVerticle;
import dev.gatehouse.runtime.StartupException;
import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.door.CallerResolver;
import dev.gatehouse.runtime.launch.Options.UsageException;
import dev.gatehouse.runtime.settings.LoadedSettings;
import dev.gatehouse.runtime.settings.SettingsLoader;
import dev.gatehouse.runtime.settings.SettingsSources;
import dev.gatehouse.runtime.telemetry.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** As {@link Gatehouse#run}, with parts of the application's own. Immutable. */
public final class Launcher {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  private final UnaryOperator<BffVerticle> parts;
  private final Metrics metrics;

  /** With meters for Prometheus, and callers who are all anonymous. */
  public Launcher() {
    this(UnaryOperator.identity(), Metrics.prometheus());
  }

  private Launcher(UnaryOperator<BffVerticle> parts, Metrics metrics) {
    this.parts = parts;
    this.metrics = metrics;
  }

  /** With meters in another place. */
  public Launcher withMetrics(Metrics metrics) {
    return new Launcher(parts, Objects.requireNonNull(metrics, "metrics"));
  }

  /** With another way to find out who asks. */
  public Launcher withCallers(CallerResolver callers) {
    Objects.requireNonNull(callers, "callers");
    return new Launcher(verticle -> parts.apply(verticle).withCallers(callers), metrics);
  }

  /** As {@link Gatehouse#run}. */
  public void run(String[] args, Bff... bffs) {
    Options options;
    try {
      options = Options.parse(args);
    } catch (UsageException e) {
      System.err.println(e.getMessage() + "\n\n" + Options.USAGE);
      System.exit(USAGE);
      return;
    }
    switch (options.action()) {
      case HELP -> System.out.print(Options.USAGE);
      case VERSION -> System.out.println("Gatehouse " + version());
      case PRINT_CONTRACT -> {
        int status = printContracts(options.bff(), List.of(bffs));
        if (status != OK) {
          System.exit(status);
        }
      }
      default -> run(options, List.of(bffs));
    }
  }

  private void run(Options options, List<Bff> bffs) {
    Vertx vertx = Vertx.vertx(new VertxOptions()
        .setPreferNativeTransport(true)
        // All files are named by path: no copies of class path resources are needed.
        .setFileSystemOptions(new FileSystemOptions()
            .setFileCachingEnabled(false)
            .setClassPathResolvingEnabled(false)));
    int status;
    try {
      LoadedSettings settings = Blocking.get(load(vertx, options, bffs));
      status = switch (options.action()) {
        case CHECK -> check(bffs, settings);
        case PRINT_CONFIG -> print(settings);
        default -> start(vertx, settings, bffs);
      };
      if (options.action() == Options.Action.RUN && status == OK) {
        return;
      }
    } catch (Exception e) {
      explain(e, System.err);
      status = FAILED;
    }
    vertx.close();
    System.exit(status);
  }

  /** Needs no configuration, so that a build can keep the contract in a file. */
  private static int printContracts(@Nullable String name, List<Bff> bffs) {
    for (Bff bff : bffs) {
      if (bff.name().equals(name)) {
        try {
          BffCheck.contracts(bff).forEach(System.out::print);
          return OK;
        } catch (DefinitionException e) {
          explain(e, System.err);
          return FAILED;
        }
      }
    }
    System.err.println("--print-contract " + name + ": no such BFF (expected: one of "
        + bffs.stream().map(Bff::name).collect(Collectors.joining(", ")) + ")");
    return USAGE;
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
            Stream.concat(wrong.problems().stream(), problems(bffs, services).stream())
                .toList())
        : e;
  }

  private static int check(List<Bff> bffs, LoadedSettings settings) {
    List<String> problems = problems(bffs, settings.settings().services().keySet());
    if (problems.isEmpty()) {
      System.out.println("The BFFs and the configuration can be used.");
      return OK;
    }
    problems.forEach(problem -> System.err.println("- " + problem));
    return FAILED;
  }

  private static List<String> problems(List<Bff> bffs, Set<String> services) {
    List<String> problems = new ArrayList<>();
    bffs.forEach(bff -> BffCheck.problems(bff, services)
        .forEach(problem -> problems.add("BFF " + bff.name() + ": " + problem)));
    return problems;
  }

  private static int print(LoadedSettings settings) {
    System.out.print(settings.text());
    return OK;
  }

  private int start(Vertx vertx, LoadedSettings settings, List<Bff> bffs) throws Exception {
    RunningProcess process = new RunningProcess(vertx, settings.settings(), metrics);
    try {
      Blocking.get(process.start(bffs, parts));
    } catch (Exception e) {
      Blocking.get(process.close());
      throw e;
    }
    Shutdown.install(process::close, settings.settings().drain());
    return OK;
  }

  private static void explain(Throwable e, PrintStream to) {
    boolean readable = e instanceof ConfigurationException
        || e instanceof StartupException
        || e instanceof DefinitionException;
    if (readable) {
      to.println(e.getMessage());
    } else {
      e.printStackTrace(to);
    }
  }

  private static String version() {
    String version = Launcher.class.getPackage().getImplementationVersion();
    return version == null ? "(built from source)" : version;
  }
}
