package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.allowedIf;
import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.HttpClients;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import dev.gatehouse.testing.StubServices;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations on a real socket, over services on another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GraphqlDoorTest {
  private OpenedDoor door;
  private StubServices services;
  private HttpClients client;

  @BeforeAll
  void open() {
    door = OpenedDoor.open(graphql()
        .query("productPage", Shop.PAGE)
        .allow(anyone())
        .query("products", Shop.SEARCH)
        .allow(anyone())
        .byDefault("size", 20)
        .query("sample", Shop.SAMPLER)
        .allow(anyone())
        .argument("sku")
        .query("who", Shop.WHO)
        .allow(allowedIf("key", request -> "sesame".equals(request.header("x-key"))))
        .query("broken", Shop.WHO)
        .allow(allowedIf("broken", request -> {
          throw new IllegalStateException("no rule today");
        }))
        .mutation("addToCart", Shop.ADD_LINE)
        .allow(anyone())
        .mutation("pay", Shop.PAY_ORDER)
        .allow(anyone())
        .input("order")
        .mutation("clearCart", Shop.CLEAR_CART)
        .allow(anyone())
        .argument("cart"));
    services = door.services;
    client = door.client();
  }

  @BeforeEach
  void answerAsUsual() {
    services
        .json("/products/p1", "{\"id\":\"p1\",\"name\":\"Tea\",\"internal\":true}")
        .json("/prices/p1", "{\"amount\":1.10,\"currency\":\"EUR\"}")
        .json(
            "/reviews",
            "[{\"rating\":5,\"authorId\":\"u1\"},{\"rating\":4,\"authorId\":\"u2\"},{\"rating\":3,\"authorId\":\"u1\"}]")
        .json("/users", "[{\"id\":\"u1\",\"name\":\"Ada\"},{\"id\":\"u2\",\"name\":\"Bob\"}]")
        .json("/products", "[{\"id\":\"p1\",\"name\":\"Tea\"}]")
        .json(
            "/samples/s1",
            "{\"sku\":\"s1\",\"views\":9007199254740993,\"since\":\"2026-01-31T12:00:00Z\",\"stock\":{\"a\":1},"
                + "\"media\":[{\"type\":\"Image\",\"url\":\"/i\",\"alt\":\"x\",\"width\":3},null,"
                + "{\"type\":\"Video\",\"url\":\"/v\",\"length\":\"PT1M\"}],"
                + "\"owner\":{\"kind\":\"Company\",\"vat\":\"GB1\"},\"sort\":\"NAME\",\"weight\":1.50}")
        .json("/carts/c1/lines", "{\"sku\":\"p1\",\"quantity\":2,\"total\":2.20}")
        .json("/carts/c1/payments", "{\"sku\":\"p1\",\"quantity\":2,\"total\":2.20}")
        .at("/carts/c1", request -> request.response().setStatusCode(204).end());
    services.requests();
  }

  @AfterAll
  void close() {
    door.close();
  }

  private Reply ask(String query, Map<String, Object> variables) {
    return client.send(
        "POST",
        "/graphql",
        new JsonObject()
            .put("query", query)
            .put("variables", new JsonObject(variables))
            .encode(),
        "content-type",
        "application/json",
        "accept",
        "application/graphql-response+json");
  }

  private String answer(String query) {
    return ask(query, Map.of()).body();
  }

  private static JsonArray errors(Reply reply) {
    return new JsonObject(reply.body()).getJsonArray("errors");
  }

  private static String code(Reply reply) {
    return errors(reply).getJsonObject(0).getJsonObject("extensions").getString("code");
  }

  @Test
  void answersInTheOrderOfTheSelectionWithNumbersUntouched() {
    Reply reply =
        ask("{ productPage(id: \"p1\") { name id price { currency amount } } }", Map.of());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type"))
        .isEqualTo("application/graphql-response+json; charset=utf-8");
    assertThat(reply.body())
        .isEqualTo(
            "{\"data\":{\"productPage\":{\"name\":\"Tea\",\"id\":\"p1\",\"price\":{\"currency\":\"EUR\",\"amount\":1.10}}}}");
    assertThat(services.requests()).containsExactlyInAnyOrder("GET /products/p1", "GET /prices/p1");
  }

  @Test
  void aliasesArgumentsFragmentsAndMergedFieldsAreOnePlan() {
    assertThat(answer("""
            query Page($id: ID!, $n: Int! = 1) {
              page: productPage(id: "p1") {
                __typename
                ...Names
                two: reviews(first: 2) { rating }
                one: reviews(first: $n) { ... on ReviewView { author { name } } author { id } }
              }
              kind: __typename
            }
            fragment Names on ProductPage { title: name name }
            """.replace("$id: ID!, ", "")))
        .isEqualTo(
            "{\"data\":{\"page\":{\"__typename\":\"ProductPage\",\"title\":\"Tea\",\"name\":\"Tea\","
                + "\"two\":[{\"rating\":5},{\"rating\":4}],\"one\":[{\"author\":{\"name\":\"Ada\",\"id\":\"u1\"}}]},"
                + "\"kind\":\"Query\"}}");
    assertThat(services.requests()).hasSize(3);
  }

  @Test
  void conditionsDecideWhatIsCalled() {
    String query =
        "query ($x: Boolean!) { productPage(id: \"p1\") { id price @include(if: $x) { amount } name @skip(if: $x) } }";

    assertThat(ask(query, Map.of("x", false)).body())
        .isEqualTo("{\"data\":{\"productPage\":{\"id\":\"p1\",\"name\":\"Tea\"}}}");
    assertThat(services.requests()).containsExactly("GET /products/p1");
    assertThat(ask(query, Map.of("x", true)).body())
        .isEqualTo("{\"data\":{\"productPage\":{\"id\":\"p1\",\"price\":{\"amount\":1.10}}}}");
    assertThat(ask(query, Map.of("x", true)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query ($x: Boolean = true) { productPage(id: \"p1\") { id name @include(if: $x) } }",
        "query ($x: Boolean = true) { productPage(id: \"p1\") { id name @skip(if: $x) } }"
      })
  void conditionsAreNeverNull(String query) {
    Map<String, Object> none = new HashMap<>();
    none.put("x", null);

    JsonObject error =
        new JsonObject(ask(query, none).body()).getJsonArray("errors").getJsonObject(0);

    assertThat(error.getJsonObject("extensions").getString("code")).isEqualTo("BAD_USER_INPUT");
    assertThat(error.getString("message"))
        .isEqualTo("$x: null (expected: a value, as a directive needs it)");
    assertThat(services.requests()).isEmpty();
    assertThat(ask(query, Map.of()).body()).doesNotContain("errors");
  }

  @Test
  void interfacesUnionsAndScalarsAreAnsweredAsTheyCame() {
    assertThat(answer("""
            { sample(sku: "s1") { sku views since stock weight sort next { sku }
                media { __typename url ... on Image { width } ... on Video { length } }
                owner { __typename ... on Company { vat } ... on Person { name } } } }
            """))
        .isEqualTo(
            "{\"data\":{\"sample\":{\"sku\":\"s1\",\"views\":9007199254740993,\"since\":\"2026-01-31T12:00:00Z\","
                + "\"stock\":{\"a\":1},\"weight\":1.50,\"sort\":\"NAME\",\"next\":null,"
                + "\"media\":[{\"__typename\":\"Image\",\"url\":\"/i\",\"width\":3},null,"
                + "{\"__typename\":\"Video\",\"url\":\"/v\",\"length\":\"PT1M\"}],"
                + "\"owner\":{\"__typename\":\"Company\",\"vat\":\"GB1\"}}}}");
  }

  @Test
  void argumentsOfARecordBecomeItsInput() {
    assertThat(ask(
                "query ($t: String!, $tags: [String!], $s: Sort) { products(term: $t, tags: $tags, sort: $s) { name } }",
                Map.of("t", "a b", "tags", new JsonArray().add("x").add("y"), "s", "PRICE"))
            .body())
        .isEqualTo("{\"data\":{\"products\":[{\"name\":\"Tea\"}]}}");
    assertThat(services.requests())
        .containsExactly("GET /products?term=a%20b&size=20&sort=PRICE&tags=x&tags=y");
  }

  @Test
  void mutationsRunInOrderAndInputObjectsBecomeBodies() {
    assertThat(ask(
                """
                mutation ($o: OrderInput!) {
                  clearCart(cart: "c1")
                  addToCart(cart: "c1", sku: "p1", quantity: 2) { total }
                  pay(order: $o) { sku }
                  again: pay(order: {cart: "c1", payment: {voucher: {code: "v"}}, tags: {name: "t"}}) { sku }
                }
                """,
                Map.of(
                    "o",
                    new JsonObject(
                        "{\"cart\":\"c1\",\"tags\":[],\"payment\":{\"card\":{\"number\":\"4\",\"month\":2}}}")))
            .body())
        .isEqualTo(
            "{\"data\":{\"clearCart\":true,\"addToCart\":{\"total\":2.20},\"pay\":{\"sku\":\"p1\"},\"again\":{\"sku\":\"p1\"}}}");
    assertThat(services.requests())
        .containsExactly(
            "DELETE /carts/c1",
            "POST /carts/c1/lines {\"sku\":\"p1\",\"quantity\":2}",
            "POST /carts/c1/payments {\"payment\":{\"type\":\"Card\",\"number\":\"4\",\"month\":2},\"tags\":[]}",
            "POST /carts/c1/payments {\"payment\":{\"type\":\"Voucher\",\"code\":\"v\"},\"tags\":[{\"name\":\"t\",\"weight\":null}]}");
  }

  @Test
  void aLostPartIsNullWithOneErrorAtItsPlace() {
    services.at("/prices/p1", request -> request.response().setStatusCode(500).end());
    Reply reply =
        ask("{\n  productPage(id: \"p1\") {\n    cost: price { amount } name } }", Map.of());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("gatehouse-degraded")).isEqualTo("productPage.cost;class=server_error");
    assertThat(reply.body())
        .isEqualTo(
            "{\"data\":{\"productPage\":{\"cost\":null,\"name\":\"Tea\"}},\"errors\":[{\"message\":"
                + "\"A service that is needed for this failed.\",\"locations\":[{\"line\":3,\"column\":5}],"
                + "\"path\":[\"productPage\",\"cost\"],\"extensions\":{\"code\":\"UPSTREAM_FAILED\"}}]}");
  }

  @Test
  void aRootFieldThatFailsLeavesTheOthers() {
    services.at("/products/p1", request -> request.response().setStatusCode(503).end());
    Reply reply = ask(
        "{ productPage(id: \"p1\") { name } products(term: \"t\") { id } none: productPage(id: \"p2\") { id } }",
        Map.of());

    assertThat(new JsonObject(reply.body()).getJsonObject("data").encode())
        .isEqualTo("{\"productPage\":null,\"products\":[{\"id\":\"p1\"}],\"none\":null}");
    assertThat(errors(reply).stream()
            .map(error -> ((JsonObject) error).getJsonArray("path").encode()))
        .containsExactly("[\"productPage\",\"name\"]", "[\"none\",\"id\"]");
    assertThat(errors(reply).stream()
            .map(error -> ((JsonObject) error).getJsonObject("extensions").getString("code")))
        .containsExactly("UPSTREAM_FAILED", "NOT_FOUND");
  }

  @Test
  void rulesAreAskedForEachField() {
    Reply reply = ask("{ who broken products(term: \"t\") { id } }", Map.of());

    assertThat(new JsonObject(reply.body()).getJsonObject("data").encode())
        .isEqualTo("{\"who\":null,\"broken\":null,\"products\":[{\"id\":\"p1\"}]}");
    assertThat(errors(reply).stream()
            .map(error -> ((JsonObject) error).getJsonObject("extensions").getString("code")))
        .containsExactly("FORBIDDEN", "INTERNAL");
    assertThat(client
            .send(
                "POST",
                "/graphql",
                "{\"query\":\"{who}\"}",
                "content-type",
                "application/json",
                "x-key",
                "sesame")
            .body())
        .isEqualTo("{\"data\":{\"who\":\"nobody\"}}");
  }

  @Test
  void valuesThatDoNotFitAreToldAndNothingIsCalled() {
    assertThat(code(ask("{ productPage(id: \"p1\") { reviews(first: 51) { rating } } }", Map.of())))
        .isEqualTo("BAD_USER_INPUT");
    assertThat(code(ask("query ($id: ID!) { productPage(id: $id) { id } }", Map.of())))
        .isEqualTo("BAD_USER_INPUT");
    for (Object noId : List.of(Map.of(), List.of("p1"), 1.5, true)) {
      assertThat(code(ask("query ($id: ID!) { productPage(id: $id) { id } }", Map.of("id", noId))))
          .isEqualTo("BAD_USER_INPUT");
    }
    assertThat(code(
            ask("query ($t: String!) { products(term: $t) { id } }", Map.of("t", new JsonArray()))))
        .isEqualTo("BAD_USER_INPUT");
    assertThat(code(ask(
            "mutation ($o: OrderInput!) { pay(order: $o) { sku } }",
            Map.of(
                "o", new JsonObject("{\"cart\":\"c\",\"tags\":[],\"payment\":{\"card\":null}}")))))
        .isEqualTo("BAD_USER_INPUT");
    assertThat(services.requests()).isEmpty();
  }

  @Test
  void documentsThatCannotBeRunAreRefusedQuickly() {
    assertThat(code(ask("{", Map.of()))).isEqualTo("GRAPHQL_PARSE_FAILED");
    assertThat(code(ask("{ nothing }", Map.of()))).isEqualTo("GRAPHQL_VALIDATION_FAILED");
    assertThat(code(ask("subscription { a }", Map.of()))).isEqualTo("GRAPHQL_VALIDATION_FAILED");
    assertThat(code(ask(
            "{ who ...A } fragment A on Query { ...B } fragment B on Query { ...A }", Map.of())))
        .isEqualTo("GRAPHQL_VALIDATION_FAILED");
    assertThat(code(ask("query A { who } query B { who }", Map.of())))
        .isEqualTo("OPERATION_NOT_FOUND");
    assertThat(code(ask("fragment A on Query { who }", Map.of())))
        .isEqualTo("GRAPHQL_VALIDATION_FAILED");
    assertThat(code(ask("{" + "a: who ".repeat(31) + "}", Map.of()))).isEqualTo("LIMIT_EXCEEDED");
    assertThat(code(ask("{" + "who ".repeat(6_000) + "}", Map.of()))).isEqualTo("LIMIT_EXCEEDED");
    assertThat(code(ask("{ who #" + "x".repeat(40_000) + "\n}", Map.of())))
        .isEqualTo("LIMIT_EXCEEDED");
    assertThat(code(ask("{ who" + " @skip(if: false)".repeat(51) + "}", Map.of())))
        .isEqualTo("LIMIT_EXCEEDED");
    assertThat(code(ask(
            "{ sample(sku: \"s\") " + "{ next ".repeat(16) + "{ sku }" + "}".repeat(16) + "}",
            Map.of())))
        .isEqualTo("LIMIT_EXCEEDED");
    assertThat(code(ask("{ __schema { queryType { name } } }", Map.of())))
        .isEqualTo("INTROSPECTION_DISABLED");
    assertThat(code(ask("{" + "who ".repeat(2_000) + "}", Map.of()))).isEqualTo("LIMIT_EXCEEDED");
    assertThat(ask("{" + "who ".repeat(200) + "}", Map.of()).status()).isEqualTo(200);
    assertThat(services.requests()).isEmpty();
  }
}
