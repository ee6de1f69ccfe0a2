package dev.gatehouse.benchmarks.jmh;

import dev.gatehouse.benchmarks.gatehouse.ProductPages;
import dev.gatehouse.dsl.graph.Graph;
import dev.gatehouse.runtime.plan.Plan;
import dev.gatehouse.runtime.plan.Planner;
import dev.gatehouse.runtime.plan.Selection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Planning the page: what the first request with a new selection pays. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PlanBenchmark {
  private final Graph page = ProductPages.PAGE.graph();
  private final Selection part = Selection.of(
      Selection.field("id"),
      Selection.field("product", Selection.of(Selection.field("name"))),
      Selection.field(
          "reviews",
          Selection.of(
              Selection.field("rating"),
              Selection.field("author", Selection.of(Selection.field("name"))))));

  @Benchmark
  public Plan whole() {
    return Planner.plan(page, null);
  }

  @Benchmark
  public Plan part() {
    return Planner.plan(page, part);
  }
}
