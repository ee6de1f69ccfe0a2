package dev.gatehouse.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.runtime.policy.FaultPolicy.Abort;
import dev.gatehouse.runtime.policy.FaultPolicy.Rule;
import dev.gatehouse.runtime.policy.LimitPolicy.Adaptive;
import dev.gatehouse.runtime.policy.LimitPolicy.Algorithm;
import dev.gatehouse.runtime.policy.LimitPolicy.Rate;
import dev.gatehouse.runtime.policy.RetryPolicy.Budget;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class PoliciesTest {
  private static void refused(Callable<?> made, String message) {
    assertThatIllegalArgumentException().isThrownBy(made::call).withMessage(message);
  }

  @Test
  void whatNobodyCanActByIsRefused() {
    refused(() -> RetryPolicy.DEFAULT.withAttempts(0), "attempts: 0 (expected: 1 to 100)");
    refused(
        () -> RetryPolicy.DEFAULT.withStatuses(Set.of(200)),
        "statuses: 200 (expected: 400 to 599)");
    refused(
        () -> RetryPolicy.DEFAULT.withAttemptTimeout(Duration.ofMillis(-1)),
        "attemptTimeout: PT-0.001S (expected: PT0S to PT24H)");
    refused(() -> new Budget(101, 0), "percent: 101 (expected: 0 to 100)");
    refused(() -> new HedgePolicy(100, Duration.ZERO), "percentile: 100 (expected: 0 to 99)");
    refused(() -> BreakerPolicy.DEFAULT.withProbes(0), "probes: 0 (expected: 1 to 2147483647)");
    refused(
        () -> new Rate(1, Duration.ZERO, 1, Duration.ZERO),
        "interval: PT0S (expected: PT0.001S to PT24H)");
    refused(() -> new Adaptive(Algorithm.AIMD, 9, 5), "most: 5 (expected: 9 to 2147483647)");
    refused(() -> new Abort(200), "status: 200 (expected: 400 to 599)");
    refused(
        () -> new Rule(null, null, Double.NaN, Duration.ZERO, null),
        "percent: NaN (expected: more than 0, and at most 100)");
  }

  @Test
  void aStoreTellsWhatWasChangedAndKeepsTheRest() {
    PolicyStore policies = new PolicyStore();
    policies.begin("catalog", ServicePolicy.OFF);
    policies.begin("catalog", ServicePolicy.DEFAULT);
    policies.update("catalog", policy -> policy.withHedge(new HedgePolicy(95, Duration.ZERO)));

    ServicePolicy policy = policies.current("catalog").policy();
    assertThat(policy.retry()).isEqualTo(RetryPolicy.OFF);
    assertThat(policy.hedge().percentile()).isEqualTo(95);
    assertThat(policies.current("catalog").version()).isEqualTo(2);
    assertThat(policies.services()).containsExactly("catalog");
    assertThat(policies.current("pricing").policy()).isEqualTo(ServicePolicy.DEFAULT);
  }

  @Test
  void theLastWordAboutAPartHolds() {
    PolicyStore policies = new PolicyStore();
    HedgePolicy hedge = new HedgePolicy(95, Duration.ZERO);
    policies.begin("catalog", ServicePolicy.DEFAULT);
    policies.update("catalog", policy -> policy.withHedge(hedge).withRetry(RetryPolicy.OFF));

    policies.configure("catalog", ServicePolicy.DEFAULT.withBreaker(BreakerPolicy.OFF));
    assertThat(policies.current("catalog").policy())
        .isEqualTo(ServicePolicy.DEFAULT
            .withHedge(hedge)
            .withRetry(RetryPolicy.OFF)
            .withBreaker(BreakerPolicy.OFF));
    assertThat(policies.current("catalog").version()).isEqualTo(3);
    assertThat(policies.configured("catalog").breaker()).isEqualTo(BreakerPolicy.OFF);

    policies.configure("catalog", policies.configured("catalog"));
    assertThat(policies.current("catalog").version()).isEqualTo(3);
    HedgePolicy other = new HedgePolicy(99, Duration.ZERO);
    policies.configure("catalog", ServicePolicy.DEFAULT.withHedge(other));
    assertThat(policies.current("catalog").policy())
        .isEqualTo(ServicePolicy.DEFAULT.withHedge(other).withRetry(RetryPolicy.OFF));
  }

  @Test
  void whatWasSetBeforeTheConfigurationSpokeHoldsUntilThatChanges() {
    PolicyStore policies = new PolicyStore();
    policies.update("catalog", policy -> policy.withRetry(RetryPolicy.OFF));
    policies.begin("catalog", ServicePolicy.DEFAULT);
    assertThat(policies.current("catalog").policy().retry()).isEqualTo(RetryPolicy.OFF);
    assertThat(policies.current("catalog").version()).isEqualTo(1);

    policies.configure("catalog", ServicePolicy.DEFAULT.withBreaker(BreakerPolicy.OFF));
    assertThat(policies.current("catalog").policy())
        .isEqualTo(ServicePolicy.DEFAULT.withRetry(RetryPolicy.OFF).withBreaker(BreakerPolicy.OFF));
    assertThat(policies.configured("pricing")).isEqualTo(ServicePolicy.DEFAULT);
  }
}
