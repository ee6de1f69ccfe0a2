package dev.gatehouse.benchmarks;

import dev.gatehouse.benchmarks.workload.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to measure, and how long.
 *
 * @param job what the contestants are asked for
 * @param jdk the home of the JDK that they run on
 * @param contestants who takes part
 * @param starts how often each is started for the time to its first answer
 * @param rounds how many measurements each gets, by turns
 * @param warmUp the least CPU time of the server before the first measurement; up to four times as much until the JIT
 *     is quiet
 * @param round how long one measurement lasts
 * @param connections in the closed loop
 * @param rate requests per second at the fixed rate
 * @param serverCore the number of the core for the server under test
 * @param loadCore the number of the core for everything else
 * @param output the directory for logs and results
 */
record Settings(
    Job job,
    Path jdk,
    List<Contestant> contestants,
    int starts,
    int rounds,
    Duration warmUp,
    Duration round,
    int connections,
    int rate,
    int serverCore,
    int loadCore,
    Path output) {

  static final String USAGE = """
      usage: benchmarks/run page|proxy|query|list [--jdk HOME]

      page   the product page of six upstream calls
      proxy  one product, passed through
      query  a product as a GraphQL query, five upstream calls
      list   twenty products as a GraphQL query, 42 upstream calls

      environment:
        CONTESTANTS        names, separated by spaces         (all)
        ROUNDS             measurements of each contestant    (5)
        SECONDS_PER_ROUND  each half of one measurement       (5)
        WARM               least CPU seconds of warm-up       (12)
        STARTS             starts, for the first answer       (3)
        CONNECTIONS        in the closed loop                 (32)
        RATE               requests per second, fixed rate    (by job: 50 to 1000)
        TRANSPORT          of all contestants: native or nio  (native)
        SERVER_CORE        core of the server under test      (0)
        LOAD_CORE          core of load and services          (1)
        OUT                directory for logs and results     (benchmarks/out)
      """;

  /**
   * Reads the command line and the environment.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  static Settings of(List<String> arguments, Map<String, String> environment) {
    Path jdk = Path.of(System.getProperty("java.home"));
    Job job = null;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--jdk") && i + 1 < arguments.size()) {
        jdk = jdk(arguments.get(++i));
      } else {
        job = Job.named(argument);
      }
    }
    if (job == null) {
      throw new IllegalArgumentException("job: none (expected: " + Job.names() + ")");
    }
    String names = environment.get("CONTESTANTS");
    return new Settings(
        job,
        jdk,
        names == null
            ? Contestant.doing(job)
            : Contestant.named(job, Arrays.asList(names.strip().split("[\\s,]+", -1))),
        number(environment, "STARTS", 3, 1),
        number(environment, "ROUNDS", 5, 1),
        Duration.ofSeconds(number(environment, "WARM", 12, 1)),
        Duration.ofSeconds(number(environment, "SECONDS_PER_ROUND", 5, 1)),
        number(environment, "CONNECTIONS", 32, 1),
        number(environment, "RATE", job.defaultRate(), 1),
        number(environment, "SERVER_CORE", 0, 0),
        number(environment, "LOAD_CORE", 1, 0),
        Path.of(environment.getOrDefault("OUT", "benchmarks/out")));
  }

  Path java() {
    return jdk.resolve("bin/java");
  }

  private static Path jdk(String home) {
    Path jdk = Path.of(home);
    if (!jdk.resolve("bin/java").toFile().canExecute()) {
      throw new IllegalArgumentException(
          "--jdk: " + home + " (expected: the home of a JDK, with bin/java)");
    }
    return jdk;
  }

  private static int number(
      Map<String, String> environment, String name, int byDefault, int least) {
    @Nullable String value = environment.get(name);
    if (value == null) {
      return byDefault;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: a whole number)", e);
    }
    throw new IllegalArgumentException(name + ": " + value + " (expected: at least " + least + ")");
  }
}
