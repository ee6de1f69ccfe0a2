package dev.gatehouse.benchmarks;

import dev.gatehouse.benchmarks.load.LoadGenerator;
import dev.gatehouse.benchmarks.load.LoadResult;
import dev.gatehouse.benchmarks.process.CoreTime;
import dev.gatehouse.benchmarks.process.Cores;
import dev.gatehouse.benchmarks.process.CpuUsage;
import dev.gatehouse.benchmarks.process.Heap;
import dev.gatehouse.benchmarks.process.Memory;
import dev.gatehouse.benchmarks.workload.Endpoints;
import dev.gatehouse.benchmarks.workload.Job;
import dev.gatehouse.benchmarks.workload.Upstreams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the contestants against each other: start, warm up, check, then rounds by turns, so that whatever changes on the
 * machine meanwhile changes for all of them.
 */
public final class Harness {
  private static final Duration WARM_UP_SLICE = Duration.ofSeconds(2);
  private static final int MOST_WARM_UP = 4;
  private static final double QUIET_COMPILER = 0.02;
  /** Recommendations have 500 ms, and come after 2 s where they dally; this leaves room for a busy machine. */
  private static final Duration DEGRADED_WITHIN = Duration.ofMillis(1_200);

  private static final int CHECK_ATTEMPTS = 3;
  private static final int FIXED_RATE_CONNECTIONS = 64;

  private final Settings settings;
  private final PrintStream progress;
  private final Cores cores;
  private final Processes processes;
  private final Endpoints endpoints;

  private Harness(
      Settings settings,
      PrintStream progress,
      Cores cores,
      Processes processes,
      Endpoints endpoints) {
    this.settings = settings;
    this.progress = progress;
    this.cores = cores;
    this.processes = processes;
    this.endpoints = endpoints;
  }

  /** See {@link Settings#USAGE}. Exits with 1 where a contestant fails, with 2 where the arguments are wrong. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Settings settings;
    try {
      settings = Settings.of(List.of(args), System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n\n" + Settings.USAGE);
      System.exit(2);
      return;
    }
    try {
      Report report = run(settings, System.err);
      System.out.println(report.markdown());
      System.out.println("written to " + report.write(Instant.now()));
    } catch (ContestantException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Measures as the settings say, on this machine, with this process on the load's core.
   *
   * @throws ContestantException if a contestant does not start, or answers wrongly
   */
  static Report run(Settings settings, PrintStream progress)
      throws IOException, InterruptedException {
    Files.createDirectories(settings.output());
    Cores cores = Cores.of(settings.serverCore(), settings.loadCore());
    cores.pinToLoadCore(ProcessHandle.current().pid());
    try (Processes processes = new Processes()) {
      Endpoints endpoints = startUpstreams(settings, cores, processes);
      List<Standing> standings =
          new Harness(settings, progress, cores, processes, endpoints).standings();
      return new Report(settings, cores.isPinned(), standings);
    }
  }

