package dev.gatehouse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
class HarnessIT {
  @TempDir
  private Path output;

  /** Speed is not looked at: only that each contestant does its job, and that the harness sees it do so. */
  @ParameterizedTest
  @CsvSource({
    "page, gatehouse, 6",
    "page, spliced, 6",
    "proxy, handwritten, 1",
    "query, gatehouse-graphql, 5",
    "list, gatehouse-rest, 42",
    "list, handwritten-graphql, 42"
  })
  void aContestantIsMeasured(String job, String contestant, double upstreamCalls) throws Exception {
    Map<String, String> environment = Map.of(
        "CONTESTANTS",
        contestant,
        "STARTS",
        "1",
        "ROUNDS",
        "1",
        "SECONDS_PER_ROUND",
        "1",
        "WARM",
        "1",
        "RATE",
        "20",
        "OUT",
        output.toString());
    Settings settings = Settings.of(List.of(job), environment);

    JsonObject report;
    try (PrintStream quiet = new PrintStream(OutputStream.nullOutputStream())) {
      report = Harness.run(settings, quiet).json();
    }

    JsonObject measured = report.getJsonArray("contestants").getJsonObject(0);
    assertThat(measured.getString("name")).isEqualTo(contestant);
    JsonObject medians = measured.getJsonObject("medians");
    assertThat(medians.getDouble("upstreamCalls")).isEqualTo(upstreamCalls);
    assertThat(medians.getDouble("cpuMicrosPerRequest")).isPositive();
    assertThat(medians.getDouble("firstAnswerMillis")).isPositive();
    assertThat(medians.getDouble("residentMegabytes")).isPositive();
  }
}
