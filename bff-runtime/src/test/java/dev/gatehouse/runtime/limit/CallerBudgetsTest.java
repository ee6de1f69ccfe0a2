package dev.gatehouse.runtime.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.config.RateSettings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** With a clock that the test moves. */
class CallerBudgetsTest {
  private final AtomicLong clock = new AtomicLong(-5);
  private final CallerBudgets budgets =
      new CallerBudgets(new RateSettings(10, Duration.ofSeconds(10), 20), clock::get);

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void aCallerBeginsWithAFullBucket() {
    assertThat(budgets.charge("a", 20)).isZero();
    assertThat(budgets.charge("a", 1)).isEqualTo(Duration.ofSeconds(1).toNanos());
    assertThat(budgets.charge("a", 0)).isZero();
  }

  @Test
  void theBudgetComesBackEvenlyUpToTheBurst() {
    budgets.charge("a", 20);
    pass(Duration.ofSeconds(3));
    assertThat(budgets.charge("a", 4))
        .isCloseTo(1_000_000_000L, org.assertj.core.data.Offset.offset(10L));
    assertThat(budgets.charge("a", 2)).isZero();
    pass(Duration.ofHours(1));
    assertThat(budgets.charge("a", 20)).isZero();
    assertThat(budgets.charge("a", 1)).isPositive();
  }

  @Test
  void whatIsRefusedIsNotCharged() {
    budgets.charge("a", 15);
    assertThat(budgets.charge("a", 6)).isPositive();
    assertThat(budgets.charge("a", 5)).isZero();
  }

  @Test
  void whatCostsMoreThanABucketIsPaidForAfterwards() {
    assertThat(budgets.charge("a", 50)).isZero();
    assertThat(budgets.charge("a", 1)).isEqualTo(Duration.ofSeconds(31).toNanos());
    pass(Duration.ofSeconds(32));
    assertThat(budgets.charge("a", 1)).isZero();
    assertThat(budgets.charge("a", 50)).isPositive();
  }

  @Test
  void callersDoNotPayForEachOther() {
    budgets.charge("a", 20);
    assertThat(budgets.charge("b", 20)).isZero();
  }
}
