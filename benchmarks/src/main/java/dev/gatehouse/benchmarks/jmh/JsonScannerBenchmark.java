package dev.gatehouse.benchmarks.jmh;

import dev.gatehouse.benchmarks.spliced.JsonScanner;
import dev.gatehouse.benchmarks.workload.Shop;
import io.vertx.core.json.JsonObject;
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

/** What it costs to walk over a product page of 5 KB: with the hand-written scanner, and by parsing it into a tree. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JsonScannerBenchmark {
  private final byte[] page = new Shop().page(7, true).toBuffer().getBytes();
  private final String text = new Shop().page(7, true).encode();

  /** Counts the members of the page, going past their values. */
  @Benchmark
  public int scan() {
    JsonScanner scanner = new JsonScanner(page, 0);
    scanner.enter();
    int members = 0;
    while (scanner.nextMember()) {
      members++;
    }
    return members;
  }

  /** The same by way of a tree. */
  @Benchmark
  public int parse() {
    return new JsonObject(text).size();
  }
}
