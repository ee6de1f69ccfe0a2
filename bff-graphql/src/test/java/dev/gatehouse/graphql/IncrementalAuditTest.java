package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.NodePackage;
import dev.gatehouse.testing.NodePackage.Result;
import dev.gatehouse.testing.OpenedDoor;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks of incremental delivery in both formats, raw and through meros, Apollo Client and urql. They need Node.js. */
class IncrementalAuditTest {
  private static final long SLOW_MILLIS = 100;
  private static final String DEFERRED =
      "query Inc { productPage(id: \"p1\") { id name ... @defer(label: \"slow\") { price { amount currency } "
          + "reviews { rating ... @defer { author { name } } } } } }";
  private static final String STREAMED =
      "{ productPage(id: \"p1\") { reviews @stream(initialCount: 1) { rating author { name } } } }";

  @Test
  void noCheckFails() throws Exception {
    NodePackage node = NodePackage.install(Path.of("src/test/node/incremental"));
    try (OpenedDoor door =
        OpenedDoor.open(graphql().query("productPage", Shop.PAGE).allow(anyone()))) {
      door.services
          .json("/products/p1", "{\"id\":\"p1\",\"name\":\"Tea\"}")
          .json("/prices/p1", "{\"amount\":1.1,\"currency\":\"EUR\"}")
          .at(
              "/reviews",
              request -> door.vertx
                  .timer(SLOW_MILLIS)
                  .onSuccess(
                      late -> request
                          .response()
                          .end(
                              "[{\"rating\":5,\"authorId\":\"u1\"},{\"rating\":4,\"authorId\":\"u2\"}]")))
          .json("/users", "[{\"id\":\"u1\",\"name\":\"Ada\"},{\"id\":\"u2\",\"name\":\"Bob\"}]");
      Result audit = node.run(
          Map.of("INC_QUERY", DEFERRED, "INC_STREAM", STREAMED),
          120,
          "node",
          "audit.mjs",
          "http://127.0.0.1:" + door.client().port() + "/graphql",
          "--format",
          "both");

      assertThat(audit.lines()).last().isEqualTo("24 passed, 0 failed, 0 skipped");
    }
  }
}
