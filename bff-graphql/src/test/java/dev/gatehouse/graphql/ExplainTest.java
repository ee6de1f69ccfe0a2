package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operation does is told in development, and to nobody else. */
class ExplainTest {
  private static final String QUERY =
      "{ page: productPage(id: \"p1\") { name price { amount } } who }";
  private OpenedDoor opened;

  @AfterEach
  void close() {
    opened.close();
  }

  private Reply ask(boolean development, Object explain) {
    opened = OpenedDoor.open(
        graphql()
            .query("productPage", Shop.PAGE)
            .allow(anyone())
            .query("who", Shop.WHO)
            .allow(anyone()),
        settings -> settings.toBuilder().development(development).build());
    opened.services.json("/products/p1", "{\"id\":\"p1\",\"name\":\"Tea\"}");
    return opened
        .client()
        .post(
            "/graphql",
            new JsonObject()
                .put("query", QUERY)
                .put("extensions", new JsonObject().put("explain", explain))
                .encode());
  }

  @Test
  void inDevelopmentTheAnswerHasPlansBoundsAndCalls() {
    JsonObject answer = new JsonObject(ask(true, true).body());

    assertThat(answer.getJsonObject("data").getJsonObject("page").getString("name"))
        .isEqualTo("Tea");
    JsonObject explain = answer.getJsonObject("extensions").getJsonObject("explain");
    assertThat(explain.getLong("maxCalls")).isEqualTo(2);
    assertThat(explain.getJsonArray("fields")).hasSize(2);
    JsonObject page = explain.getJsonArray("fields").getJsonObject(0);
    assertThat(page.getString("key")).isEqualTo("page");
    assertThat(page.getString("field")).isEqualTo("productPage");
    assertThat(page.getString("text")).contains("catalog");
    assertThat(page.getJsonObject("plan").getLong("maxCalls")).isEqualTo(2);
    assertThat(explain.getJsonArray("calls")).hasSize(2).allSatisfy(call -> {
      assertThat(((JsonObject) call).getString("service")).isIn("catalog", "pricing");
      assertThat(((JsonObject) call).getLong("durationMicros")).isPositive();
    });
  }

  @Test
  void elsewhereItIsIgnored() {
    assertThat(ask(false, true).body()).contains("\"data\"").doesNotContain("explain");
  }

  @Test
  void whoDoesNotAskIsNotTold() {
    assertThat(ask(true, "yes").body()).contains("\"data\"").doesNotContain("explain");
  }
}
