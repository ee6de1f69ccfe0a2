package dev.gatehouse.runtime.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.policy.BreakerPolicy;
import dev.gatehouse.runtime.policy.LimitPolicy;
import dev.gatehouse.runtime.policy.LimitPolicy.Adaptive;
import dev.gatehouse.runtime.policy.LimitPolicy.Algorithm;
import dev.gatehouse.runtime.policy.OutlierPolicy;
import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that have less time than answers take. */
class HastyCallsTest {
  private final MeshCaller caller = new MeshCaller();
  private final List<HttpServerRequest> hanging = new CopyOnWriteArrayList<>();
  private volatile boolean answers;

  @AfterEach
  void close() {
    caller.close();
  }

  private void open() {
    caller.serve("catalog", request -> {
      if (answers) {
        request.response().end("well");
      } else {
        hanging.add(request);
      }
    });
    caller
        .policies()
        .update(
            "catalog",
            before -> before
                .withBreaker(BreakerPolicy.DEFAULT
                    .withLeastCalls(2)
                    .withOpenFor(Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .withOutlier(OutlierPolicy.DEFAULT)
                .withLimit(LimitPolicy.OFF.withAdaptive(new Adaptive(Algorithm.AIMD, 1, 50))));
    caller.open();
  }

  private static UpstreamRequest within(Duration time) {
    return LayerLoop.request(Safety.SAFE, false, time);
  }

  private String breaker() {
    return caller.on(() -> {
      JsonObject told = new JsonObject();
      caller.mesh().service("catalog").describe(told);
      return told.getJsonObject("breaker").getString("state");
    });
  }

  @Test
  void whoeverHasTooLittleTimeOpensNoBreakerForOthers() {
    open();
    for (int i = 0; i < 40; i++) {
      assertThat(caller.fail("catalog", within(Duration.ofMillis(20))).failureClass())
          .isEqualTo(FailureClass.TIMED_OUT);
    }
    assertThat(breaker()).isEqualTo("closed");
    answers = true;
    assertThat(caller.text("catalog", within(Duration.ofSeconds(20)))).isEqualTo("well");
  }

  @Test
  void aServiceThatHangsOpensItByCallsThatHadTimeEnough() {
    open();
    for (int i = 0; i < 2; i++) {
      caller.fail("catalog", within(Duration.ofMillis(300)));
    }
    assertThat(breaker()).isEqualTo("open");
  }

  @Test
  void anAttemptThatHadAllOfItsOwnTimeCounts() {
    open();
    caller
        .policies()
        .update(
            "catalog",
            before -> before.withRetry(RetryPolicy.OFF.withAttemptTimeout(Duration.ofMillis(20))));
    caller.on(() -> null);
    for (int i = 0; i < 2; i++) {
      caller.fail("catalog", within(Duration.ofSeconds(20)));
    }
    assertThat(breaker()).isEqualTo("open");
  }
}
