package dev.gatehouse.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What becomes of policies where a sidecar carries the calls. */
class SidecarPolicyTest {
  /** What the proxy does. */
  private static final Set<String> OFF =
      Set.of("balance", "outlier", "healthCheck", "retry", "hedge", "breaker", "route", "identity");
  /** What protects the BFF itself, or only an operator sets. */
  private static final Set<String> KEPT = Set.of("limit", "fault", "cache");

  @Test
  void whatTheProxyDoesIsNotDoneTwice() {
    ServicePolicy given = ServicePolicy.DEFAULT.toBuilder()
        .balance(BalancePolicy.DEFAULT.withAlgorithm(BalancePolicy.Algorithm.ROUND_ROBIN))
        .cache(CachePolicy.DEFAULT.withStored(true).withStaleIfError(Duration.ofHours(1)))
        .identity(IdentityPolicy.spiffe("spiffe://shop.example/*"))
        .hedge(new HedgePolicy(95, Duration.ofMillis(10)))
        .build();

    ServicePolicy behind = given.behindSidecar();

    assertThat(behind.outlier()).isEqualTo(OutlierPolicy.OFF);
    assertThat(behind.healthCheck()).isEqualTo(HealthCheckPolicy.OFF);
    assertThat(behind.retry()).isEqualTo(RetryPolicy.OFF);
    assertThat(behind.hedge()).isEqualTo(HedgePolicy.OFF);
    assertThat(behind.breaker()).isEqualTo(BreakerPolicy.OFF);
    assertThat(behind.route()).isEqualTo(RoutePolicy.OFF);
    assertThat(behind.identity()).isEqualTo(IdentityPolicy.HOST);
    assertThat(behind.balance()).isEqualTo(BalancePolicy.DEFAULT);
    assertThat(behind.cache()).isEqualTo(given.cache());
    assertThat(behind.limit()).isEqualTo(given.limit());
    assertThat(behind.fault()).isEqualTo(given.fault());
    assertThat(behind.behindSidecar()).isEqualTo(behind);
  }

  @Test
  void ofEveryPolicyItIsDecided() {
    Set<String> decided = new TreeSet<>(OFF);
    decided.addAll(KEPT);
    assertThat(
            Arrays.stream(ServicePolicy.class.getRecordComponents()).map(RecordComponent::getName))
        .as(
            "a policy is either off in ServicePolicy.behindSidecar() and listed here, or kept and listed here")
        .isSubsetOf(decided);
  }
}
