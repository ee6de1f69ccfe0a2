package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.runtime.config.GraphqlSettings;
import dev.gatehouse.runtime.config.RateSettings;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers are charged what their operations could cost, before anything is called. */
class RateTest {
  private static final String PAGE =
      "{\"query\":\"{ productPage(id: \\\"p1\\\") { name price { amount } } }\"}";
  private static final String QUERY = new JsonObject(PAGE).getString("query");
  private static final String CHANGED = "subscription { changed(id: \"p1\") { version } }";
  private final Feeds.Stream stream = new Feeds.Stream();
  private OpenedDoor opened;

  private record Somebody(String subject) implements Caller {
    @Override
    public Map<String, Object> claims() {
      return Map.of();
    }

    @Override
    public Locale locale() {
      return Locale.ENGLISH;
    }
  }

  @AfterEach
  void close() {
    opened.close();
  }

  private void open(RateSettings rate) {
    opened = OpenedDoor.open(
        graphql()
            .query("productPage", Shop.PAGE)
            .allow(anyone())
            .query("who", Shop.WHO)
            .allow(anyone())
            .subscription("changed", Feeds.OF_SERVICE, Feeds.CHANGED)
            .allow(anyone()),
        settings -> settings.toBuilder()
            .graphql(GraphqlSettings.DEFAULT.toBuilder().maxBatch(5).rate(rate).build())
            .build(),
        request -> {
          @Nullable String subject = request.getHeader("x-subject");
          return Future.succeededFuture(subject == null ? Caller.ANONYMOUS : new Somebody(subject));
        });
    opened
        .services
        .json("/products/p1", "{\"id\":\"p1\",\"name\":\"Tea\"}")
        .at("/changes/p1", stream::accept);
  }

  private Reply ask(String accept, String subject) {
    return opened
        .client()
        .send(
            "POST",
            "/graphql",
            PAGE,
            "content-type",
            "application/json",
            "accept",
            accept,
            "x-subject",
            subject);
  }

