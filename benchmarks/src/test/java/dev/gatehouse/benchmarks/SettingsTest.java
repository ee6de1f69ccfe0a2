package dev.gatehouse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.benchmarks.workload.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void whatIsNotSetHasADefault() {
    Settings settings = Settings.of(List.of("page"), Map.of());

    assertThat(settings.job()).isEqualTo(Job.PAGE);
    assertThat(settings.contestants())
        .extracting(Contestant::name)
        .containsExactly("gatehouse", "handwritten", "spliced");
    assertThat(settings.rate()).isEqualTo(300);
    assertThat(settings.round()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.jdk()).isEqualTo(Path.of(System.getProperty("java.home")));
  }

  @Test
  void theEnvironmentSets() {
    Settings settings = Settings.of(
        List.of("proxy"),
        Map.of("CONTESTANTS", "spliced, handwritten", "ROUNDS", "7", "WARM", "2", "RATE", "50"));

    assertThat(settings.contestants())
        .extracting(Contestant::name)
        .containsExactly("spliced", "handwritten");
    assertThat(settings.rounds()).isEqualTo(7);
    assertThat(settings.warmUp()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.rate()).isEqualTo(50);
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(List.of("graph"), Map.of()))
        .withMessage("job: graph (expected: proxy, page, query, list)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(List.of(), Map.of()))
        .withMessage("job: none (expected: proxy, page, query, list)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(List.of("page"), Map.of("ROUNDS", "0")))
        .withMessage("ROUNDS: 0 (expected: at least 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(List.of("page"), Map.of("ROUNDS", "many")))
        .withMessage("ROUNDS: many (expected: a whole number)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(List.of("page"), Map.of("CONTESTANTS", "nobody")))
        .withMessageStartingWith(
            "CONTESTANTS: nobody (expected: some of gatehouse, handwritten, spliced");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(List.of("page", "--jdk", "/nowhere"), Map.of()))
        .withMessage("--jdk: /nowhere (expected: the home of a JDK, with bin/java)");
  }
}