  private static Endpoints startUpstreams(Settings settings, Cores cores, Processes processes)
      throws IOException {
    List<String> command = List.of(
        settings.java().toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        Upstreams.class.getName());
    ProcessBuilder builder = new ProcessBuilder(cores.onLoadCore(command))
        .redirectError(settings.output().resolve("upstreams.log").toFile());
    Process process = processes.start(builder);
    return Upstreams.readEndpoints(new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
  }

  private List<Standing> standings() throws IOException, InterruptedException {
    Map<Contestant, List<Duration>> starts = new LinkedHashMap<>();
    Map<Contestant, Double> upstreamCalls = new LinkedHashMap<>();
    List<Server> servers = new ArrayList<>();
    for (Contestant contestant : settings.contestants()) {
      List<Duration> times = new ArrayList<>();
      Server server = start(contestant);
      times.add(server.firstAnswer());
      while (times.size() < settings.starts()) {
        server.stop();
        server = start(contestant);
        times.add(server.firstAnswer());
      }
      starts.put(contestant, times);
      warmUp(server);
      upstreamCalls.put(contestant, check(server));
      servers.add(server);
    }
    settle(servers);
    Map<Contestant, List<Measurement>> rounds = measure(servers);
    List<Standing> standings = new ArrayList<>();
    for (Server server : servers) {
      Contestant contestant = server.contestant();
      standings.add(new Standing(
          contestant,
          upstreamCalls.getOrDefault(contestant, 0.0),
          starts.getOrDefault(contestant, List.of()),
          rounds.getOrDefault(contestant, List.of()),
          Memory.residentBytes(server.pid())));
    }
    return standings;
  }

  private Server start(Contestant contestant) {
    try {
      return Server.start(contestant, settings, cores, endpoints, processes);
    } catch (IOException e) {
      throw new ContestantException(contestant, List.of(String.valueOf(e.getMessage())));
    }
  }

  /**
   * On both cores, because one would leave the JIT little time, until it has little to do. Time is the server's CPU time,
   * since a server that gets no processor does not get warm.
   */
  private void warmUp(Server server) throws IOException {
    cores.pinToBoth(server.pid());
    LoadGenerator load = load(server);
    CpuUsage start = CpuUsage.of(server.pid());
    double compiling = 1;
    double throughput = 0;
    Duration used = Duration.ZERO;
    while (used.compareTo(settings.warmUp()) < 0
        || (compiling > QUIET_COMPILER
            && used.compareTo(settings.warmUp().multipliedBy(MOST_WARM_UP)) < 0)) {
      CpuUsage before = CpuUsage.of(server.pid());
      throughput = load.closedLoop(settings.connections(), WARM_UP_SLICE).throughput();
      CpuUsage after = CpuUsage.of(server.pid());
      compiling = after.since(before).compiling();
      used = Duration.ofNanos(after.since(start).nanos());
      server.requireAlive();
    }
    cores.pinToServerCore(server.pid());
    progress.printf(
        "%s: first answer after %d ms, warm after %d s of CPU time with %.0f/s, JIT %.1f %%%n",
        server.contestant().name(),
        server.firstAnswer().toMillis(),
        used.toSeconds(),
        throughput,
        100 * compiling);
  }

  /**
   * Rounds that are not recorded, until the JIT has little to do in any: what a server first does after a while without
   * requests undoes much of what was compiled before. At most as many as are recorded.
   */
  private void settle(List<Server> servers) throws IOException {
    boolean settled = false;
    for (int round = 0; round < settings.rounds() && !settled; round++) {
      settled = true;
      for (Server server : servers) {
        settled &= measure(server).cpu().compiling() <= QUIET_COMPILER;
        server.requireAlive();
      }
    }
  }

  private double check(Server server) throws IOException, InterruptedException {
    List<String> findings = checkOnce(server);
    for (int attempt = 1; attempt < CHECK_ATTEMPTS && !findings.isEmpty(); attempt++) {
      // On a busy machine 500 ms can pass for no fault of the contestant's. A wrong answer stays
      // wrong.
      findings = checkOnce(server);
    }
    if (!findings.isEmpty()) {
      throw new ContestantException(server.contestant(), findings);
    }
    return new UpstreamCount()
        .callsPerAnswer(
            settings.job(), server.contestant().protocol(), server.port(), endpoints.products());
  }

  private List<String> checkOnce(Server server) throws IOException, InterruptedException {
    return new AnswerCheck(
            settings.job(), server.contestant().protocol(), server.port(), DEGRADED_WITHIN)
        .findings();
  }

  private Map<Contestant, List<Measurement>> measure(List<Server> servers) throws IOException {
    Map<Contestant, List<Measurement>> rounds = new LinkedHashMap<>();
    for (int round = 1; round <= settings.rounds(); round++) {
      for (Server server : servers) {
        Measurement measurement = measure(server);
        server.requireAlive();
        rounds
            .computeIfAbsent(server.contestant(), contestant -> new ArrayList<>())
            .add(measurement);
        progress.printf(
            "round %d, %s: %.1f µs/request, %.0f/s, %d errors%n",
            round,
            server.contestant().name(),
            measurement.cpuMicrosPerRequest(),
            measurement.closedLoop().throughput(),
            measurement.errors());
      }
    }
    return rounds;
  }

  private Measurement measure(Server server) throws IOException {
    LoadGenerator load = load(server);
    Integer core = cores.serverCore();
    Heap heapBefore = Heap.of(server.pid(), settings.jdk(), cores);
    CoreTime coreBefore = core == null ? null : CoreTime.of(core);
    CpuUsage before = CpuUsage.of(server.pid());
    LoadResult closedLoop = load.closedLoop(settings.connections(), settings.round());
    CpuUsage.Share cpu = CpuUsage.of(server.pid()).since(before);
    Double others = core == null || coreBefore == null
        ? null
        : CoreTime.of(core).takenByOthersSince(coreBefore, cpu.nanos());
    Long allocated = allocatedSince(heapBefore, Heap.of(server.pid(), settings.jdk(), cores));
    LoadResult fixedRate =
        load.fixedRate(FIXED_RATE_CONNECTIONS, settings.rate(), settings.round());
    return new Measurement(closedLoop, cpu, allocated, others, fixedRate);
  }

  private LoadGenerator load(Server server) {
    Job job = settings.job();
    return new LoadGenerator(
        server.port(), job.healthy(server.contestant().protocol()), job.degraded());
  }

  private static @Nullable Long allocatedSince(@Nullable Heap before, @Nullable Heap after) {
    return before == null || after == null ? null : after.allocatedSince(before);
  }
}
