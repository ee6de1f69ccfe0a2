package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.allowedIf;
import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.OpenedDoor;
import dev.gatehouse.testing.StubServices;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deferred parts on a real socket: the first leaves while the services of others have not answered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IncrementalDeliveryTest {
  private static final String REVIEWS =
      "[{\"rating\":5,\"authorId\":\"u1\"},{\"rating\":4,\"authorId\":\"u2\"}]";
  private static final String DEFERRED_REVIEWS =
      "{ productPage(id: \"p1\") { name ... @defer(label: \"reviews\") { reviews { rating author { name } } } } }";

  private OpenedDoor door;
  private StubServices services;

  @BeforeAll
  void open() {
    door = OpenedDoor.open(graphql()
        .query("productPage", Shop.PAGE)
        .allow(anyone())
        .query("who", Shop.WHO)
        .allow(anyone())
        .query("secret", Shop.WHO)
        .allow(allowedIf("nobody", request -> false))
        .mutation("addToCart", Shop.ADD_LINE)
        .allow(anyone()));
    services = door.services;
  }

  @BeforeEach
  void answerAsUsual() {
    services
        .json("/products/p1", "{\"id\":\"p1\",\"name\":\"Tea\"}")
        .json("/prices/p1", "{\"amount\":1.10,\"currency\":\"EUR\"}")
        .json("/reviews", REVIEWS)
        .json("/users", "[{\"id\":\"u1\",\"name\":\"Ada\"},{\"id\":\"u2\",\"name\":\"Bob\"}]")
        .json("/carts/c1/lines", "{\"sku\":\"p1\",\"quantity\":2,\"total\":2.20}");
    services.requests();
  }

  @AfterAll
  void close() {
    door.close();
  }

  private PartsClient ask(String accept, String query) throws Exception {
    return PartsClient.post(door.client().port(), accept, query, Map.of());
  }

  private PartsClient ask(String query) throws Exception {
    return ask(PartsClient.V02, query);
  }

  /** Has a service answer when the test says so. */
  private CompletableFuture<HttpServerRequest> hold(String path) {
    CompletableFuture<HttpServerRequest> held = new CompletableFuture<>();
    services.at(path, held::complete);
    return held;
  }

  private static void release(CompletableFuture<HttpServerRequest> held, String json)
      throws Exception {
    HttpServerRequest request = held.get(60, TimeUnit.SECONDS);
    request.response().putHeader("content-type", "application/json").end(json);
  }

  private static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(strings = {PartsClient.V02, PartsClient.V2022})
  void anArgumentThatDoesNotFitIsRefusedAsAWhole(String accept) throws Exception {
    String query =
        "query($n: Int!) { productPage(id: \"p1\") { name ... @defer { reviews(first: $n) { rating } } } }";
    try (PartsClient client =
        PartsClient.post(door.client().port(), accept, query, Map.of("n", 100))) {
      assertThat(client
              .whole()
              .getJsonArray("errors")
              .getJsonObject(0)
              .getJsonObject("extensions")
              .getString("code"))
          .isEqualTo("BAD_USER_INPUT");
    }
    assertThat(services.requests()).isEmpty();
  }

  @Test
  void theFirstPartArrivesWhileADeferredServiceHasNotAnswered() throws Exception {
    CompletableFuture<HttpServerRequest> reviews = hold("/reviews");
    try (PartsClient client = ask(DEFERRED_REVIEWS)) {
      assertThat(client.next())
          .isEqualTo(
              json(
                  "{'data':{'productPage':{'name':'Tea'}},'pending':[{'id':'0','path':['productPage'],'label':'reviews'}],'hasNext':true}"));
      release(reviews, REVIEWS);
      assertThat(client.next())
          .isEqualTo(
              json(
                  "{'incremental':[{'id':'0','data':{'reviews':[{'rating':5,'author':{'name':'Ada'}},{'rating':4,'author':{'name':'Bob'}}]}}],'completed':[{'id':'0'}],'hasNext':false}"));
      assertThat(client.header("content-type"))
          .isEqualTo("multipart/mixed; boundary=\"-\"; incrementalSpec=v0.2");
      assertThat(client.header("cache-control")).isEqualTo("no-store");
    }
    assertThat(services.requests())
        .containsExactlyInAnyOrder(
            "GET /products/p1", "GET /reviews?product=p1", "GET /users?ids=u1&ids=u2");
  }

  @Test
  void theOlderFormTellsPathsInPlaceOfIds() throws Exception {
    for (String accept : new String[] {PartsClient.V2022, "multipart/mixed, application/json"}) {
      try (PartsClient client = ask(accept, DEFERRED_REVIEWS)) {
        assertThat(client.next())
            .isEqualTo(json("{'data':{'productPage':{'name':'Tea'}},'hasNext':true}"));
        assertThat(client.next())
            .isEqualTo(
                json(
                    "{'incremental':[{'data':{'reviews':[{'rating':5,'author':{'name':'Ada'}},{'rating':4,'author':{'name':'Bob'}}]},'path':['productPage'],'label':'reviews'}],'hasNext':false}"));
        assertThat(client.header("content-type"))
            .isEqualTo("multipart/mixed; boundary=\"-\"; deferSpec=20220824");
      }
    }
  }

  @Test
  void whoTakesNoPartsGetsAllAtOnce() throws Exception {
    try (PartsClient client = ask("application/json", DEFERRED_REVIEWS)) {
      assertThat(client.whole())
          .isEqualTo(
              json(
                  "{'data':{'productPage':{'name':'Tea','reviews':[{'rating':5,'author':{'name':'Ada'}},{'rating':4,'author':{'name':'Bob'}}]}}}"));
    }
    try (PartsClient client =
        ask("{ productPage(id: \"p1\") { name ... @defer(if: false) { id } } }")) {
      assertThat(client.isInParts()).isFalse();
      assertThat(client.whole())
          .isEqualTo(json("{'data':{'productPage':{'name':'Tea','id':'p1'}}}"));
    }
  }

  @Test
  void whoTakesNothingButPartsGetsOne() throws Exception {
    try (PartsClient client = ask("multipart/mixed;incrementalSpec=v0.2", "{ who }")) {
      assertThat(client.next()).isEqualTo(json("{'data':{'who':'nobody'},'hasNext':false}"));
    }
  }

  @Test
  void aVariableDecides() throws Exception {
    String query =
        "query($d: Boolean!) { productPage(id: \"p1\") { name ... @defer(if: $d) { id } } }";
    for (boolean defers : new boolean[] {true, false, true}) {
      try (PartsClient client =
          PartsClient.post(door.client().port(), PartsClient.V02, query, Map.of("d", defers))) {
        assertThat(client.isInParts()).isEqualTo(defers);
      }
    }
  }

  @Test
  void rowsHavePartsOfTheirOwnForOneCall() throws Exception {
    CompletableFuture<HttpServerRequest> users = hold("/users");
    try (PartsClient client =
        ask("{ productPage(id: \"p1\") { reviews { rating ... @defer { author { name } } } } }")) {
      assertThat(client.next().getJsonArray("pending")).hasSize(2);
      release(users, "[{\"id\":\"u1\",\"name\":\"Ada\"}]");
      JsonObject second = client.next();
      assertThat(second.getJsonArray("incremental")).hasSize(2);
      assertThat(client.data)
          .isEqualTo(
              json(
                  "{'productPage':{'reviews':[{'rating':5,'author':{'name':'Ada'}},{'rating':4,'author':null}]}}"));
    }
    assertThat(services.requests()).hasSize(2);
  }

  @Test
  void whatIsSelectedUndeferredTooBelongsToTheFirstPart() throws Exception {
    try (PartsClient client = ask(
        "{ productPage(id: \"p1\") { name ... @defer { name id reviews { author { name } } } reviews { rating } } }")) {
      JsonObject first = client.next();
      assertThat(first.getJsonObject("data"))
          .isEqualTo(json("{'productPage':{'name':'Tea','reviews':[{'rating':5},{'rating':4}]}}"));
      assertThat(first.getJsonArray("pending")).hasSize(1);
      assertThat(client.next().getJsonArray("incremental"))
          .map(JsonObject.class::cast)
          .containsExactlyInAnyOrder(
              json("{'id':'0','data':{'id':'p1'}}"),
              json("{'id':'0','subPath':['reviews',0],'data':{'author':{'name':'Ada'}}}"),
              json("{'id':'0','subPath':['reviews',1],'data':{'author':{'name':'Bob'}}}"));
    }
  }

  @Test
  void whatTwoFragmentsShareComesOnceWithTheFirstOfThem() throws Exception {
    CompletableFuture<HttpServerRequest> reviews = hold("/reviews");
    try (PartsClient client = ask(
        "{ productPage(id: \"p1\") { ... @defer(label: \"a\") { id name } ... @defer(label: \"b\") { name reviews { rating } } } }")) {
      assertThat(client.next().getJsonObject("data")).isEqualTo(json("{'productPage':{}}"));
      JsonObject a = client.next();
      assertThat(a.getJsonArray("completed")).isEqualTo(new JsonArray().add(json("{'id':'0'}")));
      assertThat(client.data).isEqualTo(json("{'productPage':{'id':'p1','name':'Tea'}}"));
      release(reviews, REVIEWS);
      assertThat(client.next().getJsonArray("incremental"))
          .isEqualTo(new JsonArray()
              .add(json("{'id':'1','data':{'reviews':[{'rating':5},{'rating':4}]}}")));
    }
  }

  @Test
  void anInnerFragmentComesAfterTheOneAroundIt() throws Exception {
    CompletableFuture<HttpServerRequest> reviews = hold("/reviews");
    try (PartsClient client = ask(
        "{ productPage(id: \"p1\") { id ... @defer(label: \"outer\") { reviews { rating } ... @defer(label: \"inner\") { name } } } }")) {
      assertThat(client.next().getJsonArray("pending")).hasSize(1);
      release(reviews, REVIEWS);
      client.all();
      assertThat(client.parts).hasSize(2);
      assertThat(client.parts.get(1).getJsonArray("pending"))
          .isEqualTo(
              new JsonArray().add(json("{'id':'1','path':['productPage'],'label':'inner'}")));
    }
  }

  @Test
  void theFirstElementsOfAListDoNotWaitForTheOthers() throws Exception {
    CompletableFuture<HttpServerRequest> second = new CompletableFuture<>();
    services.at("/users", request -> {
      if ("u2".equals(request.getParam("ids"))) {
        second.complete(request);
      } else {
        request.response().end("[{\"id\":\"u1\",\"name\":\"Ada\"}]");
      }
    });
    String query =
        "query($n: Int!) { productPage(id: \"p1\") { reviews @stream(initialCount: $n, label: \"rest\") { rating author { name } } } }";
    try (PartsClient client =
        PartsClient.post(door.client().port(), PartsClient.V02, query, Map.of("n", 1))) {
      assertThat(client.next())
          .isEqualTo(
              json(
                  "{'data':{'productPage':{'reviews':[{'rating':5,'author':{'name':'Ada'}}]}},'pending':[{'id':'0','path':['productPage','reviews'],'label':'rest'}],'hasNext':true}"));
      release(second, "[{\"id\":\"u2\",\"name\":\"Bob\"}]");
      assertThat(client.next())
          .isEqualTo(
              json(
                  "{'incremental':[{'id':'0','items':[{'rating':4,'author':{'name':'Bob'}}]}],'completed':[{'id':'0'}],'hasNext':false}"));
    }
    assertThat(services.requests()).hasSize(3);
    answerAsUsual();
    try (PartsClient client =
        PartsClient.post(door.client().port(), PartsClient.V2022, query, Map.of("n", 1))) {
      client.all();
      assertThat(client.parts.get(1))
          .isEqualTo(
              json(
                  "{'incremental':[{'items':[{'rating':4,'author':{'name':'Bob'}}],'path':['productPage','reviews',1],'label':'rest'}],'hasNext':false}"));
    }
  }

  @Test
  void aStreamNeedsAListAndACount() throws Exception {
    for (String query : new String[] {
      "{ productPage(id: \"p1\") { name @stream } }",
      "{ productPage(id: \"p1\") { reviews @stream(initialCount: -1) { rating } } }",
      "{ productPage(id: \"p1\") { reviews @stream(initialCount: 1) { rating } ... { reviews @stream { rating } } } }"
    }) {
      try (PartsClient client = ask(query)) {
        assertThat(client.whole().containsKey("data")).as(query).isFalse();
      }
    }
  }

  @Test
  void aLossInAPartIsToldWithThatPart() throws Exception {
    services.at("/reviews", request -> request.response().setStatusCode(500).end());
    try (PartsClient client = ask(DEFERRED_REVIEWS).all()) {
      JsonObject completed = client.parts.get(1).getJsonArray("completed").getJsonObject(0);
      assertThat(client.parts.get(0).containsKey("errors")).isFalse();
      assertThat(client.parts.get(1).containsKey("incremental")).isFalse();
      JsonObject error = completed.getJsonArray("errors").getJsonObject(0);
      assertThat(error.getJsonArray("path"))
          .isEqualTo(new JsonArray().add("productPage").add("reviews"));
      assertThat(error.getJsonObject("extensions").getString("code")).isEqualTo("UPSTREAM_FAILED");
    }
    try (PartsClient client = ask(PartsClient.V2022, DEFERRED_REVIEWS).all()) {
      JsonObject entry = client.parts.get(1).getJsonArray("incremental").getJsonObject(0);
      assertThat(entry.getValue("data")).isNull();
      assertThat(entry.getJsonArray("errors")).hasSize(1);
    }
  }

  @Test
  void nothingFollowsOfAnObjectThatIsNull() throws Exception {
    services.at("/products/p1", request -> request.response().setStatusCode(500).end());
    try (PartsClient client = ask(DEFERRED_REVIEWS).all()) {
      assertThat(client.parts).hasSize(1);
      assertThat(client.data).isEqualTo(json("{'productPage':null}"));
      assertThat(client.errors).hasSize(1);
      assertThat(client.header("gatehouse-degraded")).isNotEmpty();
    }
  }

  @Test
  void rootFieldsCanBeDeferred() throws Exception {
    CompletableFuture<HttpServerRequest> product = hold("/products/p1");
    try (PartsClient client = ask(
        "{ who ... @defer { productPage(id: \"p1\") { name ... @defer { id } } t: __typename secret } }")) {
      assertThat(client.next())
          .isEqualTo(
              json("{'data':{'who':'nobody'},'pending':[{'id':'0','path':[]}],'hasNext':true}"));
      release(product, "{\"id\":\"p1\",\"name\":\"Tea\"}");
      client.all();
      assertThat(client.data)
          .isEqualTo(json(
              "{'who':'nobody','productPage':{'name':'Tea','id':'p1'},'t':'Query','secret':null}"));
      assertThat(client.errors).hasSize(1);
    }
  }

  @Test
  void aMutationIsDoneBeforeAnythingIsTold() throws Exception {
    CompletableFuture<HttpServerRequest> lines = hold("/carts/c1/lines");
    CompletableFuture<PartsClient> asked = CompletableFuture.supplyAsync(() -> {
      try {
        return ask(
            "mutation { addToCart(cart: \"c1\", sku: \"p1\", quantity: 2) { sku ... @defer { total } } }");
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    });
    lines.get(60, TimeUnit.SECONDS);
    assertThat(asked).isNotDone();
    release(lines, "{\"sku\":\"p1\",\"quantity\":2,\"total\":2.20}");
    try (PartsClient client = asked.get(60, TimeUnit.SECONDS).all()) {
      assertThat(client.data).isEqualTo(json("{'addToCart':{'sku':'p1','total':2.20}}"));
    }
  }

  @Test
  void aClientThatLeavesEndsTheCallsOfWhatWouldFollow() throws Exception {
    CompletableFuture<HttpServerRequest> reviews = hold("/reviews");
    CompletableFuture<Void> ended = new CompletableFuture<>();
    try (PartsClient client = ask(DEFERRED_REVIEWS)) {
      client.next();
      HttpServerRequest request = reviews.get(60, TimeUnit.SECONDS);
      request.connection().closeHandler(closed -> ended.complete(null));
    }
    ended.get(60, TimeUnit.SECONDS);
  }

  @Test
  void compressionHoldsNothingBack() throws Exception {
    CompletableFuture<HttpServerRequest> reviews = hold("/reviews");
    try (PartsClient client = PartsClient.post(
        door.client().port(),
        PartsClient.V02,
        DEFERRED_REVIEWS,
        Map.of(),
        "accept-encoding",
        "gzip")) {
      client.next();
      release(reviews, REVIEWS);
      client.all();
    }
  }

  @Test
  void labelsAreUniqueAndNothingAtTheRootOfAMutationIsDeferred() throws Exception {
    for (String query : new String[] {
      "{ productPage(id: \"p1\") { ... @defer(label: \"a\") { id } ... @defer(label: \"a\") { name } } }",
      "query($l: String) { productPage(id: \"p1\") { ... @defer(label: $l) { id } } }",
      "mutation { ... @defer { addToCart(cart: \"c1\", sku: \"p1\", quantity: 2) { sku } } }",
      "{ productPage(id: \"p1\") { name @defer } }"
    }) {
      try (PartsClient client = ask(query)) {
        JsonObject error = client.whole().getJsonArray("errors").getJsonObject(0);
        assertThat(error.getJsonObject("extensions").getString("code"))
            .isEqualTo("GRAPHQL_VALIDATION_FAILED");
      }
    }
    assertThat(services.requests()).isEmpty();
  }

  @Test
  void whereItIsOffThereIsNoSuchDirective() throws Exception {
    try (OpenedDoor without = OpenedDoor.open(
        graphql().query("who", Shop.WHO).allow(anyone()),
        settings -> settings.toBuilder()
            .graphql(settings.graphql().toBuilder().incremental(false).build())
            .build())) {
      try (PartsClient client = PartsClient.post(
          without.client().port(), PartsClient.V02, "{ ... @defer { who } }", Map.of())) {
        assertThat(client.whole().getJsonArray("errors").getJsonObject(0).getString("message"))
            .contains("defer");
      }
    }
  }
}
