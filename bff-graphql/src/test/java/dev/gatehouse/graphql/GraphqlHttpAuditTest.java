package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.config.GraphqlSettings.Introspection;
import dev.gatehouse.testing.NodePackage;
import dev.gatehouse.testing.NodePackage.Result;
import dev.gatehouse.testing.OpenedDoor;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The audits of GraphQL over HTTP by those who write its specification. They need Node.js, and npm the first time. */
class GraphqlHttpAuditTest {

  @Test
  void noAuditFails() throws Exception {
    NodePackage node = NodePackage.install(Path.of("src/test/node"));
    try (OpenedDoor door = OpenedDoor.open(
        graphql()
            .query("who", Shop.WHO)
            .allow(anyone())
            .mutation("clearCart", Shop.CLEAR_CART)
            .allow(anyone()),
        settings -> settings.toBuilder()
            .graphql(settings.graphql().toBuilder()
                .introspection(Introspection.ALWAYS)
                .build())
            .build())) {
      Result audit = node.run(
          Map.of(),
          60,
          "node",
          "audit.mjs",
          "http://127.0.0.1:" + door.client().port() + "/graphql",
          "graphql-require-preflight: 1");

      assertThat(audit.lines()).hasSizeGreaterThan(50).allMatch(line -> line.startsWith("ok "));
    }
  }
}
