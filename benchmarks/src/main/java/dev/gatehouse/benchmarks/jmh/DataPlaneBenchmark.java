package dev.gatehouse.benchmarks.jmh;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.gatehouse.runtime.json.JsonScanner;
import java.io.IOException;
import java.util.List;
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

/** Crossing all bodies of a page once, every byte checked: the scanner against Jackson's streaming parser. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DataPlaneBenchmark {
  private final List<byte[]> bodies = PageBodies.of(1).all();
  private final JsonFactory jackson = new JsonFactory();

  @Benchmark
  public int scanner() {
    int bytes = 0;
    for (byte[] body : bodies) {
      JsonScanner scanner = new JsonScanner(body, 0, body.length);
      scanner.value();
      scanner.end();
      bytes += scanner.position();
    }
    return bytes;
  }

  @Benchmark
  public int jackson() throws IOException {
    int tokens = 0;
    for (byte[] body : bodies) {
      try (JsonParser parser = jackson.createParser(body)) {
        while (parser.nextToken() != null) {
          // Jackson checks a string only when it is asked to finish it.
          parser.finishToken();
          tokens++;
        }
      }
    }
    return tokens;
  }
}
