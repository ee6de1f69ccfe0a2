package dev.gatehouse.runtime.mesh.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.mesh.layer.Levels;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class AnswerStoreTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void theMemoryThatABffTakesIsShownOnce() {
    Levels levels = new Levels(meters);
    AnswerStore store = new AnswerStore();

    store.meter(levels, "web");
    store.meter(levels, "web");
    assertThat(meters.getMeters()).hasSize(1);
    assertThat(gauge().value()).isZero();

    keep(store);
    assertThat(gauge().value()).isEqualTo(store.bytes()).isPositive();
  }

  @Test
  void aBffThatIsDeployedAgainShowsItsNewStore() {
    AnswerStore before = new AnswerStore();
    AnswerStore after = new AnswerStore();
    keep(after);

    before.meter(new Levels(meters), "web");
    after.meter(new Levels(meters), "web");

    assertThat(meters.getMeters()).hasSize(1);
    assertThat(gauge().value()).isEqualTo(after.bytes()).isPositive();
  }

  private static void keep(AnswerStore store) {
    CallKey key = CallKey.of("catalog", LayerLoop.safe());
    StoredAnswer answer =
        new StoredAnswer(200, MultiMap.caseInsensitiveMultiMap(), new byte[9], 0, 60, 0, -1, true);
    assertThat(store.put(key, answer, store.epoch(key))).isTrue();
  }

  private Gauge gauge() {
    return meters.get("gatehouse.mesh.cache.bytes").tag("bff", "web").gauge();
  }
}
