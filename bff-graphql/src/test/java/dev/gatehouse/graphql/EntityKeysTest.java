package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static dev.gatehouse.graphql.Subgraph.subgraph;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.JavaOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What gateways bring as keys, and how it is read. */
class EntityKeysTest {
  record Variant(String id) {}

  record Item(
      String id,
      String sku,
      Variant variant,
      long number,
      BigDecimal weight,
      @Nullable Integer fee) {}

  record ItemNumber(long number) {}

  record ItemWeight(BigDecimal weight) {}

  record ItemVariant(String sku, Variant variant) {}

  record Shelf(String id, @Nullable Integer width, @Nullable Integer area) {}

  record KnownShelf(String id, @Nullable Integer width) {}

  private final Queue<Object> asked = new ConcurrentLinkedQueue<>();
  private OpenedDoor door;

  private <I> Composite<I, Item> items(String name, Class<I> key) {
    JavaOperation<I, Item> operation = Operation.inJava(name, key, Item.class, given -> {
          asked.add(given);
          return CompletableFuture.completedFuture(new Item(
              "5", "lamp", new Variant("v1"), 9007199254740993L, new BigDecimal("2.50"), 3));
        })
        .perItemUpTo(100);
    return Composite.named(name, key, given -> object(Item.class).from(operation.call(given)));
  }

