package dev.gatehouse.benchmarks;

import dev.gatehouse.benchmarks.gatehouse.GatehousePage;
import dev.gatehouse.benchmarks.gatehouse.GatehouseQuery;
import dev.gatehouse.benchmarks.handwritten.Handwritten;
import dev.gatehouse.benchmarks.handwritten.HandwrittenGraphql;
import dev.gatehouse.benchmarks.spliced.Spliced;
import dev.gatehouse.benchmarks.workload.Job;
import dev.gatehouse.benchmarks.workload.Protocol;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A server to measure: a class with a {@code main} that listens on the port in {@code PORT} and finds the services as
 * {@link dev.gatehouse.benchmarks.workload.Endpoints#fromEnvironment()} reads them.
 *
 * @param name how it is called on the command line and in tables
 * @param mainClass the class with the {@code main}
 * @param description what it stands for
 * @param protocol how it is asked
 * @param jobs what it does
 * @param reference whether others are compared with it, if it runs
 */
record Contestant(
    String name,
    Class<?> mainClass,
    String description,
    Protocol protocol,
    Set<Job> jobs,
    boolean reference) {
  private static final Set<Job> PAGES = EnumSet.of(Job.PROXY, Job.PAGE);
  private static final Set<Job> QUERIES = EnumSet.of(Job.QUERY, Job.LIST);

  /** All there are, in the order in which they take turns. A further contestant is one more line. */
  static final List<Contestant> ALL = List.of(
      new Contestant(
          "gatehouse", GatehousePage.class, "a BFF with a REST door", Protocol.REST, PAGES, false),
      new Contestant(
          "gatehouse-graphql",
          GatehouseQuery.class,
          "a BFF with a GraphQL door",
          Protocol.GRAPHQL,
          QUERIES,
          false),
      new Contestant(
          "gatehouse-rest",
          GatehouseQuery.class,
          "the same BFF by its REST door",
          Protocol.REST,
          QUERIES,
          true),
      new Contestant(
          "handwritten",
          Handwritten.class,
          "vertx-web, WebClient, JsonObject",
          Protocol.REST,
          PAGES,
          true),
      new Contestant(
          "handwritten-graphql",
          HandwrittenGraphql.class,
          "vertx-web, GraphQL Java, DataLoader, WebClient, documents cached",
          Protocol.GRAPHQL,
          QUERIES,
          true),
      new Contestant(
          "spliced",
          Spliced.class,
          "vertx-core alone, upstream bytes spliced by hand",
          Protocol.REST,
          PAGES,
          true));

  /** Those who do a job. */
  static List<Contestant> doing(Job job) {
    return ALL.stream().filter(contestant -> contestant.jobs.contains(job)).toList();
  }

  /**
   * Finds contestants by name.
   *
   * @throws IllegalArgumentException if none of that name does the job
   */
  static List<Contestant> named(Job job, List<String> names) {
    return names.stream().map(name -> named(job, name)).toList();
  }

  private static Contestant named(Job job, String name) {
    return doing(job).stream()
        .filter(contestant -> contestant.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("CONTESTANTS: " + name
            + " (expected: some of "
            + String.join(", ", doing(job).stream().map(Contestant::name).toList()) + ")"));
  }
}
