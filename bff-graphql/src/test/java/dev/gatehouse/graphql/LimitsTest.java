package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.config.GraphqlSettings.Introspection;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit of an operation, wherever in it what is limited may stand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsTest {
  private OpenedDoor door;

  @BeforeAll
  void open() {
    door = OpenedDoor.open(
        graphql()
            .query("who", Shop.WHO)
            .allow(anyone())
            .query("whoElse", Shop.WHO)
            .allow(anyone())
            .query("whoNot", Shop.WHO)
            .allow(anyone())
            .query("productPage", Shop.PAGE)
            .allow(anyone())
            .query("search", Shop.SEARCH)
            .allow(anyone())
            .mutation("payOrder", Shop.PAY_ORDER)
            .allow(anyone())
            .input("order"),
        settings -> settings.toBuilder()
            .graphql(settings.graphql().toBuilder()
                .maxDocumentBytes(400)
                .maxTokens(100)
                .maxDepth(3)
                .maxAliases(3)
                .maxRootFields(2)
                .maxDirectives(3)
                .maxFields(6)
                .maxListSize(2)
                .introspection(Introspection.ALWAYS)
                .build())
            .build());
    door.services
        .json("/products", "[]")
        .json("/products/p1", "{\"id\":\"p1\",\"name\":\"Tea\"}")
        .json("/carts/c/payments", "{\"sku\":\"s\",\"quantity\":1,\"total\":1}");
  }

  @AfterAll
  void close() {
    door.close();
  }

  private JsonObject ask(String query, Map<String, Object> variables) {
    return new JsonObject(door.client()
        .post(
            "/graphql",
            new JsonObject()
                .put("query", query)
                .put("variables", new JsonObject(variables))
                .encode())
        .body());
  }

  private String refusal(String query, Map<String, Object> variables) {
    door.services.requests();
    JsonArray errors = ask(query, variables).getJsonArray("errors", new JsonArray());
    assertThat(errors).as(query).hasSize(1);
    assertThat(door.services.requests()).isEmpty();
    JsonObject error = errors.getJsonObject(0);
    assertThat(error.getJsonObject("extensions").getString("code")).isEqualTo("LIMIT_EXCEEDED");
    return error.getString("message");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          { who whoElse whoNot }                                                        | root fields
          { who ...F } fragment F on Query { whoElse ... { whoNot } }                   | root fields
          { who __typename a: __typename }                                              | root fields
          { a: who b: who c: who d: who }                                               | aliases
          { who ...F } fragment F on Query { a: who b: who c: who d: who }              | aliases
          { productPage(id: 1) { a: id b: id c: id } who } query B { d: who }           | aliases
          { who @include(if: true) @skip(if: false) ... @include(if: true) { who @skip(if: false) } } | directives
          { productPage(id: 1) { id name price { amount currency } reviews { rating } } } | fields
          { productPage(id: 1) { ...F } } fragment F on ProductPage { id name price { amount currency } reviews { rating } } | fields
          { search(term: "x", size: 1, tags: ["a", "b", "c"]) { id } }                  | elements of a list
          mutation { payOrder(order: {cart: "c", payment: {voucher: {code: "v"}}, tags: [{name: "a"}, {name: "b"}, {name: "c"}]}) { sku } } | elements of a list
          query ($tags: [String!] = ["a", "b", "c"]) { search(term: "x", size: 1, tags: $tags) { id } } | elements of a list
          """)
  void whatIsTooMuchIsRefusedWhereverItStands(String query, String what) {
    assertThat(refusal(query, Map.of())).contains(what);
  }

  @Test
  void listsInVariablesAreLimitedAtAnyDepth() {
    assertThat(refusal(
            "query ($tags: [String!]) { search(term: \"x\", size: 1, tags: $tags) { id } }",
            Map.of("tags", List.of("a", "b", "c"))))
        .contains("more than 2 elements of a list");
    assertThat(refusal(
            "mutation ($order: OrderInput!) { payOrder(order: $order) { sku } }",
            Map.of(
                "order",
                Map.of(
                    "cart", "c",
                    "payment", Map.of("voucher", Map.of("code", "v")),
                    "tags",
                        List.of(Map.of("name", "a"), Map.of("name", "b"), Map.of("name", "c"))))))
        .contains("more than 2 elements of a list");
  }

  @Test
  void depthIsLimitedThroughFragments() {
    assertThat(refusal(
            "{ productPage(id: 1) { ...P } } fragment P on ProductPage { reviews { author { ...U } } } fragment U on User { name __typename }",
            Map.of()))
        .containsIgnoringCase("depth");
  }

  @Test
  void tokensAndBytesAreLimited() {
    assertThat(refusal("{" + " who".repeat(99) + " }", Map.of())).contains("100 tokens");
    assertThat(refusal("{ who # " + "x".repeat(400) + "\n}", Map.of()))
        .contains("at most 400 bytes");
  }

  @Test
  void whatIsNotTooMuchIsAnswered() {
    for (String query : List.of(
        "{ who whoElse }",
        "{ a: who b: who }",
        "{ productPage(id: \"p1\") { id name } who @include(if: true) }",
        "{ search(term: \"x\", size: 1, tags: [\"a\", \"b\"]) { id } }",
        "mutation { payOrder(order: {cart: \"c\", payment: {voucher: {code: \"v\"}}, tags: [{name: \"a\"}]}) { sku } }")) {
      assertThat(ask(query, Map.of()).containsKey("errors")).as(query).isFalse();
    }
  }
}
