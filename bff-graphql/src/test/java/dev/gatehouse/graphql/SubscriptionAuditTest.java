package dev.gatehouse.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.NodePackage;
import dev.gatehouse.testing.OpenedDoor;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks of both protocols of subscriptions, sentence by sentence, and their own clients. They need Node.js, and npm the first time. */
class SubscriptionAuditTest {
  private static final Path SUITE = Path.of("src/test/node/subscriptions");

  @Test
  void noCheckOfGraphqlTransportWsFails() throws Exception {
    NodePackage node = NodePackage.install(SUITE);
    try (OpenedDoor door = OpenedDoor.open(Ticker.door())) {
      NodePackage.Result audit = node.run(
          Map.of(),
          120,
          "node",
          "graphql-ws-audit.mjs",
          "ws://127.0.0.1:" + door.client().port() + "/graphql");

      assertThat(audit.lines()).last().asString().isEqualTo("42 passed, 0 failed, 0 skipped");
    }
  }

  @Test
  void noCheckOfGraphqlSseFails() throws Exception {
    NodePackage node = NodePackage.install(SUITE);
    try (OpenedDoor door = OpenedDoor.open(Ticker.door())) {
      NodePackage.Result audit = node.run(
          Map.of(),
          120,
          "node",
          "graphql-sse-audit.mjs",
          "http://127.0.0.1:" + door.client().port() + "/graphql",
          "--header",
          "graphql-require-preflight: 1");

      assertThat(audit.lines()).last().asString().isEqualTo("15 passed, 0 failed");
    }
  }
}
