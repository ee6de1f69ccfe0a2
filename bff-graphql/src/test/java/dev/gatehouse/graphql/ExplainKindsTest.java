package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.allowedIf;
import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static dev.gatehouse.graphql.Subgraph.subgraph;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.EventSource;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is asked for, what it does is told: for entities, changes, lists of operations and what is refused. */
class ExplainKindsTest {
  record Note(String text) {}

  private static final Operation<String, Note> WRITE =
      Service.named("catalog").post("/notes/{id}").noBody().returns(Note.class);
  private static final Composite<String, Note> NOTE =
      Composite.named("Note", String.class, WRITE::call);

  private OpenedDoor door;

  @BeforeEach
  void open() {
    door = OpenedDoor.open(
        graphql()
            .query("card", SubgraphTest.CARD)
            .allow(anyone())
            .query("secret", SubgraphTest.CARD)
            .allow(allowedIf("never", request -> false))
            .mutation("note", NOTE)
            .allow(anyone())
            .subscription(
                "added",
                EventSource.onBus("added.{id}", String.class, String.class),
                SubgraphTest.CARD)
            .allow(anyone())
            .federated(subgraph(allowedIf("never", request -> false))
                .entity(SubgraphTest.CARD, anyone())
                .entity(SubgraphTest.WRITER, anyone())),
        settings -> settings.toBuilder()
            .development(true)
            .graphql(settings.graphql().toBuilder().maxBatch(2).build())
            .build());
    door.services
        .json("/products", "[{\"id\":\"1\",\"name\":\"Lamp\"}]")
        .json("/prices", "[{\"productId\":\"1\",\"cents\":10}]")
        .json("/authors/a", "{\"id\":\"a\",\"name\":\"Ann\"}")
        .json("/notes/a", "{\"text\":\"A\"}")
        .json("/notes/b", "{\"text\":\"B\"}");
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void entitiesHaveThePlansThatTheirRepresentationsWereGiven() {
    JsonObject explain = explain(post(request("{ _entities(representations: ["
        + "{__typename: \"Card\", id: \"1\"}, {__typename: \"Author\", id: \"a\"}])"
        + " { ... on Card { name price { cents } } ... on Author { name } } }")));

    assertThat(explain.getLong("maxCalls")).isEqualTo(3);
    assertThat(explain.getLong("maxRows")).isPositive();
    assertThat(explain.getJsonArray("fields")).hasSize(2).allSatisfy(field -> {
      assertThat(((JsonObject) field).getString("key")).isEqualTo("_entities");
      assertThat(((JsonObject) field).getString("field")).isEqualTo("_entities");
    });
    assertThat(text(explain, 0)).contains("catalog").doesNotContain("users");
    assertThat(text(explain, 1)).contains("users").doesNotContain("catalog");
    assertThat(explain.getJsonArray("calls")).hasSize(3);
  }

  @Test
  void answersOverASocketHaveIt() throws Exception {
    SocketClient client = SocketClient.ready(door);
    client.send(new JsonObject()
        .put("id", "1")
        .put("type", "subscribe")
        .put("payload", request("{ card(id: \"1\") { name } }"))
        .encode());

    JsonObject explain = client
        .next("next")
        .getJsonObject("payload")
        .getJsonObject("extensions")
        .getJsonObject("explain");
    assertThat(text(explain, 0)).contains("catalog");
    assertThat(explain.getJsonArray("calls")).hasSize(1);
    client.close();
  }

  @Test
  void answersAsEventsHaveItAndAreNotInParts() {
    String events = door.client()
        .send(
            "POST",
            "/graphql",
            request("{ card(id: \"1\") { name ... @defer { price { cents } } } }")
                .encode(),
            "content-type",
            "application/json",
            "accept",
            "text/event-stream")
        .body();

    String data = events
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .reduce((one, other) -> one + " and " + other)
        .orElseThrow()
        .substring("data: ".length());
    JsonObject answer = new JsonObject(data);
    assertThat(answer.getJsonObject("data").getJsonObject("card").getJsonObject("price"))
        .isNotNull();
    assertThat(answer.getJsonObject("extensions").getJsonObject("explain").getJsonArray("calls"))
        .hasSize(2);
  }

  @Test
  void eachResultOfASubscriptionHasItsOwn() throws Exception {
    SocketClient client = SocketClient.ready(door);
    client.send(new JsonObject()
        .put("id", "1")
        .put("type", "subscribe")
        .put("payload", request("subscription { added(id: \"1\") { name } }"))
        .encode());
    client.subscribe("2", "{ __typename }");
    client.next("next");
    client.next("complete");

    for (int i = 0; i < 2; i++) {
      door.vertx.eventBus().publish("added.1", "1");
      JsonObject result = client.next("next").getJsonObject("payload");
      assertThat(result.getJsonObject("data").getJsonObject("added").getString("name"))
          .isEqualTo("Lamp");
      assertThat(result.getJsonObject("extensions").getJsonObject("explain").getJsonArray("calls"))
          .hasSize(1);
    }
    client.close();
  }

  @Test
  void changesHaveTheirPlansAndCallsInOrder() {
    JsonObject explain = explain(
        post(request("mutation { b: note(id: \"b\") { text } a: note(id: \"a\") { text } }")));

    assertThat(explain.getLong("maxCalls")).isEqualTo(2);
    assertThat(keys(explain)).containsExactly("b", "a");
    assertThat(explain.getJsonArray("calls")).hasSize(2);
    assertThat(door.services.requests()).containsExactly("POST /notes/b", "POST /notes/a");
  }

  @Test
  void eachOperationOfAListHasItsOwn() {
    JsonArray answer = new JsonArray(door.client()
        .post(
            "/graphql",
            new JsonArray()
                .add(request("{ card(id: 1) { name } }"))
                .add(new JsonObject().put("query", "{ card(id: 1) { price { cents } } }"))
                .encode())
        .body());

    assertThat(text(explain(answer.getJsonObject(0)), 0))
        .contains("catalog")
        .doesNotContain("pricing");
    assertThat(answer.getJsonObject(1).containsKey("data")).isTrue();
    assertThat(answer.getJsonObject(1).containsKey("extensions")).isFalse();
  }

  @Test
  void whatIsRefusedHasAPlanAndNoCalls() {
    JsonObject answer = post(request("{ secret(id: 1) { name } }"));

    assertThat(answer.getJsonArray("errors").getJsonObject(0).getJsonObject("extensions"))
        .isEqualTo(new JsonObject().put("code", "FORBIDDEN"));
    JsonObject explain = explain(answer);
    assertThat(keys(explain)).containsExactly("secret");
    assertThat(explain.getJsonArray("calls")).isEmpty();

    JsonObject withoutData = post(request("{ _service { sdl } card(id: 1) { name } }"));
    assertThat(withoutData.getValue("data", "missing")).isNull();
    assertThat(keys(explain(withoutData))).containsExactly("card");
    assertThat(explain(withoutData).getJsonArray("calls")).isEmpty();

    assertThat(post(request("{ nothing }")).containsKey("extensions")).isFalse();
    assertThat(door.services.requests()).isEmpty();
  }

  @Test
  void clientsThatTakePartsAloneAreTold() {
    for (String accept :
        List.of("multipart/mixed;incrementalSpec=v0.2", "multipart/mixed;deferSpec=20220824")) {
      String body = door.client()
          .send(
              "POST",
              "/graphql",
              request("{ card(id: 1) { name } }").encode(),
              "content-type",
              "application/json",
              "accept",
              accept)
          .body();
      JsonObject part =
          new JsonObject(body.substring(body.indexOf("{\"data\""), body.lastIndexOf('}') + 1));

      assertThat(keys(explain(part))).containsExactly("card");
      assertThat(part.getBoolean("hasNext")).isFalse();
    }
  }

  private static JsonObject request(String query) {
    return new JsonObject()
        .put("query", query)
        .put("extensions", new JsonObject(Map.of("explain", true)));
  }

  private JsonObject post(JsonObject request) {
    return new JsonObject(door.client().post("/graphql", request.encode()).body());
  }

  private static JsonObject explain(JsonObject answer) {
    return answer.getJsonObject("extensions").getJsonObject("explain");
  }

  private static List<String> keys(JsonObject explain) {
    return explain.getJsonArray("fields").stream()
        .map(field -> ((JsonObject) field).getString("key"))
        .toList();
  }

  private static String text(JsonObject explain, int field) {
    return explain.getJsonArray("fields").getJsonObject(field).getString("text");
  }
}
