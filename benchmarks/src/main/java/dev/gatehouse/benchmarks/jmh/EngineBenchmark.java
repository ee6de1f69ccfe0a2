package dev.gatehouse.benchmarks.jmh;

import dev.gatehouse.benchmarks.gatehouse.ProductPages;
import dev.gatehouse.dsl.Caller;
import dev.gatehouse.runtime.engine.Answer;
import dev.gatehouse.runtime.engine.CallObserver;
import dev.gatehouse.runtime.engine.Compositions;
import dev.gatehouse.runtime.engine.Inputs;
import dev.gatehouse.runtime.plan.Plan;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The whole page from six answers in memory to its bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EngineBenchmark {
  private static final int PRODUCT = 1;

  private final Vertx vertx = Vertx.vertx();
  private final Compositions compositions =
      new Compositions(vertx, new MemoryUpstreams(PageBodies.of(PRODUCT)), 10, CallObserver.NONE);
  private final Plan plan = compositions.plan(ProductPages.PAGE, null);
  private final byte[] id = Integer.toString(PRODUCT).getBytes(StandardCharsets.US_ASCII);
  private @Nullable Answer answer;

  @Benchmark
  public Answer page() {
    answer = null;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    compositions.run(
        plan,
        new Inputs(id, List.of(), Caller.ANONYMOUS, deadline, List.of()),
        done -> answer = done);
    Answer whole = answer;
    if (whole == null || whole.json() == null) {
      throw new IllegalStateException(
          "page: no answer (expected: one at once, as nothing is to be waited for)");
    }
    return whole;
  }

  @TearDown
  public void close() {
    vertx.close().await();
  }
}
