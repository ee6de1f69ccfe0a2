package dev.gatehouse.benchmarks;

import dev.gatehouse.benchmarks.gatehouse.GatehousePage;
import dev.gatehouse.benchmarks.handwritten.Handwritten;
import dev.gatehouse.benchmarks.spliced.Spliced;
import java.util.List;

/**
 * A server to measure: a class with a {@code main} that listens on the port in {@code PORT} and finds the services as
 * {@link dev.gatehouse.benchmarks.workload.Endpoints#fromEnvironment()} reads them.
 *
 * @param name how it is called on the command line and in tables
 * @param mainClass the class with the {@code main}
 * @param description what it stands for
 */
record Contestant(String name, Class<?> mainClass, String description) {
  /** The contestants that others are compared with, if they run. */
  static final List<String> REFERENCES = List.of("handwritten", "spliced");

  /** All there are, in the order in which they take turns. A further contestant is one more line. */
  static final List<Contestant> ALL = List.of(
      new Contestant("gatehouse", GatehousePage.class, "a BFF with a REST door"),
      new Contestant("handwritten", Handwritten.class, "vertx-web, WebClient, JsonObject"),
      new Contestant("spliced", Spliced.class, "vertx-core alone, upstream bytes spliced by hand"));

  /**
   * Finds contestants by name.
   *
   * @throws IllegalArgumentException if there is none of a name
   */
  static List<Contestant> named(List<String> names) {
    return names.stream().map(Contestant::named).toList();
  }

  private static Contestant named(String name) {
    return ALL.stream()
        .filter(contestant -> contestant.name.equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("CONTESTANTS: " + name + " (expected: some of "
                + String.join(", ", ALL.stream().map(Contestant::name).toList()) + ")"));
  }
}
