package dev.gatehouse.rest;

import static dev.gatehouse.dsl.Access.allowedIf;
import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.rest.RestDoor.rest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.HttpClients;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import dev.gatehouse.testing.StubServices;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and answers on a real socket, over services on another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestDoorTest {
  private OpenedDoor door;
  private StubServices services;
  private HttpClients client;

  @BeforeAll
  void open() {
    door = OpenedDoor.open(
        rest()
            .get("/api/product-pages/{id}", Shop.PAGE)
            .allow(anyone())
            .get("/api/cards/{id}", Shop.PAGE)
            .allow(anyone())
            .select("id,name")
            .get("/api/products", Shop.SEARCH)
            .allow(anyone())
            .byDefault("size", 20)
            .header("X-Region", "region")
            .post("/api/carts/{cart}/lines", Shop.ADD_LINE)
            .allow(anyone())
            .answers(201)
            .delete("/api/carts/{cart}", Shop.CLEAR_CART)
            .allow(allowedIf("key", request -> "sesame".equals(request.header("x-key"))))
            .delete("/api/broken/{cart}", Shop.CLEAR_CART)
            .allow(allowedIf("broken", request -> {
              throw new IllegalStateException("no rule today");
            })),
        settings -> settings.toBuilder()
            .limits(settings.limits().withMaxBodyBytes(1_000))
            .build());
    services = door.services;
    client = door.client();
  }

  @BeforeEach
  void answerAsUsual() {
    services
        .json("/products/p1", "{\"id\":\"p1\",\"name\":\"Tea\",\"internal\":true}")
        .json("/products/a%2Fb", "{\"id\":\"a/b\",\"name\":\"Slash\"}")
        .json("/prices/p1", "{\"amount\":1.10,\"currency\":\"EUR\"}")
        .json(
            "/reviews",
            "[{\"rating\":5,\"authorId\":\"u1\"},{\"rating\":4,\"authorId\":\"u2\"},{\"rating\":3,\"authorId\":\"u1\"}]")
        .json("/users", "[{\"id\":\"u1\",\"name\":\"Ada\"},{\"id\":\"u2\",\"name\":\"Bob\"}]")
        .json("/products", "[{\"id\":\"p1\",\"name\":\"Tea\"}]")
        .json("/carts/c1/lines", "{\"sku\":\"p1\",\"quantity\":2,\"total\":2.20}")
        .at("/carts/c1", request -> request.response().setStatusCode(204).end());
    services.requests();
  }

  @AfterAll
  void close() {
    door.close();
  }

  @Test
  void answersThePageWithItsNumbersUntouched() {
    Reply reply = client.get("/api/product-pages/p1");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("application/json");
    assertThat(reply.body())
        .isEqualTo(
            "{\"id\":\"p1\",\"name\":\"Tea\",\"price\":{\"amount\":1.10,\"currency\":\"EUR\"},"
                + "\"reviews\":[{\"rating\":5,\"author\":{\"id\":\"u1\",\"name\":\"Ada\"}},"
                + "{\"rating\":4,\"author\":{\"id\":\"u2\",\"name\":\"Bob\"}},"
                + "{\"rating\":3,\"author\":{\"id\":\"u1\",\"name\":\"Ada\"}}]}");
    assertThat(services.requests()).hasSize(4);
  }

  @Test
  void onlyWhatIsSelectedIsFetched() {
    assertThat(client.get("/api/product-pages/p1?fields=name").body())
        .isEqualTo("{\"name\":\"Tea\"}");
    assertThat(services.requests()).containsExactly("GET /products/p1");

    assertThat(client
            .get("/api/product-pages/p1?fields=price(amount),reviews(author(name))")
            .body())
        .isEqualTo(
            "{\"price\":{\"amount\":1.10},\"reviews\":[{\"author\":{\"name\":\"Ada\"}},{\"author\":{\"name\":\"Bob\"}},"
                + "{\"author\":{\"name\":\"Ada\"}}]}");
    assertThat(services.requests()).hasSize(3);
  }

  @Test
  void aRouteMaySelectByItself() {
    assertThat(client.get("/api/cards/p1").body()).isEqualTo("{\"id\":\"p1\",\"name\":\"Tea\"}");
    assertThat(services.requests()).containsExactly("GET /products/p1");
    assertThat(client.get("/api/cards/p1?fields=price(currency)").body())
        .isEqualTo("{\"price\":{\"currency\":\"EUR\"}}");
  }

  @Test
  void fieldsTakeArgumentsAsParameters() {
    Reply reply = client.get("/api/product-pages/p1?fields=reviews(rating)&reviews.first=2");

    assertThat(reply.body()).isEqualTo("{\"reviews\":[{\"rating\":5},{\"rating\":4}]}");
    assertThat(
            new JsonObject(client.get("/api/product-pages/p1?reviews.first=1").body())
                .getJsonArray("reviews"))
        .hasSize(1);
    assertThat(errors(client.get("/api/product-pages/p1?reviews.first=51")))
        .isEqualTo(
            "[{\"in\":\"query\",\"parameter\":\"reviews.first\",\"detail\":\"\\\"51\\\" (expected: 1 to 50)\"}]");
    assertThat(errors(client.get("/api/product-pages/p1?reviews.first=x")))
        .contains("expected: an integer from");
    assertThat(errors(client.get("/api/product-pages/p1?fields=name&reviews.first=2")))
        .contains("unknown parameter")
        .contains("known: fields");
  }

  @Test
  void unknownFieldsAreToldWithTheKnownOnes() {
    Reply reply = client.get("/api/product-pages/p1?fields=nam,price(amount,x)");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
    assertThat(errors(reply))
        .isEqualTo("[{\"in\":\"query\",\"parameter\":\"fields\","
            + "\"detail\":\"nam is unknown (known: id, name, price, reviews)\"},{\"in\":\"query\",\"parameter\":\"fields\","
            + "\"detail\":\"price.x is unknown (known: amount, currency)\"}]");
    assertThat(errors(client.get("/api/product-pages/p1?fields=a(")))
        .contains("character 3: the end (expected: the name of a field)");
    assertThat(services.requests()).isEmpty();
  }

  @Test
  void queryAndHeaderParametersBecomeTheInput() {
    client.get("/api/products?term=green%20tea&tags=a&tags=b&sort=NAME", "X-Region", "eu");
    assertThat(services.requests())
        .containsExactly(
            "GET /products?term=green%20tea&size=20&sort=NAME&tags=a&tags=b&region=eu");

    Reply reply = client.get("/api/products?size=x&sort=n&pge=2");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(new JsonObject(reply.body()).getJsonArray("errors")).hasSize(4);
    assertThat(services.requests()).isEmpty();
  }

  @Test
  void aCommandTakesItsBodyAndAnswersItsStatus() {
    Reply reply = client.post("/api/carts/c1/lines", "{\"sku\":\"p1\",\"quantity\":2}");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.body()).isEqualTo("{\"sku\":\"p1\",\"quantity\":2,\"total\":2.20}");
    assertThat(reply.header("cache-control")).isEqualTo("no-store");
    assertThat(reply.header("etag")).isNull();
    assertThat(services.requests())
        .containsExactly("POST /carts/c1/lines {\"sku\":\"p1\",\"quantity\":2}");
  }

  @Test
  void aBodyThatDoesNotFitNeverReachesAService() {
    assertThat(errors(client.post("/api/carts/c1/lines", "{\"quantity\":\"2\",\"skq\":1}")))
        .contains("/quantity", "/skq", "did you mean sku", "/sku");
    assertThat(client
            .post("/api/carts/c1/lines", "{\"x\":\"" + "y".repeat(1_000) + "\"}")
            .status())
        .isEqualTo(413);
    assertThat(client
            .send(
                "POST",
                "/api/carts/c1/lines",
                "sku=p1",
                "content-type",
                "application/x-www-form-urlencoded")
            .status())
        .isEqualTo(415);
    assertThat(client.send("POST", "/api/carts/c1/lines", "{}").status()).isEqualTo(415);
    assertThat(errors(client.send("POST", "/api/carts/c1/lines", null))).contains("no body");
    Reply chunked = client.raw(
        "POST /api/carts/c1/lines HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            + "transfer-encoding: chunked\r\n\r\n400\r\n" + "y".repeat(1_024) + "\r\n0\r\n\r\n");
    assertThat(chunked.status()).isEqualTo(413);
    assertThat(services.requests()).isEmpty();
  }

  @Test
  void aClientThatAsksFirstIsToldToContinueOrWhyNot() throws Exception {
    String head =
        "POST /api/carts/c1/lines HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nexpect: 100-continue\r\n";
    assertThat(client.raw(head + "content-length: 9000000\r\n\r\n").status()).isEqualTo(413);

    try (var socket = client.connect()) {
      socket.getOutputStream().write((head + "content-length: 26\r\n\r\n").getBytes());
      assertThat(
              HttpClients.read(new LimitedToBlankLine(socket.getInputStream())).status())
          .isEqualTo(100);
      socket.getOutputStream().write("{\"sku\":\"p1\",\"quantity\":2} ".getBytes());
      assertThat(HttpClients.read(socket.getInputStream()).status()).isEqualTo(201);
    }
  }

  @Test
  void nothingIsAnsweredWithNothing() {
    Reply reply = client.send("DELETE", "/api/carts/c1", null, "x-key", "sesame");

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void theRuleDecidesBeforeAnythingIsReadOrCalled() {
    Reply refused = client.send("DELETE", "/api/carts/c1?unknown=1", null);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(new JsonObject(refused.body()).getString("code")).isEqualTo("forbidden");

    Reply broken = client.send("DELETE", "/api/broken/c1", null);
    assertThat(broken.status()).isEqualTo(500);
    assertThat(broken.body()).doesNotContain("no rule today", "IllegalState");
    assertThat(services.requests()).isEmpty();
  }

  @Test
  void headAndOptionsAreServedByThemselves() {
    Reply head = client.send("HEAD", "/api/product-pages/p1?fields=name", null);
    Reply get = client.get("/api/product-pages/p1?fields=name");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("content-length")).isEqualTo("14");
    assertThat(head.header("etag")).isEqualTo(get.header("etag"));

    Reply options = client.send("OPTIONS", "/api/product-pages/p1", null);
    assertThat(options.status()).isEqualTo(204);
    assertThat(options.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @Test
  void otherMethodsAndPathsAreRefused() {
    Reply reply = client.send("PUT", "/api/product-pages/p1", "{}");
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
    assertThat(client.get("/api/nothing").status()).isEqualTo(404);
    assertThat(client.get("/api/product-pages/p1/").status()).isEqualTo(404);
    assertThat(client.get("/openapi.json").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "%2e%2E", "%00", "%252F", "%zz", "%C3%28", "a%0d%0ab"})
  void malformedPathsAreRefused(String segment) {
    Reply reply = client.get("/api/product-pages/" + segment);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(new JsonObject(reply.body()).getString("code")).isEqualTo("malformed_path");
    assertThat(services.requests()).isEmpty();
  }

  @Test
  void anEncodedSlashIsDataAndStaysOne() {
    assertThat(client.get("/api/product-pages/a%2Fb?fields=name").body())
        .isEqualTo("{\"name\":\"Slash\"}");
    assertThat(services.requests()).containsExactly("GET /products/a%2Fb");
  }

  @Test
  void whoDoesNotTakeJsonGetsNone() {
    assertThat(client.get("/api/product-pages/p1", "accept", "text/html").status())
        .isEqualTo(406);
    assertThat(client
            .get("/api/product-pages/p1", "accept", "text/html, */*;q=0.1")
            .status())
        .isEqualTo(200);
  }

  @Test
  void anUnchangedAnswerIsNotSentAgain() {
    Reply first = client.get("/api/product-pages/p1");
    String tag = first.header("etag");
    assertThat(tag).startsWith("W/\"");

    Reply second = client.get("/api/product-pages/p1", "if-none-match", "\"x\", " + tag);
    assertThat(second.status()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(second.header("etag")).isEqualTo(tag);

    services.json("/products/p1", "{\"id\":\"p1\",\"name\":\"Coffee\"}");
    assertThat(client.get("/api/product-pages/p1", "if-none-match", tag).status())
        .isEqualTo(200);
  }

  @Test
  void anAnswerIsNoMoreCacheableThanItsLeastCacheablePart() {
    services.json(
        "/products/p1", "{\"id\":\"p1\",\"name\":\"Tea\"}", "cache-control", "public, max-age=60");
    services.json(
        "/prices/p1", "{\"amount\":1,\"currency\":\"EUR\"}", "cache-control", "max-age=5");
    assertThat(client.get("/api/product-pages/p1?fields=name").header("cache-control"))
        .isEqualTo("public, max-age=60");
    assertThat(client.get("/api/product-pages/p1?fields=name,price").header("cache-control"))
        .isEqualTo("public, max-age=5");

    services.json(
        "/prices/p1", "{\"amount\":1,\"currency\":\"EUR\"}", "cache-control", "private, max-age=5");
    Reply reply = client.get("/api/product-pages/p1?fields=name,price");
    assertThat(reply.header("cache-control")).isEqualTo("private, max-age=5");
    assertThat(reply.header("vary")).isEqualTo("accept-encoding");
    services.json("/prices/p1", "{\"amount\":1,\"currency\":\"EUR\"}", "cache-control", "no-store");
    assertThat(client.get("/api/product-pages/p1?fields=name,price").header("cache-control"))
        .isEqualTo("no-store");
    assertThat(client.get("/api/products?term=x").header("vary"))
        .isEqualTo("accept-encoding, x-region");
  }

  @Test
  void whatIsLostIsToldInAHeader() {
    services.at("/prices/p1", request -> request.response().setStatusCode(500).end());

    Reply reply = client.get("/api/product-pages/p1?fields=name,price");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("{\"name\":\"Tea\",\"price\":null}");
    assertThat(reply.header("gatehouse-degraded")).isEqualTo("price;class=server_error");
    assertThat(reply.header("cache-control")).isEqualTo("no-store");
    assertThat(reply.header("etag")).isNull();
  }

  @Test
  void aFailureOfTheWholeHasTheStatusOfWhoMustAct() {
    services.at("/products/p1", request -> request.response().setStatusCode(404).end());
    assertProblem(client.get("/api/product-pages/p1"), 404, "not_found", null);
    services.at("/products/p1", request -> request.response().setStatusCode(503).end());
    assertProblem(client.get("/api/product-pages/p1"), 502, "upstream_failed", null);
    services.at("/products/p1", request -> request.response().setStatusCode(429).end());
    assertProblem(client.get("/api/product-pages/p1"), 503, "unavailable", "1");
    services.at("/products/p1", request -> request.connection().close());
    assertProblem(client.get("/api/product-pages/p1"), 502, "upstream_failed", null);
    services.json("/products/p1", "{\"id\":");
    assertProblem(client.get("/api/product-pages/p1"), 502, "upstream_failed", null);
    services.hang("/products/p1");
    assertProblem(client.get("/api/product-pages/p1"), 504, "timed_out", null);
  }

  @Test
  void tracesAreCarriedOn() {
    String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    client.get("/api/product-pages/p1?fields=name", "traceparent", parent, "x-user", "me");

    assertThat(services.headers())
        .anyMatch(
            header -> header.getKey().equals("traceparent") && header.getValue().equals(parent));
    assertThat(services.headers()).noneMatch(header -> header.getKey().equals("x-user"));
  }

  @Test
  void answersAreCompressedForThoseWhoTakeIt() {
    Reply reply = client.get("/api/product-pages/p1", "accept-encoding", "gzip");

    assertThat(reply.header("content-encoding")).isEqualTo("gzip");
    assertThat(reply.header("vary")).isEqualTo("accept-encoding");
  }

  private static void assertProblem(
      Reply reply, int status, String code, @Nullable String retryAfter) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
    assertThat(reply.header("retry-after")).isEqualTo(retryAfter);
    assertThat(new JsonObject(reply.body()).getString("code")).isEqualTo(code);
    assertThat(reply.body()).doesNotContain("catalog", "127.0.0.1", "Exception", "/products");
  }

  private static String errors(Reply reply) {
    assertThat(reply.status()).isEqualTo(400);
    JsonObject problem = new JsonObject(reply.body());
    assertThat(List.of(problem.getString("code"), problem.getString("type")))
        .containsExactly("invalid_request", "about:blank");
    return problem.getJsonArray("errors", new JsonArray()).encode();
  }
}
