package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.allowedIf;
import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static dev.gatehouse.graphql.Subgraph.subgraph;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Access;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.finding.Code;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.runtime.config.RateSettings;
import dev.gatehouse.testing.OpenedDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A door that is a subgraph: what it tells gateways, and how it answers them. */
class SubgraphTest {
  record Product(String id, String name) {}

  record Price(String productId, int cents) {}

  record Stock(String sku, String country, int left) {}

  record StockKey(String sku, String country) {}

  record NestedKey(String sku, @Nullable NestedKey next) {}

  record Card(String id, String name, @Nullable Price price) {}

  record Author(String id, String name) {}

  static final Operation<String, Product> PRODUCTS = Service.named("catalog")
      .get("/products{?ids*}")
      .batchOf(Product.class, Product::id)
      .upTo(50);
  static final Operation<String, Price> PRICES = Service.named("pricing")
      .get("/prices{?ids*}")
      .batchOf(Price.class, Price::productId)
      .upTo(50);
  static final Operation<StockKey, Stock> STOCKS = Service.named("catalog")
      .post("/stocks")
      .safe()
      .batchOf(Stock.class, Stock::sku, Stock::country)
      .upTo(50);
  static final Operation<String, Author> AUTHOR =
      Service.named("users").get("/authors/{id}").perItemUpTo(3).returns(Author.class);
  static final Operation<String, Author> ONLY_ONE =
      Service.named("users").get("/authors/{id}").returns(Author.class);
  static final ListOperation<String, Author> AUTHORS = Service.named("users")
      .get("/books/{id}/authors")
      .perItemUpTo(3)
      .returnsList(Author.class)
      .atMost(5);

  static final Composite<String, Card> CARD = Composite.named(
      "CardById",
      String.class,
      id -> object(Card.class)
          .from(PRODUCTS.call(id))
          .with(Card::price, PRICES.call(id).orNull()));
  static final Composite<StockKey, Stock> STOCK =
      Composite.named("StockByKey", StockKey.class, STOCKS::call);
  static final Composite<String, Author> WRITER =
      Composite.named("AuthorById", String.class, AUTHOR::call);
  static final Composite<String, Author> SLOW_WRITER =
      Composite.named("AuthorByIdOneByOne", String.class, ONLY_ONE::call);
  static final Operation<NestedKey, Stock> NESTED_STOCK = Operation.inJava(
          "nested",
          NestedKey.class,
          Stock.class,
          key -> CompletableFuture.completedFuture(new Stock(key.sku(), "FR", 1)))
      .perItemUpTo(3);
  static final Composite<NestedKey, Stock> NESTED =
      Composite.named("StockByNestedKey", NestedKey.class, NESTED_STOCK::call);
  static final Composite<String, List<Author>> WRITERS =
      Composite.named("Authors", String.class, AUTHORS::call);

  private static final String ENTITIES =
      "query($r: [_Any!]!) { _entities(representations: $r) { __typename"
          + " ... on Card { id name price { cents } } ... on Stock { left } ... on Author { name } } }";

  private static GraphqlDoor door(Access service, Access stock) {
    return graphql()
        .query("card", CARD)
        .allow(anyone())
        .federated(subgraph(service)
            .entity(CARD, anyone())
            .entity(STOCK, stock)
            .entity(WRITER, anyone())
            .shareable(Price.class));
  }

  private static GraphqlDoor door() {
    return door(anyone(), anyone());
  }

  @Test
  void representationsOfOneTypeAreOneBatchAndAnsweredInOrder() {
    try (OpenedDoor door = OpenedDoor.open(door())) {
      cards(door);
      door.services.json(
          "/stocks",
          "[{\"sku\":\"s\",\"country\":\"DE\",\"left\":4},{\"sku\":\"s\",\"country\":\"FR\",\"left\":0}]");

      assertThat(ask(
              door,
              "{'__typename':'Card','id':'2'}",
              "{'__typename':'Stock','sku':'s','country':'FR'}",
              "{'__typename':'Card','id':'1'}",
              "{'__typename':'Stock','sku':'s','country':'DE'}",
              "{'__typename':'Card','id':'2'}"))
          .isEqualTo(
              "{\"data\":{\"_entities\":["
                  + "{\"__typename\":\"Card\",\"id\":\"2\",\"name\":\"Desk\",\"price\":{\"cents\":20}},"
                  + "{\"__typename\":\"Stock\",\"left\":0},"
                  + "{\"__typename\":\"Card\",\"id\":\"1\",\"name\":\"Lamp\",\"price\":{\"cents\":10}},"
                  + "{\"__typename\":\"Stock\",\"left\":4},"
                  + "{\"__typename\":\"Card\",\"id\":\"2\",\"name\":\"Desk\",\"price\":{\"cents\":20}}]}}");
      assertThat(door.services.requests())
          .containsExactlyInAnyOrder(
              "GET /products?ids=2&ids=1",
              "GET /prices?ids=2&ids=1",
              "POST /stocks [{\"sku\":\"s\",\"country\":\"FR\"},{\"sku\":\"s\",\"country\":\"DE\"}]");
    }
  }

