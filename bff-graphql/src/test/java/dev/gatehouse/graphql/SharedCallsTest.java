package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One call for each batch and level, whatever the nesting and the aliases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedCallsTest {
  record Product(String id, String name) {}

  record Review(int rating, String authorId) {}

  record ProductReviews(String productId, List<Review> items) {}

  record User(String id, String name) {}

  record Query(String term, int size) {}

  record ReviewView(int rating, @Nullable User author) {}

  record Card(String id, String name, List<ReviewView> reviews) {}

  private static final ListOperation<Query, Product> PRODUCTS = Service.named("catalog")
      .get("/products{?term,size}")
      .returnsList(Product.class)
      .atMost(50);
  private static final Operation<String, ProductReviews> REVIEWS = Service.named("reviews")
      .get("/reviews{?products*}")
      .batchOf(ProductReviews.class, ProductReviews::productId)
      .upTo(50);
  private static final Operation<String, User> USER =
      Service.named("users").get("/users{?ids*}").batchOf(User.class, User::id).upTo(50);

  private static final Composite<Query, List<Card>> CARDS = Composite.named(
      "Cards",
      Query.class,
      query -> PRODUCTS
          .call(query)
          .each(product -> object(Card.class)
              .from(product)
              .with(
                  Card::reviews,
                  REVIEWS
                      .call(product.get(Product::id))
                      .items(ProductReviews::items)
                      .atMost(20)
                      .each(review -> object(ReviewView.class)
                          .from(review)
                          .with(
                              ReviewView::author,
                              USER.call(review.get(Review::authorId)).orNull())))));
  private static final Composite<String, User> ONE_USER =
      Composite.named("OneUser", String.class, USER::call);
  private static final Composite<String, User> HASTY_USER =
      Composite.named("HastyUser", String.class, USER::call).within(Duration.ofSeconds(50));

  private static final Operation<String, User> OTHER_USER =
      Service.named("users").get("/others/{id}").returns(User.class);
  private static final Composite<String, User> ANY_USER = Composite.named(
      "AnyUser", String.class, id -> USER.call(id).orElseGet(() -> OTHER_USER.call(id)));

  private final OpenedDoor door = OpenedDoor.open(graphql()
      .query("products", CARDS)
      .allow(anyone())
      .query("user", ONE_USER)
      .allow(anyone())
      .query("hastyUser", HASTY_USER)
      .allow(anyone())
      .query("anyUser", ANY_USER)
      .allow(anyone()));

  @BeforeAll
  void answer() {
    JsonArray products = new JsonArray();
    IntStream.range(0, 20)
        .forEach(i -> products.add(new JsonObject().put("id", "p" + i).put("name", "Tea " + i)));
    door.services
        .json("/products", products.encode())
        .at(
            "/reviews",
            request -> reply(
                request,
                "products",
                id -> new JsonObject()
                    .put("productId", id)
                    .put(
                        "items",
                        new JsonArray()
                            .add(new JsonObject()
                                .put("rating", 5)
                                .put("authorId", "u" + id.length()))
                            .add(new JsonObject().put("rating", 1).put("authorId", "u9")))));
  }

  @BeforeEach
  void answerUsers() {
    answerUsersWithoutForgetting();
    door.services.requests();
  }

  private void answerUsersWithoutForgetting() {
    door.services.at(
        "/users",
        request ->
            reply(request, "ids", id -> new JsonObject().put("id", id).put("name", "User " + id)));
  }

  @AfterAll
  void close() {
    door.close();
  }

  private interface Document {
    JsonObject of(String id);
  }

  private static void reply(HttpServerRequest request, String parameter, Document document) {
    JsonArray found = new JsonArray();
    request.params().getAll(parameter).forEach(id -> found.add(document.of(id)));
    request.response().putHeader("content-type", "application/json").end(found.encode());
  }

  private JsonObject ask(String query) {
    return new JsonObject(door.client()
        .send(
            "POST",
            "/graphql",
            new JsonObject().put("query", query).encode(),
            "content-type",
            "application/json",
            "accept",
            "application/graphql-response+json")
        .body());
  }

  @Test
  void twentyProductsWithReviewsAndAuthorsAreThreeCalls() {
    JsonObject data =
        ask("{ products(term: \"tea\", size: 20) { name reviews { rating author { name } } } }")
            .getJsonObject("data");

    assertThat(data.getJsonArray("products")).hasSize(20);
    assertThat(data.getJsonArray("products").getJsonObject(19).encode())
        .isEqualTo(
            "{\"name\":\"Tea 19\",\"reviews\":[{\"rating\":5,\"author\":{\"name\":\"User u3\"}},"
                + "{\"rating\":1,\"author\":{\"name\":\"User u9\"}}]}");
    assertThat(door.services.requests()).hasSize(3);
  }

  @Test
  void aliasesOfRootFieldsAndOfFieldsBelowDoNotAddCalls() {
    JsonObject data = ask("""
        { a: products(term: "tea", size: 20) { name x: reviews { rating } y: reviews { author { id } } }
          b: products(term: "tea", size: 20) { id reviews { author { name } } }
          reader: user(id: "u9") { name } }""").getJsonObject("data");

    assertThat(data.getJsonArray("a").getJsonObject(0).encode())
        .isEqualTo("{\"name\":\"Tea 0\",\"x\":[{\"rating\":5},{\"rating\":1}],"
            + "\"y\":[{\"author\":{\"id\":\"u2\"}},{\"author\":{\"id\":\"u9\"}}]}");
    assertThat(data.getJsonArray("b").getJsonObject(1).encode())
        .isEqualTo(
            "{\"id\":\"p1\",\"reviews\":[{\"author\":{\"name\":\"User u2\"}},{\"author\":{\"name\":\"User u9\"}}]}");
    assertThat(data.getJsonObject("reader").getString("name")).isEqualTo("User u9");
    // The reader is known before any review is, and asked for at once.
    assertThat(door.services.requests().stream().map(request -> request.replaceAll("\\?.*", "")))
        .containsExactlyInAnyOrder("GET /products", "GET /reviews", "GET /users", "GET /users");
  }

  @Test
  void keysOfSeveralRootFieldsAreOneBatch() {
    JsonObject data =
        ask("{ a: user(id: \"u1\") { name } b: user(id: \"u2\") { name } c: user(id: \"u1\") { id } }")
            .getJsonObject("data");

    assertThat(data.encode())
        .isEqualTo(
            "{\"a\":{\"name\":\"User u1\"},\"b\":{\"name\":\"User u2\"},\"c\":{\"id\":\"u1\"}}");
    assertThat(door.services.requests()).containsExactly("GET /users?ids=u1&ids=u2");
  }

  @Test
  void conditionsThatDifferBetweenAliasesShareWhatTheyHaveInCommon() {
    JsonObject data = new JsonObject(door.client()
            .post(
                "/graphql",
                new JsonObject()
                    .put("query", """
                        query($yes: Boolean!, $no: Boolean!) {
                          a: products(term: "tea", size: 20) { name reviews @include(if: $yes) { rating } }
                          b: products(term: "tea", size: 20) { id reviews @skip(if: $yes) { author { name } } }
                          c: products(term: "tea", size: 20) { reviews { rating author @include(if: $no) { name } } }
                          d: products(term: "tea", size: 20) @skip(if: $yes) { reviews { author { name } } }
                        }""")
                    .put("variables", new JsonObject().put("yes", true).put("no", false))
                    .encode())
            .body())
        .getJsonObject("data");

    assertThat(data.fieldNames()).containsExactly("a", "b", "c");
    String reviews = "\"reviews\":[{\"rating\":5},{\"rating\":1}]}";
    assertThat(data.getJsonArray("a").getJsonObject(7).encode())
        .isEqualTo("{\"name\":\"Tea 7\"," + reviews);
    assertThat(data.getJsonArray("b").getJsonObject(7).encode()).isEqualTo("{\"id\":\"p7\"}");
    assertThat(data.getJsonArray("c").getJsonObject(7).encode()).isEqualTo("{" + reviews);
    assertThat(door.services.requests().stream().map(request -> request.replaceAll("\\?.*", "")))
        .containsExactly("GET /products", "GET /reviews");
  }

  @Test
  void fieldsWithDifferentDeadlinesShareNoCall() {
    JsonObject data =
        ask("{ a: user(id: \"u1\") { name } b: hastyUser(id: \"u2\") { name } c: hastyUser(id: \"u3\") { name } }")
            .getJsonObject("data");

    assertThat(data.encode())
        .isEqualTo(
            "{\"a\":{\"name\":\"User u1\"},\"b\":{\"name\":\"User u2\"},\"c\":{\"name\":\"User u3\"}}");
    assertThat(door.services.requests())
        .containsExactlyInAnyOrder("GET /users?ids=u1", "GET /users?ids=u2&ids=u3");
  }

  @Test
  void nothingIsCalledInPlaceOfACallThatEndsBecauseTheClientLeft() throws Exception {
    CompletableFuture<Void> left = new CompletableFuture<>();
    CompletableFuture<HttpServerRequest> asked = new CompletableFuture<>();
    door.services.at("/users", request -> {
      request.connection().closeHandler(closed -> left.complete(null));
      asked.complete(request);
    });
    String body = new JsonObject()
        .put("query", "{ a: anyUser(id: \"u1\") { name } b: anyUser(id: \"u2\") { name } }")
        .encode();
    try (Socket client = door.client().connect()) {
      client
          .getOutputStream()
          .write(
              ("POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: "
                      + body.length() + "\r\n\r\n" + body)
                  .getBytes(StandardCharsets.US_ASCII));
      asked.get(60, TimeUnit.SECONDS);
    }
    left.get(60, TimeUnit.SECONDS);
    answerUsersWithoutForgetting();

    assertThat(ask("{ user(id: \"u3\") { name } }").containsKey("errors")).isFalse();
    assertThat(door.services.requests())
        .containsExactly("GET /users?ids=u1&ids=u2", "GET /users?ids=u3");
  }

  @Test
  void aSharedCallThatFailsIsAnErrorOfEachFieldThatNeededIt() {
    door.services.at("/users", request -> request.response().setStatusCode(500).end());

    JsonObject answer = ask("{ a: user(id: \"u1\") { name } b: user(id: \"u2\") { name } }");

    assertThat(answer.getJsonObject("data").encode()).isEqualTo("{\"a\":null,\"b\":null}");
    assertThat(answer.getJsonArray("errors").stream()
            .map(error -> ((JsonObject) error).getJsonArray("path").getString(0)))
        .containsExactly("a", "b");
    assertThat(door.services.requests()).hasSize(1);
  }
}
