package dev.gatehouse.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HistogramTest {
  private final Histogram histogram = new Histogram();

  @Test
  void anEmptyOneAnswersZero() {
    assertThat(histogram.total()).isZero();
    assertThat(histogram.percentile(0.5)).isZero();
  }

  @Test
  void shortDurationsAreExact() {
    for (int nanos = 1; nanos <= 50; nanos++) {
      histogram.record(nanos);
    }

    assertThat(histogram.percentile(0.5)).isEqualTo(25);
    assertThat(histogram.percentile(0.99)).isEqualTo(50);
    assertThat(histogram.percentile(1)).isEqualTo(50);
  }

  @Test
  void longDurationsAreRightToOneBucket() {
    for (int micros = 1; micros <= 100_000; micros++) {
      histogram.record(micros * 1_000L);
    }

    assertThat(histogram.percentile(0.5)).isCloseTo(50_000_000L, Percentage.withPercentage(1.6));
    assertThat(histogram.percentile(0.99)).isCloseTo(99_000_000L, Percentage.withPercentage(1.6));
  }

  @Test
  void everyDurationIsItsOwnMedianWithinABucket() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 10_000; i++) {
      long nanos = random.nextLong(1L << random.nextInt(1, 62));
      Histogram one = new Histogram();
      one.record(nanos);

      assertThat(one.percentile(0.5)).isCloseTo(nanos, within(nanos / 64));
    }
  }

  @Test
  void aNegativeDurationCountsAsZero() {
    histogram.record(-5);

    assertThat(histogram.percentile(0.5)).isZero();
  }
}