  @Test
  void namesOfTheSchemaAreForDevelopmentOnly() {
    try (OpenedDoor door = OpenedDoor.open(door())) {
      assertThat(ask(door, "{'__typename':'Shelf','id':'1'}", "{'__typename':'Stock','sku':'s'}"))
          .contains("representations.0: unknown __typename (expected: that of an entity).")
          .contains("representations.1: no key of its type (expected: one, as the schema says).")
          .doesNotContain("Author")
          .doesNotContain("country");
    }
  }

  @Test
  void whatDoesNotExistIsNullAndWhatIsWrongIsAnErrorOfItsOwn() {
    try (OpenedDoor door = OpenedDoor.open(
        door(), settings -> settings.toBuilder().development(true).build())) {
      cards(door);

      assertThat(ask(
              door,
              "{'__typename':'Card','id':'9'}",
              "{'__typename':'Card','id':'1'}",
              "{'__typename':'Shelf','id':'1'}",
              "{'__typename':'Stock','sku':'s'}",
              "{'__typename':'Card','id':{'a':1}}",
              "{'id':'1'}",
              "7"))
          .startsWith("{\"data\":{\"_entities\":[null,{\"__typename\":\"Card\",\"id\":\"1\",")
          .contains("},null,null,null,null,null]},\"errors\":[")
          .contains("representations.2: unknown __typename (expected: one of Card, Stock, Author).")
          .contains("representations.3: no key of Stock (expected: sku country).")
          .contains("representations.4.id: an object (expected: ")
          .contains("representations.5: no type (expected: an object with __typename).")
          .contains("\"path\":[\"_entities\",6],\"extensions\":{\"code\":\"BAD_USER_INPUT\"}")
          .doesNotContain("\"path\":[\"_entities\",0]");
    }
  }

  @Test
  void aFailureIsAtThePlaceOfItsRepresentation() {
    try (OpenedDoor door = OpenedDoor.open(door())) {
      cards(door);
      door.services.at(
          "/prices", request -> request.response().setStatusCode(500).end());
      door.services.json("/authors/a", "{\"id\":\"a\",\"name\":\"Ann\"}");
      door.services.at(
          "/authors/b", request -> request.response().setStatusCode(500).end());

      assertThat(ask(
              door,
              "{'__typename':'Author','id':'a'}",
              "{'__typename':'Card','id':'1'}",
              "{'__typename':'Author','id':'b'}"))
          .startsWith("{\"data\":{\"_entities\":[{\"__typename\":\"Author\",\"name\":\"Ann\"},"
              + "{\"__typename\":\"Card\",\"id\":\"1\",\"name\":\"Lamp\",\"price\":null},null]}")
          .contains("\"path\":[\"_entities\",1,\"price\"")
          .contains("\"path\":[\"_entities\",2")
          .contains("UPSTREAM_FAILED")
          .doesNotContain("\"path\":[\"_entities\",0");
    }
  }

  @Test
  void eachEntityHasItsRuleAndSoHasTheSchema() {
    Access never = allowedIf("never", request -> false);
    try (OpenedDoor door = OpenedDoor.open(door(never, never))) {
      cards(door);

      assertThat(ask(
              door,
              "{'__typename':'Stock','sku':'s','country':'FR'}",
              "{'__typename':'Card','id':'1'}"))
          .startsWith("{\"data\":{\"_entities\":[null,{\"__typename\":\"Card\"")
          .contains("\"path\":[\"_entities\",0],\"extensions\":{\"code\":\"FORBIDDEN\"}");
      assertThat(ask(
              door,
              "{'__typename':'Stock','sku':{'a':1},'country':'FR'}",
              "{'__typename':'Card','id':'1'}"))
          .as("whose entity it is not gets no word about its keys")
          .contains("\"path\":[\"_entities\",0],\"extensions\":{\"code\":\"FORBIDDEN\"}")
          .doesNotContain("representations.0");
      assertThat(door.services.requests()).noneMatch(call -> call.contains("/stocks"));
      assertThat(post(door, "{\"query\":\"{ _service { sdl } }\"}"))
          .startsWith("{\"data\":null,\"errors\":[")
          .contains("\"path\":[\"_service\"],\"extensions\":{\"code\":\"FORBIDDEN\"}");
    }
  }

