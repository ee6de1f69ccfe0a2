package dev.gatehouse.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.testing.OpenedDoor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks of both protocols of subscriptions, sentence by sentence, and their own clients. They need Node.js, and npm the first time. */
class SubscriptionAuditTest {
  private static final NodeSuite SUITE = new NodeSuite("subscriptions");

  @Test
  void noCheckOfGraphqlTransportWsFails() throws Exception {
    assumeTrue(SUITE.isInstalled(), "node or the suite's packages cannot be had");
    try (OpenedDoor door = OpenedDoor.open(Ticker.door())) {
      List<String> lines = SUITE.run(
          120,
          Map.of(),
          "node",
          "graphql-ws-audit.mjs",
          "ws://127.0.0.1:" + door.client().port() + "/graphql");

      assertThat(lines).last().asString().isEqualTo("42 passed, 0 failed, 0 skipped");
    }
  }
}