  @Test
  void whoHasUsedUpTheBudgetIsRefusedUntilItComesBack() {
    open(new RateSettings(4, Duration.ofHours(1), 0));

    assertThat(ask("application/json", "ada").status()).isEqualTo(200);
    assertThat(ask("application/json", "ada").status()).isEqualTo(200);
    opened.services.requests();
    for (String accept : new String[] {"application/json", "application/graphql-response+json"}) {
      Reply refused = ask(accept, "ada");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1700, 1800);
      assertThat(refused.header("cache-control")).isEqualTo("no-store");
      JsonObject extensions = new JsonObject(refused.body())
          .getJsonArray("errors")
          .getJsonObject(0)
          .getJsonObject("extensions");
      assertThat(extensions.getString("code")).isEqualTo("RATE_LIMITED");
      assertThat(extensions.getLong("cost")).isEqualTo(2);
      assertThat(extensions.getLong("budget")).isEqualTo(4);
      assertThat(extensions.getLong("retryAfterSeconds")).isBetween(1700L, 1800L);
    }
    assertThat(opened.services.requests()).isEmpty();
    assertThat(ask("application/json", "bob").status()).isEqualTo(200);
  }

  @Test
  void whoIsNobodyIsChargedByAddressAndCheapOperationsCostOne() {
    open(new RateSettings(2, Duration.ofHours(1), 0));

    String batch = "[" + "{\"query\":\"{ who }\"},".repeat(2) + "{\"query\":\"{ who }\"}]";
    assertThat(opened.client().post("/graphql", batch).body())
        .startsWith("[{\"data\":{\"who\":\"nobody\"}},{\"data\":{\"who\":\"nobody\"}},{\"errors\":")
        .contains("RATE_LIMITED");
  }

  private SocketClient socket(String subject) throws Exception {
    SocketClient client = SocketClient.connect(
        opened, SocketClient.options(opened.client().port()).putHeader("x-subject", subject));
    client.send("{\"type\":\"connection_init\"}");
    client.next("connection_ack");
    return client;
  }

  private static void isRefused(SocketClient client) throws Exception {
    JsonObject extensions =
        client.next("error").getJsonArray("payload").getJsonObject(0).getJsonObject("extensions");
    assertThat(extensions.getString("code")).isEqualTo("RATE_LIMITED");
    assertThat(extensions.getLong("retryAfterSeconds")).isPositive();
  }

  @Test
  void socketsDrawOnTheBudgetOfTheirCallerAndLastWhenItIsUsedUp() throws Exception {
    open(new RateSettings(4, Duration.ofHours(1), 0));
    SocketClient first = socket("ada");
    SocketClient second = socket("ada");
    first.subscribe("1", QUERY);
    first.next("next");
    first.next("complete");
    assertThat(ask("application/json", "ada").status()).isEqualTo(200);
    opened.services.requests();

    for (SocketClient client : List.of(first, second)) {
      client.subscribe("2", QUERY);
      isRefused(client);
    }
    assertThat(opened.services.requests()).isEmpty();
    first.subscribe("2", "{ no }");
    assertThat(first.errorCode()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
    SocketClient bob = socket("bob");
    bob.subscribe("1", QUERY);
    bob.next("next");
  }

  @Test
  void aSubscriptionIsChargedWhenItBeginsAndItsEventsAreNot() throws Exception {
    open(new RateSettings(1, Duration.ofHours(1), 0));
    SocketClient client = socket("ada");
    client.subscribe("1", CHANGED);
    HttpServerRequest upstream = stream.opened();
    opened.services.requests();

    client.subscribe("2", CHANGED);

    isRefused(client);
    assertThat(opened.services.requests()).isEmpty();
    upstream.response().write(Feeds.event(1) + Feeds.event(2) + Feeds.event(3));
    for (int version = 1; version <= 3; version++) {
      assertThat(client.data().getJsonObject("changed").getInteger("version")).isEqualTo(version);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{ who }", CHANGED})
  void anEventStreamTellsThatTheBudgetIsUsedUpAndEnds(String query) {
    open(new RateSettings(2, Duration.ofHours(1), 0));
    assertThat(ask("text/event-stream", "ada").body()).contains("\"name\":\"Tea\"");
    opened.services.requests();

    Reply refused = opened
        .client()
        .send(
            "POST",
            "/graphql",
            new JsonObject().put("query", query).encode(),
            "content-type",
            "application/json",
            "accept",
            "text/event-stream",
            "x-subject",
            "ada");

    assertThat(refused.body())
        .contains("RATE_LIMITED", "\"retryAfterSeconds\":", "event: complete")
        .doesNotContain("\"data\":{");
    assertThat(opened.services.requests()).isEmpty();
  }

  @Test
  void whatIsRefusedInABatchIsNotChargedAndTheRestIs() {
    open(new RateSettings(3, Duration.ofHours(1), 0));
    String who = "{\"query\":\"{ who }\"}";
    String wrong = "{\"query\":\"{ no }\"}";

    JsonArray answers = new JsonArray(opened
        .client()
        .post("/graphql", "[" + String.join(",", List.of(wrong, PAGE, PAGE, who, who)) + "]")
        .body());

    assertThat(answers.stream().map(RateTest::outcome))
        .containsExactly(
            "GRAPHQL_VALIDATION_FAILED", "data", "RATE_LIMITED", "data", "RATE_LIMITED");
    assertThat(opened.services.requests()).containsOnlyOnce("GET /products/p1");
  }

  private static String outcome(Object answer) {
    JsonObject json = (JsonObject) answer;
    return json.getJsonObject("data") != null
        ? "data"
        : json.getJsonArray("errors")
            .getJsonObject(0)
            .getJsonObject("extensions")
            .getString("code");
  }

  @Test
  void withoutABudgetNobodyIsLimited() {
    open(RateSettings.DEFAULT);

    for (int i = 0; i < 20; i++) {
      assertThat(ask("application/json", "ada").status()).isEqualTo(200);
    }
  }
}