  @Test
  void nothingIsCalledBesideASchemaThatIsNotTold() {
    try (OpenedDoor door = OpenedDoor.open(door(allowedIf("never", request -> false), anyone()))) {
      cards(door);

      assertThat(post(door, "{\"query\":\"{ card(id: 1) { name } _service { sdl } }\"}"))
          .startsWith("{\"data\":null,\"errors\":[");
      assertThat(door.services.requests()).isEmpty();
    }
  }

  @Test
  void aRuleThatFailsLetsNobodyInAndCallsNothing() {
    Access broken = allowedIf("broken", request -> {
      throw new IllegalStateException("broken on purpose");
    });
    try (OpenedDoor door = OpenedDoor.open(door(broken, broken))) {
      assertThat(ask(door, "{'__typename':'Stock','sku':'s','country':'FR'}"))
          .startsWith("{\"data\":{\"_entities\":[null]},\"errors\":[")
          .contains("\"path\":[\"_entities\",0],\"extensions\":{\"code\":\"INTERNAL\"}")
          .doesNotContain("on purpose");
      assertThat(post(door, "{\"query\":\"{ _service { sdl } }\"}"))
          .startsWith("{\"data\":null,\"errors\":[")
          .contains("\"path\":[\"_service\"],\"extensions\":{\"code\":\"INTERNAL\"}")
          .doesNotContain("on purpose");
      assertThat(door.services.requests()).isEmpty();
    }
  }

  @Test
  void theSchemaIsAnsweredWithWhatGatewaysHaveToKnow() {
    try (OpenedDoor door = OpenedDoor.open(door())) {
      assertThat(post(door, "{\"query\":\"{ it: _service { __typename text: sdl } __typename }\"}"))
          .startsWith(
              "{\"data\":{\"it\":{\"__typename\":\"_Service\",\"text\":\"extend schema @link(")
          .endsWith("\"},\"__typename\":\"Query\"}}");
    }
    assertThat(door().sdl())
        .contains("type Card @key(fields: \"id\") {", "type Stock @key(fields: \"sku country\") {")
        .contains("type Price @shareable {", "import: [\"@key\", \"@shareable\"]")
        .doesNotContain("_Entity", "_Any", "_Service");
  }

  @Test
  void representationsAreLimitedAndTheirCostIsCounted() {
    try (OpenedDoor door = OpenedDoor.open(
        door(),
        settings -> settings.toBuilder()
            .graphql(settings.graphql().toBuilder().maxListSize(20).maxCalls(2).build())
            .build())) {
      cards(door);
      String[] many = new String[21];
      Arrays.fill(many, "{'__typename':'Card','id':'1'}");

      assertThat(ask(door, many)).contains("LIMIT_EXCEEDED").doesNotContain("\"data\"");
      assertThat(ask(door, "{'__typename':'Card','id':'1'}")).startsWith("{\"data\"");
      assertThat(ask(door, "{'__typename':'Card','id':'1'}", "{'__typename':'Author','id':'a'}"))
          .contains("COST_EXCEEDED", "could cost 3 calls (expected: at most 2)")
          .doesNotContain("\"data\"");
    }
  }

  @Test
  void callersAreChargedForWhatTheirRepresentationsCouldCost() {
    try (OpenedDoor door = OpenedDoor.open(
        door(),
        settings -> settings.toBuilder()
            .graphql(settings.graphql().toBuilder()
                .rate(new RateSettings(3, Duration.ofHours(1), 3))
                .build())
            .build())) {
      cards(door);

      assertThat(ask(door, "{'__typename':'Card','id':'1'}")).startsWith("{\"data\"");
      assertThat(ask(door, "{'__typename':'Card','id':'1'}")).contains("RATE_LIMITED");
    }
  }

  @Test
  void severalFieldsOfEntitiesStandBesideOthers() {
    try (OpenedDoor door = OpenedDoor.open(door())) {
      cards(door);

      assertThat(post(
              door,
              ("{'query':'{ a: _entities(representations: [{__typename: \\'Card\\', id: \\'1\\'}])"
                      + " { ... on Card { name } } card(id: 1) { name }"
                      + " b: _entities(representations: []) { __typename }"
                      + " c: _entities(representations: [{__typename: \\'Card\\', id: \\'2\\'}])"
                      + " { ... on Card { key: id } } }'}")
                  .replace('\'', '"')))
          .isEqualTo("{\"data\":{\"a\":[{\"name\":\"Lamp\"}],\"card\":{\"name\":\"Lamp\"},"
              + "\"b\":[],\"c\":[{\"key\":\"2\"}]}}");
    }
  }

