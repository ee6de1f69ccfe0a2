package dev.gatehouse.benchmarks;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of the report.
 *
 * @param name its head: the quantity, a comma, the unit
 * @param key its name in JSON
 * @param decimals shown
 * @param isCompared whether a ratio to the references means something
 * @param value of a contestant; null where it could not be measured
 */
record Figure(
    String name,
    String key,
    int decimals,
    boolean isCompared,
    Function<Standing, @Nullable Double> value) {

  /** All figures, in the order of their columns. */
  static List<Figure> all(int fixedRate) {
    String fixed = " at " + fixedRate + "/s, ms";
    return List.of(
        compared("CPU, µs/request", "cpuMicrosPerRequest", 1, Standing::cpuMicros),
        compared("requests/s", "requestsPerSecond", 0, Standing::throughput),
        shown("p50, ms", "p50Millis", 2, Standing::p50Millis),
        shown("p99, ms", "p99Millis", 2, Standing::p99Millis),
        shown("p50" + fixed, "fixedRateP50Millis", 2, Standing::fixedP50Millis),
        shown("p99" + fixed, "fixedRateP99Millis", 2, Standing::fixedP99Millis),
        compared(
            "allocated, KB/request",
            "allocatedKilobytesPerRequest",
            1,
            Standing::allocatedKilobytes),
        compared("memory, MB", "residentMegabytes", 0, Standing::residentMegabytes),
        compared("first answer, ms", "firstAnswerMillis", 0, Standing::firstAnswerMillis),
        shown("upstream calls", "upstreamCalls", 1, Standing::upstreamCalls),
        shown("JIT, %", "compilingPercent", 1, Standing::compilingPercent),
        shown("others, %", "othersPercent", 0, Standing::othersPercent),
        shown("errors", "errors", 0, standing -> (double) standing.errors()));
  }

  @Nullable Double of(Standing standing) {
    return value.apply(standing);
  }

  /** The head without its unit. */
  String quantity() {
    int comma = name.indexOf(',');
    return comma < 0 ? name : name.substring(0, comma);
  }

  private static Figure compared(
      String name, String key, int decimals, Function<Standing, @Nullable Double> value) {
    return new Figure(name, key, decimals, true, value);
  }

  private static Figure shown(
      String name, String key, int decimals, Function<Standing, @Nullable Double> value) {
    return new Figure(name, key, decimals, false, value);
  }
}
