package dev.gatehouse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.benchmarks.load.LoadResult;
import dev.gatehouse.benchmarks.process.CpuUsage;
import dev.gatehouse.benchmarks.workload.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir
  private Path output;

  @Test
  void tablesShowMediansAndRatios() {
    assertThat(report().markdown())
        .contains("page: medians of 3 rounds of 5 s, 32 connections, server on core 0")
        .contains("| handwritten | 200.0 | 1000 | 5.00 | 9.00 |")
        .contains("| spliced | 100.0 | 1000 | 5.00 | 9.00 |")
        .contains("ratio to handwritten")
        .contains("| spliced | 0.50 | 1.00 | 1.00 | 1.00 |")
        .contains("ratio to spliced")
        .contains("| handwritten | 2.00 | 1.00 | – |");
  }

  @Test
  void theFileHoldsMediansAndRounds() throws IOException {
    Path file = report().write(Instant.parse("2026-11-22T10:11:12Z"));

    assertThat(file).hasFileName("page-2026-11-22T101112Z.json");
    assertThat(Files.readString(file))
        .contains("\"cpuMicrosPerRequest\" : 100.0", "\"rounds\" : [");
  }

  private Report report() {
    Settings settings =
        Settings.of(List.of("page"), Map.of("ROUNDS", "3", "OUT", output.toString()));
    return new Report(
        settings,
        true,
        List.of(
            standing(
                "handwritten",
                measurement(150, null),
                measurement(200, null),
                measurement(900, null)),
            standing(
                "spliced",
                measurement(100, 5000L),
                measurement(100, 5000L),
                measurement(100, 5000L))));
  }

  private static Standing standing(String name, Measurement... rounds) {
    Contestant contestant = Contestant.named(Job.PAGE, List.of(name)).get(0);
    return new Standing(
        contestant, 6, List.of(Duration.ofMillis(700)), List.of(rounds), 200L << 20);
  }

  private static Measurement measurement(long cpuMicros, Long allocated) {
    LoadResult load = new LoadResult(5_000, 0, 0, 0, 0, 5, 5_000_000, 9_000_000);
    return new Measurement(
        load, new CpuUsage.Share(cpuMicros * 1_000 * 5_000, 0, 0), allocated, 0.01, load);
  }
}