  @Test
  void whatCannotBeFoundByAKeyIsAFinding() {
    assertThat(codes(subgraph(anyone()).entity(WRITERS, anyone())))
        .containsExactly(Code.GRAPHQL_ENTITY);
    assertThat(codes(subgraph(anyone()).entity(Shop.WHO, anyone())))
        .containsOnly(Code.GRAPHQL_ENTITY);
    assertThat(codes(subgraph(anyone()).entityBy("number", WRITER, anyone())))
        .containsExactly(Code.GRAPHQL_ENTITY);
    assertThat(codes(subgraph(anyone()).entityBy("id {", WRITER, anyone())))
        .containsExactly(Code.GRAPHQL_ENTITY);
    assertThat(codes(subgraph(anyone()).entityBy("sku street", STOCK, anyone())))
        .containsExactly(Code.GRAPHQL_ENTITY);
    assertThat(codes(subgraph(anyone()).entity(NESTED, anyone())))
        .containsExactly(Code.GRAPHQL_ENTITY);
    assertThat(codes(subgraph(anyone()).entityBy("sku street", NESTED, anyone())))
        .containsExactly(Code.GRAPHQL_ENTITY);
    assertThat(codes(subgraph(anyone()).entityBy("sku", NESTED, anyone()))).isEmpty();
    assertThat(codes(subgraph(anyone()).entity(SLOW_WRITER, anyone())))
        .as("it could not be found for many keys at once")
        .containsExactly(Code.CALL_PER_ITEM);
  }

  @Test
  void whatIsSaidOfNothingIsAFinding() {
    assertThat(codes(subgraph(anyone()).shareable(Thread.class)))
        .containsExactly(Code.GRAPHQL_SUBGRAPH);
    assertThat(codes(subgraph(anyone()).inaccessible(Card.class, "colour")))
        .containsExactly(Code.GRAPHQL_SUBGRAPH);
    assertThat(codes(subgraph(anyone()).requires(Card.class, "price", "weight")))
        .containsExactly(Code.GRAPHQL_SUBGRAPH);
    assertThat(codes(subgraph(anyone()).provides(Card.class, "price", "cents }")))
        .containsExactly(Code.GRAPHQL_SUBGRAPH);
    assertThat(codes(subgraph(anyone()).provides(Card.class, "price", "cents"))).isEmpty();
  }

  @Test
  void aContractHoldsWhatIsSaidToGatewaysToo(@TempDir Path folder) throws IOException {
    Path contract = folder.resolve("old.graphqls");
    Files.writeString(contract, door().sdl());
    assertThat(door().contract(contract.toString()).findings()).isEmpty();

    Files.writeString(
        contract,
        door()
            .sdl()
            .replace("type Card @key(fields: \"id\")", "type Card @key(fields: \"name\")")
            .replace("  cents: Int!", "  cents: Int!\n  currency: String"));
    assertThat(door().contract(contract.toString()).findings())
        .singleElement()
        .extracting(Finding::message)
        .asString()
        .contains("breaking: gateways are no longer told: Card @key(fields:\"name\")")
        .contains("dangerous: gateways are told: Card @key(fields:\"id\")")
        .containsPattern("breaking: .*'Price.currency'");
  }

  private static List<Code> codes(Subgraph subgraph) {
    return graphql().query("card", CARD).allow(anyone()).federated(subgraph).findings().stream()
        .map(Finding::code)
        .distinct()
        .toList();
  }

  private static void cards(OpenedDoor door) {
    door.services
        .json("/products", "[{\"id\":\"1\",\"name\":\"Lamp\"},{\"id\":\"2\",\"name\":\"Desk\"}]")
        .json("/prices", "[{\"productId\":\"1\",\"cents\":10},{\"productId\":\"2\",\"cents\":20}]");
  }

  private static String ask(OpenedDoor door, String... representations) {
    return post(
        door,
        "{\"query\":\"" + ENTITIES + "\",\"variables\":{\"r\":["
            + String.join(",", representations).replace('\'', '"') + "]}}");
  }

  private static String post(OpenedDoor door, String body) {
    return door.client().post("/graphql", body).body();
  }
}
