package dev.gatehouse.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {

  @Test
  void theMiddleOfAnOddNumberIsOneOfThem() {
    assertThat(Median.of(List.of(90.0, 1.0, 3.0), x -> x)).isEqualTo(3.0);
  }

  @Test
  void theMiddleOfAnEvenNumberIsBetweenTwo() {
    assertThat(Median.of(List.of(4.0, 1.0, 2.0, 90.0), x -> x)).isEqualTo(3.0);
  }

  @Test
  void whatHasNoFigureDoesNotCount() {
    assertThat(Median.of(List.of(1.0, 2.0, 3.0), x -> x > 2 ? x : null)).isEqualTo(3.0);
    assertThat(Median.of(List.of(1.0), x -> null)).isNull();
  }
}
