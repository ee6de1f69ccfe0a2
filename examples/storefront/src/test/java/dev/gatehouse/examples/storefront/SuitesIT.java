package dev.gatehouse.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.NodePackage;
import dev.gatehouse.testing.NodePackage.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Runs conformance suites of others against the storefront's GraphQL door. They need Node.js, and npm the first time.
 */
class SuitesIT {
  private static final Path SUITES = Path.of("../../bff-graphql/src/test/node");
  private static final String DEFERRED =
      "query Inc { productPage(id: \"p-1\") { id name ... @defer(label: \"late\") { reviews { id rating "
          + "... @defer { author { name } } } } } }";
  private static final String STREAMED =
      "{ productPage(id: \"p-1\") { reviews @stream(initialCount: 1) { id author { name } } } }";

  /** Ends by itself, as the suites of subscriptions ask for; prices change for ever. */
  private static final String DELIVERY = "subscription { delivery(id: \"p-1\") { step } }";

  private static final String PRICES =
      "subscription { priceChanged(id: \"p-3\") { price { amount } } }";
  private static final String REVIEWS = "{ productPage(id: \"p-2\") { reviews { rating } } }";

  private static RunningStorefront storefront;

  @BeforeAll
  static void start() throws Exception {
    storefront = RunningStorefront.start();
  }

  @AfterAll
  static void stop() {
    storefront.close();
  }

  @Test
  void noAuditOfGraphqlOverHttpFails() throws Exception {
    Result audit = NodePackage.install(SUITES)
        .run(
            Map.of(),
            60,
            "node",
            "audit.mjs",
            storefront.actual("http://127.0.0.1:8080/graphql"),
            "graphql-require-preflight: 1");

    assertThat(audit.lines()).hasSizeGreaterThan(50).allMatch(line -> line.startsWith("ok "));
  }

  @Test
  void noCheckOfAnswersInPartsFails() throws Exception {
    NodePackage node = NodePackage.install(SUITES.resolve("incremental"));
    storefront.shell("curl -s -X PUT http://127.0.0.1:7104/__faults -d '{\"latencyMillis\":100}'");
    Result audit = node.run(
        Map.of("INC_QUERY", DEFERRED, "INC_STREAM", STREAMED),
        120,
        "node",
        "audit.mjs",
        storefront.actual("http://127.0.0.1:8080/graphql"),
        "--format",
        "both");

    assertThat(audit.lines()).last().isEqualTo("24 passed, 0 failed, 0 skipped");
  }

  @Test
  void noCheckOfGraphqlTransportWsFails() throws Exception {
    NodePackage node = NodePackage.install(SUITES.resolve("subscriptions"));
    storefront.shell("curl -s -X PUT http://127.0.0.1:7104/__faults -d '{\"latencyMillis\":500}'");
    Result audit = node.run(
        Map.of("WS_SUB", DELIVERY, "WS_LONG", PRICES, "WS_SLOW", REVIEWS),
        120,
        "node",
        "graphql-ws-audit.mjs",
        storefront.actual("ws://127.0.0.1:8080/graphql"));

    assertThat(audit.lines()).last().isEqualTo("42 passed, 0 failed, 0 skipped");
  }

  @Test
  void noCheckOfGraphqlSseFails() throws Exception {
    Result audit = NodePackage.install(SUITES.resolve("subscriptions"))
        .run(
            Map.of("SSE_SUB", DELIVERY, "SSE_LONG", PRICES),
            120,
            "node",
            "graphql-sse-audit.mjs",
            storefront.actual("http://127.0.0.1:8080/graphql"),
            "--header",
            "graphql-require-preflight: 1");

    assertThat(audit.lines()).last().isEqualTo("15 passed, 0 failed");
  }
}
