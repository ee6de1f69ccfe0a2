package dev.gatehouse.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.policy.BalancePolicy;
import dev.gatehouse.runtime.policy.BalancePolicy.HashKey;
import dev.gatehouse.runtime.policy.BreakerPolicy;
import dev.gatehouse.runtime.policy.FaultPolicy;
import dev.gatehouse.runtime.policy.FaultPolicy.Abort;
import dev.gatehouse.runtime.policy.FaultPolicy.Rule;
import dev.gatehouse.runtime.policy.HealthCheckPolicy;
import dev.gatehouse.runtime.policy.HedgePolicy;
import dev.gatehouse.runtime.policy.LimitPolicy;
import dev.gatehouse.runtime.policy.LimitPolicy.Adaptive;
import dev.gatehouse.runtime.policy.LimitPolicy.Algorithm;
import dev.gatehouse.runtime.policy.LimitPolicy.Concurrency;
import dev.gatehouse.runtime.policy.LimitPolicy.Rate;
import dev.gatehouse.runtime.policy.OutlierPolicy;
import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.policy.RetryPolicy.Budget;
import dev.gatehouse.runtime.policy.ServicePolicy;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResilienceKeysTest {
  private static JsonObject config(String catalog) {
    return new JsonObject("{\"services\": {\"catalog\": " + catalog + "}}");
  }

  private static ServicePolicy policy(JsonObject config) {
    return SettingsLoader.ofDeployment(config, "web").services().get("catalog").policy();
  }

  private static List<String> problems(JsonObject config) {
    return catchThrowableOfType(ConfigurationException.class, () -> policy(config))
        .problems();
  }

  @Test
  void whereNothingIsGivenTheDefaultsHold() {
    ServicePolicy policy = policy(config("{\"endpoints\": \"http://catalog\"}"));
    assertThat(policy.retry()).isEqualTo(RetryPolicy.DEFAULT);
    assertThat(policy.hedge()).isEqualTo(HedgePolicy.OFF);
    assertThat(policy.breaker()).isEqualTo(BreakerPolicy.DEFAULT);
    assertThat(policy.limit()).isEqualTo(LimitPolicy.OFF);
    assertThat(policy.fault()).isEqualTo(FaultPolicy.OFF);
  }

  @Test
  void everyKeyIsRead() {
    ServicePolicy policy = policy(config("""
        {"endpoints": "http://catalog",
         "retry": {"attempts": 2, "attempt-timeout": "80ms", "statuses": [500, 503], "backoff": "1ms", "max-backoff": "2ms",
                   "budget": {"percent": 20, "least": 3}},
         "hedge": {"percentile": 95, "least": "5ms"},
         "breaker": {"failure-percent": 60, "least-calls": 7, "window": "5s", "open-for": "2s", "max-open-for": "9s", "probes": 2},
         "limit": {"rate": {"calls": 100, "interval": "1m", "burst": 5, "max-wait": "50ms"},
                   "concurrency": {"calls": 8, "queue": 9},
                   "adaptive": {"algorithm": "gradient", "least": 4, "most": 40}}}
        """));
    assertThat(policy.retry())
        .isEqualTo(new RetryPolicy(
            2,
            Duration.ofMillis(80),
            Set.of(500, 503),
            Duration.ofMillis(1),
            Duration.ofMillis(2),
            new Budget(20, 3)));
    assertThat(policy.hedge()).isEqualTo(new HedgePolicy(95, Duration.ofMillis(5)));
    assertThat(policy.breaker())
        .isEqualTo(new BreakerPolicy(
            60, 7, Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(9), 2));
    assertThat(policy.limit())
        .isEqualTo(new LimitPolicy(
            new Rate(100, Duration.ofMinutes(1), 5, Duration.ofMillis(50)),
            new Concurrency(8, 9),
            new Adaptive(Algorithm.GRADIENT, 4, 40)));
  }

  @Test
  void everyKeyOfTheChoiceOfInstancesIsRead() {
    ServicePolicy policy = policy(config("""
        {"endpoints": "http://catalog",
         "balance": {"algorithm": "ring-hash", "key": "header:x-cart", "slow-start": "3s", "any-for-empty-subset": true},
         "outlier": {"consecutive-failures": 2, "interval": "4s", "least-instances": 3, "least-calls": 6, "deviations": 1000,
                     "eject-for": "7s", "max-eject-for": "8s", "probes": 9, "max-ejected-percent": 11, "panic-percent": 12},
         "health-check": {"path": "/health", "interval": "13s", "timeout": "14s", "healthy-after": 15, "unhealthy-after": 16}}
        """).put("zone", "eu-1a"));
    assertThat(policy.balance())
        .isEqualTo(new BalancePolicy(
            BalancePolicy.Algorithm.RING_HASH,
            new HashKey(HashKey.Source.HEADER, "x-cart"),
            "eu-1a",
            Duration.ofSeconds(3),
            true));
    assertThat(policy.outlier())
        .isEqualTo(new OutlierPolicy(
            2,
            Duration.ofSeconds(4),
            3,
            6,
            1000,
            Duration.ofSeconds(7),
            Duration.ofSeconds(8),
            9,
            11,
            12));
    assertThat(policy.healthCheck())
        .isEqualTo(new HealthCheckPolicy(
            "/health", Duration.ofSeconds(13), Duration.ofSeconds(14), 15, 16));
  }

  @Test
  void noStatusIsTriedAgainWhereNoneIsNamed() {
    assertThat(policy(
                config("{\"endpoints\": \"http://catalog\", \"retry\": {\"statuses\": \"none\"}}"))
            .retry()
            .statuses())
        .isEmpty();
  }

  @Test
  void whatDoesNotFitIsTold() {
    assertThat(problems(config("""
        {"endpoints": "http://catalog", "retry": {"statuses": [200], "attempts": 0},
         "limit": {"adaptive": {"least": 300}}}
        """)))
        .containsExactlyInAnyOrder(
            "deployment configuration: services.catalog.retry.statuses: [200] (expected: statuses from 400 to 599, such as 502,503; or none)",
            "deployment configuration: services.catalog.retry.attempts: 0 (expected: 1 to 10)",
            "services.catalog.limit.adaptive.least: 300 (expected: at most services.catalog.limit.adaptive.most, which is 200)");
  }

  @Test
  void faultsAreForDevelopmentOnly() {
    JsonObject config = config(
        "{\"endpoints\": \"http://catalog\", \"fault\": {\"delay\": \"20ms\", \"abort\": 503, \"percent\": 5}}");
    assertThat(problems(config))
        .containsExactly(
            "services.catalog.fault.abort: set, but development is false (expected: nothing; faults are injected by PUT"
                + " /mesh/services/catalog/faults on the operator's listener)");
    assertThat(policy(config.copy().put("development", true)).fault())
        .isEqualTo(new FaultPolicy(
            List.of(new Rule(null, null, 5, Duration.ofMillis(20), new Abort(503))), null));
    config
        .getJsonObject("services")
        .getJsonObject("catalog")
        .getJsonObject("fault")
        .put("abort", 200);
    assertThat(problems(config.put("development", true)))
        .containsExactly("services.catalog.fault.abort: 200 (expected: 0, or 400 to 599)");
  }
}
