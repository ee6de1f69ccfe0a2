package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.allowedIf;
import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.EventSource;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionTest {
  private static final String CHANGED =
      "subscription { changed(id: \"p1\") { version price { amount } } }";

  private final Feeds.Stream stream = new Feeds.Stream();
  private OpenedDoor door;

  @AfterEach
  void close() {
    door.close();
  }

  private SocketClient open(EventSource<String, Feeds.Change> source) throws Exception {
    door = OpenedDoor.open(graphql()
        .query("who", Shop.WHO)
        .allow(anyone())
        .subscription("changed", source, Feeds.CHANGED)
        .allow(anyone())
        .subscription("price", source, Feeds.PRICE)
        .allow(anyone())
        .subscription("secret", source, Feeds.CHANGED)
        .allow(allowedIf("nobody", request -> false)));
    door.services.at("/changes/p1", stream::accept);
    door.services.json("/prices/p1", "{\"amount\":1.25,\"currency\":\"EUR\"}");
    return SocketClient.ready(door);
  }

  @Test
  void eachEventOfAServiceRunsTheComposite() throws Exception {
    SocketClient client = open(Feeds.OF_SERVICE);
    client.subscribe("1", CHANGED);
    HttpServerRequest upstream = stream.opened();

    upstream.response().write(Feeds.event(1) + Feeds.event(2));

    assertThat(client.data().encode())
        .isEqualTo("{\"changed\":{\"version\":1,\"price\":{\"amount\":1.25}}}");
    assertThat(client.data().getJsonObject("changed").getInteger("version")).isEqualTo(2);
    upstream.response().end();
    client.next("complete");
    assertThat(upstream.getHeader("accept")).isEqualTo("text/event-stream");
    assertThat(door.services.requests())
        .containsExactly("GET /changes/p1", "GET /prices/p1", "GET /prices/p1");
  }

  @Test
  void onlyWhatIsSelectedIsCalled() throws Exception {
    SocketClient client = open(Feeds.OF_SERVICE);
    client.subscribe("1", "subscription { c: changed(id: \"p1\") { __typename v: version } }");

    stream.opened().response().write(Feeds.event(7));

    assertThat(client.data().encode()).isEqualTo("{\"c\":{\"__typename\":\"Changed\",\"v\":7}}");
    assertThat(door.services.requests()).containsExactly("GET /changes/p1");
  }

  @Test
  void theConnectionToTheServiceEndsWhenTheClientCompletes() throws Exception {
    SocketClient client = open(Feeds.OF_SERVICE);
    client.subscribe("1", CHANGED);
    stream.opened();

    client.complete("1");

    stream.left();
  }

  @Test
  void theConnectionToTheServiceEndsWhenTheClientLeaves() throws Exception {
    SocketClient client = open(Feeds.OF_SERVICE);
    client.subscribe("1", CHANGED);
    stream.opened();

    client.close();

    stream.left();
  }

  @Test
  void theConnectionToTheServiceEndsWhenTheSocketIsClosedForRubbish() throws Exception {
    SocketClient client = open(Feeds.OF_SERVICE);
    client.subscribe("1", CHANGED);
    stream.opened();

    client.send("rubbish");

    assertThat(client.closed()).isEqualTo(4400);
    stream.left();
  }

  @ParameterizedTest
  @CsvSource({
    "404, application/json, NOT_FOUND",
    "403, application/json, UPSTREAM_FAILED",
    "503, application/json, UPSTREAM_FAILED",
    "200, application/json, UPSTREAM_FAILED"
  })
  void aServiceThatRefusesIsAnErrorOfTheOperation(int status, String type, String code)
      throws Exception {
    SocketClient client = open(Feeds.OF_SERVICE);
    door.services.at(
        "/changes/p1",
        request -> request
            .response()
            .setStatusCode(status)
            .putHeader("content-type", type)
            .end("{}"));

    client.subscribe("1", CHANGED);

    JsonObject error = client.next("error");
    assertThat(error
            .getJsonArray("payload")
            .getJsonObject(0)
            .getJsonObject("extensions")
            .getString("code"))
        .isEqualTo(code);
    assertThat(
            error.getJsonArray("payload").getJsonObject(0).getJsonArray("path").encode())
        .isEqualTo("[\"changed\"]");
  }

  @Test
  void aServiceWithNothingToSendCompletesTheOperation() throws Exception {
    SocketClient client = open(Feeds.RECONNECTING);
    door.services.at(
        "/changes/p1", request -> request.response().setStatusCode(204).end());

    client.subscribe("1", CHANGED);

    client.next("complete");
  }

  @Test
  void aStreamThatBreaksIsToldAfterItsEvents() throws Exception {
    SocketClient client = open(Feeds.OF_SERVICE);
    client.subscribe("1", CHANGED);
    HttpServerRequest upstream = stream.opened();
    upstream.response().write(Feeds.event(1));
    client.data();

    upstream.connection().close();

    assertThat(client.errorCode()).isEqualTo("UPSTREAM_FAILED");
    client.next("complete");
  }

  @Test
  void aStreamThatEndsIsOpenedAnewWithTheLastId() throws Exception {
    SocketClient client = open(Feeds.RECONNECTING);
    client.subscribe("1", CHANGED);
    HttpServerRequest first = stream.opened();
    first
        .response()
        .write("retry: 20\nid: 41\n" + Feeds.event(1) + "event: other\n" + Feeds.event(9));
    client.data();
    first.response().end();

    HttpServerRequest second = stream.opened();
    second.response().write("event: price\n" + Feeds.event(2));

    assertThat(client.data().getJsonObject("changed").getInteger("version")).isEqualTo(2);
    assertThat(first.getHeader("last-event-id")).isNull();
    assertThat(second.getHeader("last-event-id")).isEqualTo("41");
    client.complete("1");
    stream.left();
  }

  @Test
  void aStreamThatCannotBeOpenedAnewEndsTheSubscription() throws Exception {
    SocketClient client = open(Feeds.RECONNECTING);
    client.subscribe("1", CHANGED);
    HttpServerRequest first = stream.opened();
    first.response().write("retry: 10\n" + Feeds.event(1));
    client.data();
    door.services.at(
        "/changes/p1", request -> request.response().setStatusCode(500).end());

    first.response().end();

    assertThat(client.errorCode()).isEqualTo("UPSTREAM_FAILED");
    client.next("complete");
    assertThat(door.services.requests().stream().filter("GET /changes/p1"::equals))
        .hasSize(4);
  }

  @Test
  void eachMessageOfAWebSocketRunsTheComposite() throws Exception {
    SocketClient client = open(Feeds.OF_SOCKET);
    java.util.concurrent.CompletableFuture<Void> left =
        new java.util.concurrent.CompletableFuture<>();
    door.services.onWebSocket(socket -> {
      socket.closeHandler(closed -> left.complete(null));
      socket.writeTextMessage("{\"productId\":\"p1\",\"version\":3}");
    });

    client.subscribe("1", CHANGED);

    assertThat(client.data().getJsonObject("changed").getInteger("version")).isEqualTo(3);
    client.complete("1");
    left.get(60, TimeUnit.SECONDS);
  }

  @Test
  void aServiceThatTakesNoWebSocketIsAnErrorOfTheOperation() throws Exception {
    SocketClient client = open(Feeds.OF_SOCKET);
    door.services.at(
        "/changes/p1", request -> request.response().setStatusCode(503).end());

    client.subscribe("1", CHANGED);

    assertThat(client.errorCode()).isEqualTo("UPSTREAM_FAILED");
  }

  @Test
  void whatIsPublishedOnTheEventBusRunsTheComposite() throws Exception {
    SocketClient client = open(Feeds.OF_BUS);
    client.subscribe("1", CHANGED);
    client.subscribe("2", "{ __typename }");
    client.next("next");
    client.next("complete");

    door.vertx.eventBus().publish("changes.p2", new JsonObject().put("productId", "p2"));
    door.vertx
        .eventBus()
        .publish("changes.p1", new JsonObject().put("productId", "p1").put("version", 5));

    assertThat(client.data().getJsonObject("changed").getInteger("version")).isEqualTo(5);
  }

  @Test
  void anEventThatTheCompositeFailsOnIsAResultWithErrors() throws Exception {
    SocketClient client = open(Feeds.OF_SERVICE);
    door.services.at(
        "/prices/p1", request -> request.response().setStatusCode(500).end());
    client.subscribe("1", "subscription { price(id: \"p1\") { amount } }");
    HttpServerRequest upstream = stream.opened();

    upstream.response().write(Feeds.event(1));

    JsonObject result = client.next("next").getJsonObject("payload");
    assertThat(result.getJsonObject("data").encode()).isEqualTo("{\"price\":null}");
    assertThat(result
            .getJsonArray("errors")
            .getJsonObject(0)
            .getJsonObject("extensions")
            .getString("code"))
        .isEqualTo("UPSTREAM_FAILED");
    door.services.json("/prices/p1", "{\"amount\":2,\"currency\":\"EUR\"}");
    upstream.response().write(Feeds.event(2));
    assertThat(client.data().encode()).isEqualTo("{\"price\":{\"amount\":2}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{\"productId\":\"p1\"", "{\"productId\":\"p1\",\"version\":\"x\"}", "<xml/>", "[]"})
  void anEventThatIsNoneIsAResultWithErrors(String rubbish) throws Exception {
    SocketClient client = open(Feeds.OF_SERVICE);
    client.subscribe("1", CHANGED);
    HttpServerRequest upstream = stream.opened();

    upstream.response().write("data: " + rubbish + "\n\n" + Feeds.event(2));

    assertThat(client.errorCode()).isEqualTo("UPSTREAM_FAILED");
    assertThat(client.data().getJsonObject("changed").getInteger("version")).isEqualTo(2);
  }

  @Test
  void whoMayNotSubscribeIsToldSoAndTheSourceIsNotAsked() throws Exception {
    SocketClient client = open(Feeds.OF_SERVICE);

    client.subscribe("1", "subscription { secret(id: \"p1\") { version } }");

    assertThat(client.errorCode()).isEqualTo("FORBIDDEN");
    assertThat(door.services.requests()).isEmpty();
  }

  @Test
  void argumentsThatDoNotFitAreErrorsOfTheOperation() throws Exception {
    SocketClient client = open(Feeds.OF_SERVICE);

    client.subscribe("1", "subscription { changed { version } }");
    client.next("error");

    client.send(new JsonObject()
        .put("id", "2")
        .put("type", "subscribe")
        .put(
            "payload",
            new JsonObject()
                .put("query", "subscription($id: ID!) { changed(id: $id) { version } }")
                .put("variables", new JsonObject()))
        .encode());

    assertThat(client.errorCode()).isEqualTo("BAD_USER_INPUT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "subscription { changed(id: \"p1\") { version } other: changed(id: \"p2\") { version } }",
        "subscription { ...F } fragment F on Subscription { changed(id: \"p1\") { version } b: changed(id: \"p1\") { version } }",
        "subscription { changed(id: \"p1\") { version } ... on Subscription { b: changed(id: \"p1\") { version } } }",
        "subscription { __typename }",
        "subscription { ...F } fragment F on Subscription { __typename }",
        "subscription { changed(id: \"p1\") @skip(if: true) { version } }",
        "subscription($s: Boolean!) { ...F @include(if: $s) } fragment F on Subscription { changed(id: \"p1\") { version } }",
        "subscription { ... @include(if: true) { changed(id: \"p1\") { version } } }"
      })
  void exactlyOneFieldStandsAtTheTop(String query) throws Exception {
    SocketClient client = open(Feeds.OF_SERVICE);

    client.subscribe("1", query);

    assertThat(client.errorCode()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
  }

  @Test
  void theOneFieldMayComeFromFragments() throws Exception {
    SocketClient client = open(Feeds.OF_SERVICE);

    client.subscribe(
        "1",
        "subscription { ...F ... on Subscription { changed(id: \"p1\") { price { amount } } } }"
            + " fragment F on Subscription { changed(id: \"p1\") { version @skip(if: true) productId } }");
    stream.opened().response().write(Feeds.event(1));

    assertThat(client.data().encode())
        .isEqualTo("{\"changed\":{\"productId\":\"p1\",\"price\":{\"amount\":1.25}}}");
  }

  @Test
  void plainHttpHasNoAnswerToASubscription() throws Exception {
    open(Feeds.OF_SERVICE);

    assertThat(door.client()
            .post("/graphql", "{\"query\":\"subscription { changed(id: 1) { version } }\"}")
            .body())
        .contains("NOT_ACCEPTABLE")
        .contains("text/event-stream");
    assertThat(stream.isOpened()).isFalse();
  }

  @Test
  void metersCountSubscriptionsAndEvents() throws Exception {
    SocketClient client = open(Feeds.OF_SERVICE);
    client.subscribe("1", CHANGED);
    stream.opened().response().write(Feeds.event(1));
    client.data();

    assertThat(door.metrics.scrape().orElseThrow())
        .contains("gatehouse_websockets_active{bff=\"test\",door=\"graphql\"} 1")
        .contains(
            "gatehouse_subscriptions_active{bff=\"test\",door=\"graphql\",route=\"subscription changed\"} 1")
        .contains(
            "gatehouse_subscriptions_events_total{bff=\"test\",door=\"graphql\",outcome=\"sent\",route=\"subscription changed\"} 1");
    client.complete("1");
    stream.left();
    assertThat(door.metrics.scrape().orElseThrow())
        .contains(
            "gatehouse_subscriptions_active{bff=\"test\",door=\"graphql\",route=\"subscription changed\"} 0");
  }
}
