package dev.gatehouse.runtime.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
  }

  @Test
  void everyRoundOfTheRehearsalIsAnswered() throws Exception {
    Rehearsal rehearsal = new Rehearsal(Duration.ofMinutes(1));

    get(vertx.deployVerticle(rehearsal));

    assertThat(get(rehearsal.ended())).isEqualTo(100);
  }

  @Test
  void nothingOfItIsLeft() throws Exception {
    get(WarmUp.of(vertx, Duration.ofMinutes(1)));

    assertThat(vertx.deploymentIDs()).isEmpty();
  }

  @Test
  void anExhaustedBudgetEndsItWithoutAFailure() throws Exception {
    Rehearsal rehearsal = new Rehearsal(Duration.ofNanos(1));

    get(vertx.deployVerticle(rehearsal));

    assertThat(get(rehearsal.ended())).isZero();
  }

  @Test
  void zeroIsNoWarmUp() {
    assertThat(WarmUp.of(vertx, Duration.ZERO).succeeded()).isTrue();
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
  }
}