  @BeforeEach
  void open() {
    JavaOperation<KnownShelf, Shelf> shelf = Operation.inJava(
            "shelf", KnownShelf.class, Shelf.class, known -> {
              asked.add(known);
              Integer width = known.width();
              return CompletableFuture.completedFuture(
                  new Shelf(known.id(), null, width == null ? null : width * 2));
            })
        .perItemUpTo(100);
    Composite<KnownShelf, Shelf> shelves = Composite.named(
        "shelfByKey", KnownShelf.class, known -> object(Shelf.class).from(shelf.call(known)));
    Composite<String, Item> byId = items("itemById", String.class);
    door = OpenedDoor.open(graphql()
        .query("item", byId)
        .allow(anyone())
        .federated(subgraph(anyone())
            .entity(byId, anyone())
            .entity(items("itemByNumber", ItemNumber.class), anyone())
            .entity(items("itemByWeight", ItemWeight.class), anyone())
            .entity(items("itemByVariant", ItemVariant.class), anyone())
            .entityBy("id", shelves, anyone())
            .requires(Shelf.class, "area", "width")
            .external(Shelf.class, "width")));
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void valuesAreReadAsThoseOfArgumentsAre() {
    String answer = ask(
        "__typename ... on Item { sku }",
        new JsonObject().put("__typename", "Item").put("id", 5),
        new JsonObject().put("__typename", "Item").put("number", "9007199254740993"),
        new JsonObject().put("__typename", "Item").put("number", 7),
        new JsonObject().put("__typename", "Item").put("weight", "2.50"),
        new JsonObject()
            .put("__typename", "Item")
            .put("sku", "lamp")
            .put("variant", new JsonObject().put("id", 7)));

    assertThat(answer).doesNotContain("errors");
    assertThat(asked)
        .containsExactlyInAnyOrder(
            "5",
            new ItemNumber(9007199254740993L),
            new ItemNumber(7),
            new ItemWeight(new BigDecimal("2.50")),
            new ItemVariant("lamp", new Variant("7")));
  }

  @Test
  void whatNoArgumentCouldBeIsAnErrorAtItsPlace() {
    assertThat(ask(
            "__typename",
            new JsonObject().put("__typename", "Item").put("id", 5.5),
            new JsonObject().put("__typename", "Item").put("number", "many"),
            new JsonObject()
                .put("__typename", "Item")
                .put("sku", "lamp")
                .put("variant", new JsonObject().put("id", true))))
        .startsWith("{\"data\":{\"_entities\":[null,null,null]},\"errors\":[")
        .contains("representations.0.id: 5.5 (expected: ")
        .contains("representations.1.number: \\\"many\\\" (expected: ")
        .contains("representations.2.variant.id: true (expected: ");
    assertThat(asked).isEmpty();
  }

  @Test
  void aKeyInAnObjectHasToBeWholeToBeOne() {
    assertThat(ask(
            "__typename",
            new JsonObject().put("__typename", "Item").put("sku", "lamp"),
            new JsonObject().put("__typename", "Item").put("sku", "lamp").put("variant", "v1"),
            new JsonObject()
                .put("__typename", "Item")
                .put("sku", "lamp")
                .put("variant", new JsonObject().putNull("id"))))
        .startsWith("{\"data\":{\"_entities\":[null,null,null]},\"errors\":[")
        .contains("representations.0: no key")
        .contains("representations.1: no key")
        .contains("representations.2: no key");
    assertThat(asked).isEmpty();
  }

  @Test
  void keysOfOneTypeAreAnsweredInTheOrderAskedFor() {
    assertThat(ask(
            "... on Item { id } ... on Shelf { shelf: id }",
            new JsonObject().put("__typename", "Item").put("number", 1),
            new JsonObject().put("__typename", "Shelf").put("id", "s"),
            new JsonObject().put("__typename", "Item").put("id", "5"),
            new JsonObject().put("__typename", "Item").put("number", 2)))
        .isEqualTo(
            "{\"data\":{\"_entities\":[{\"id\":\"5\"},{\"shelf\":\"s\"},{\"id\":\"5\"},{\"id\":\"5\"}]}}");
    assertThat(asked)
        .containsExactlyInAnyOrder(
            new ItemNumber(1), new KnownShelf("s", null), "5", new ItemNumber(2));
  }

  @Test
  void whatAFieldRequiresMayBeNullOrMissing() {
    assertThat(ask(
            "... on Shelf { id area }",
            new JsonObject().put("__typename", "Shelf").put("id", "a").put("width", 4),
            new JsonObject().put("__typename", "Shelf").put("id", "b").putNull("width"),
            new JsonObject().put("__typename", "Shelf").put("id", "c")))
        .isEqualTo("{\"data\":{\"_entities\":[{\"id\":\"a\",\"area\":8},"
            + "{\"id\":\"b\",\"area\":null},{\"id\":\"c\",\"area\":null}]}}");
  }

  @Test
  void variablesMayStandWithinARepresentation() {
    String query = "query($id: ID!, $sku: String) { _entities(representations: ["
        + "{__typename: \"Item\", id: $id}, {__typename: \"Item\", sku: $sku, variant: {id: $id}}"
        + "]) { ... on Item { sku } } }";

    assertThat(post(query, new JsonObject().put("id", 6).put("sku", "lamp")))
        .isEqualTo("{\"data\":{\"_entities\":[{\"sku\":\"lamp\"},{\"sku\":\"lamp\"}]}}");
    assertThat(asked).containsExactlyInAnyOrder("6", new ItemVariant("lamp", new Variant("6")));

    asked.clear();
    assertThat(post(query, new JsonObject().put("id", 6)))
        .startsWith("{\"data\":{\"_entities\":[{\"sku\":\"lamp\"},null]},\"errors\":[")
        .contains("representations.1: no key");
    assertThat(asked).containsExactly("6");
  }

  @Test
  void fragmentsMayLeaveEntitiesOut() {
    String query = "query($no: Boolean!) { ...all @skip(if: $no) __typename }"
        + " fragment all on Query { _entities(representations: [{__typename: \"Item\", id: 1}])"
        + " { ... on Item @skip(if: $no) { sku } ...known @include(if: $no) ... on Item { id } } }"
        + " fragment known on Item { fee }";

    assertThat(post(query, new JsonObject().put("no", true)))
        .isEqualTo("{\"data\":{\"__typename\":\"Query\"}}");
    assertThat(asked).isEmpty();
    assertThat(post(query, new JsonObject().put("no", false)))
        .isEqualTo(
            "{\"data\":{\"_entities\":[{\"sku\":\"lamp\",\"id\":\"5\"}],\"__typename\":\"Query\"}}");
    assertThat(asked).containsExactly("1");
  }

  private String ask(String selected, JsonObject... representations) {
    return post(
        "query($r: [_Any!]!) { _entities(representations: $r) { " + selected + " } }",
        new JsonObject().put("r", new JsonArray(List.of((Object[]) representations))));
  }

  private String post(String query, JsonObject variables) {
    return door.client()
        .post(
            "/graphql",
            new JsonObject().put("query", query).put("variables", variables).encode())
        .body();
  }
}
