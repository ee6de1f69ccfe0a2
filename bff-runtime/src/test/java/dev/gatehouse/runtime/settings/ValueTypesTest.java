package dev.gatehouse.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.runtime.config.AccessLogMode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypesTest {

  @ParameterizedTest
  @CsvSource({"80ms,80", "3s,3000", "2m,120000", "1h,3600000", "0,0", "5 s,5000"})
  void durationsCarryTheirUnit(String text, long millis) {
    Duration duration = ValueTypes.duration(Duration.ZERO, Duration.ofHours(2)).read(text);

    assertThat(duration).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-1s", "3S", "1.5s", "3h", "999999999999999999h", "s"})
  void whatIsNoDurationIsRefused(String text) {
    assertThatThrownBy(
            () -> ValueTypes.duration(Duration.ZERO, Duration.ofHours(2)).read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: 0 to 2h, such as 80ms, 3s or 2m)");
  }

  @ParameterizedTest
  @CsvSource({"512,512", "0,0", "16KiB,16384", "1MiB,1048576", "1GiB,1073741824", "7B,7"})
  void sizesAreBytesOrCarryTheirUnit(String text, int bytes) {
    assertThat(ValueTypes.size(0, 1 << 30).read(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1kb", "2GiB", "-1", "1.5MiB", "true", "many"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> ValueTypes.size(0, 1 << 30).read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text + " (expected: 0 to 1GiB, such as 64KiB or 1MiB)");
  }

  @Test
  void whatIsShownCanBeReadAgain() {
    assertThat(ValueTypes.size(0, 1 << 30).show(1 << 20)).isEqualTo("1MiB");
    assertThat(ValueTypes.size(0, 1 << 30).show(1025)).isEqualTo("1025");
    assertThat(
            ValueTypes.duration(Duration.ZERO, Duration.ofHours(2)).show(Duration.ofMillis(1500)))
        .isEqualTo("1500ms");
    assertThat(ValueTypes.choice(AccessLogMode.class).show(AccessLogMode.PROBLEMS))
        .isEqualTo("problems");
  }

  @Test
  void whatYamlMakesOfABareOffIsUnderstood() {
    assertThat(ValueTypes.choice(AccessLogMode.class).read(false)).isEqualTo(AccessLogMode.OFF);
  }

  @Test
  void aTreeIsNoText() {
    assertThatThrownBy(() -> ProcessKeys.HOST.read(Map.of("a", "b")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void secretsAreShownNeitherInValuesNorInProblems() {
    Setting<Integer> pin =
        new Setting<>(Section.PROCESS, "pin", ValueTypes.number(1, 9), 1, "For this test.", true);
    Values values = new Values();

    values.put(pin, "", "4711", Origin.COMMAND_LINE);
    assertThat(values.get(pin, "")).isEqualTo(1);
    values.put(pin, "", "7", Origin.COMMAND_LINE);
    assertThat(values.get(pin, "")).isEqualTo(7);

    assertThat(values.problems()).containsExactly("--set: pin: *** (expected: 1 to 9)");
    assertThat(values.effective()).containsExactly(new EffectiveValue("pin", "***", "--set"));
  }
}
