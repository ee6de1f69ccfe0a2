package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.dsl.Verbs.constant;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.testing.OpenedDoor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code ID}, which is text for clients, of services that count (October 2021, section 3.5.5). */
class IdTest {
  record OrderId(long value) {}

  /** Called like GraphQL's own scalar. */
  record ID(int value) {}

  record Order(
      OrderId number,
      ID customer,
      @Nullable OrderId replaces,
      List<OrderId> parts,
      List<List<OrderId>> boxes,
      long total,
      List<Line> lines) {}

  record Line(OrderId article, int count) {}

  record Chosen(@Nullable OrderId favourite, Line usual) {}

  sealed interface Found permits Parcel, Letter {}

  record Parcel(OrderId number, int weight) implements Found {}

  record Letter(OrderId number) implements Found {}

  record Search(List<OrderId> numbers, @Nullable OrderId after) {}

  static final Operation<OrderId, Order> ORDER =
      Service.named("catalog").get("/orders/{number}").returns(Order.class);
  static final Operation<OrderId, OrderId> NEXT =
      Service.named("catalog").get("/next/{number}").returns(OrderId.class);
  static final Operation<OrderId, Found> FIND =
      Service.named("catalog").get("/found/{number}").returns(Found.class);
  static final Operation<Search, Order> SEARCH =
      Service.named("catalog").post("/search").returns(Order.class);

  static GraphqlDoor door() {
    return graphql()
        .query("order", Composite.named("Order", OrderId.class, ORDER::call))
        .allow(anyone())
        .query("next", Composite.named("Next", OrderId.class, NEXT::call))
        .allow(anyone())
        .query("found", Composite.named("Found", OrderId.class, FIND::call))
        .allow(anyone())
        .mutation("search", Composite.named("Search", Search.class, SEARCH::call))
        .input("what")
        .allow(anyone())
        .query(
            "chosen",
            Composite.named(
                "Chosen",
                OrderId.class,
                number -> object(Chosen.class)
                    .with(Chosen::favourite, NEXT.call(number).orElse(new OrderId(7)))
                    .with(Chosen::usual, constant(new Line(new OrderId(8), 1)))))
        .allow(anyone())
        .named(OrderId.class, "ID");
  }

  private static OpenedDoor open() {
    OpenedDoor opened = OpenedDoor.open(door());
    opened
        .services
        .json(
            "/orders/9007199254740993",
            "{\"number\":9007199254740993,\"customer\":-5,\"replaces\":null,\"parts\":[ 1,2 ],"
                + "\"boxes\":[[3],[],[4 , 5]],\"total\":6,"
                + "\"lines\":[{\"article\":7,\"count\":8},{\"article\":0,\"count\":9}]}")
        .json("/next/1", "2")
        .json("/found/1", "{\"type\":\"Parcel\",\"number\":1,\"weight\":3}");
    return opened;
  }

  @Test
  void theSchemaHasIdsWhereTheDoorSaysSo() {
    assertThat(door().findings()).isEmpty();
    assertThat(door().sdl())
        .contains("order(id: ID!): Order", "next(id: ID!): ID")
        .contains("number: ID!\n", "customer: ID!\n", "replaces: ID\n", "parts: [ID!]!")
        .contains("boxes: [[ID!]!]!", "total: Long!", "numbers: [ID!]!")
        .doesNotContain("scalar ID", "OrderId");
  }

  @Test
  void integersAreAnsweredAsText() {
    try (OpenedDoor door = open()) {
      assertThat(
              ask(
                  door,
                  "{ order(id: \\\"9007199254740993\\\") { number who: customer replaces parts boxes total lines { article count } } }"))
          .isEqualTo(
              "{\"data\":{\"order\":{\"number\":\"9007199254740993\",\"who\":\"-5\","
                  + "\"replaces\":null,\"parts\":[ \"1\",\"2\" ],\"boxes\":[[\"3\"],[],[\"4\" , \"5\"]],"
                  + "\"total\":6,\"lines\":[{\"article\":\"7\",\"count\":8},{\"article\":\"0\",\"count\":9}]}}}");
      assertThat(ask(door, "{ next(id: 1) }")).isEqualTo("{\"data\":{\"next\":\"2\"}}");
      assertThat(ask(door, "{ found(id: 1) { __typename number ... on Parcel { weight } } }"))
          .isEqualTo(
              "{\"data\":{\"found\":{\"__typename\":\"Parcel\",\"number\":\"1\",\"weight\":3}}}");
    }
  }

  @Test
  void constantsAndFallbacksAreTextToo() {
    try (OpenedDoor door = open()) {
      assertThat(ask(door, "{ chosen(id: 1) { favourite usual { article count } } }"))
          .isEqualTo("{\"data\":{\"chosen\":{\"favourite\":\"2\",\"usual\":"
              + "{\"article\":\"8\",\"count\":1}}}}");
      assertThat(ask(door, "{ chosen(id: 404) { favourite } }"))
          .contains("\"data\":{\"chosen\":{\"favourite\":\"7\"}}");
    }
  }

  @Test
  void clientsGiveThemAsTextOrAsNumbersAndServicesGetNumbers() {
    try (OpenedDoor door = open()) {
      door.services.json("/search", "{}");
      ask(
          door,
          "mutation { search(what: {numbers: [1, \\\"2\\\"], after: \\\"-3\\\"}) { number } }");
      assertThat(door.services.requests())
          .containsExactly("POST /search {\"numbers\":[1,2],\"after\":-3}");
    }
  }

  @Test
  void textThatIsNoIntegerIsRefusedWhereItStands() {
    try (OpenedDoor door = open()) {
      assertThat(ask(door, "{ order(id: \\\"seven\\\") { number } }"))
          .contains("\\\"seven\\\" (expected: an integer from -9223372036854775808")
          .contains("BAD_USER_INPUT");
      assertThat(ask(door, "{ order(id: \\\"007\\\") { number } }")).contains("BAD_USER_INPUT");
      assertThat(ask(door, "{ order(id: \\\"9223372036854775808\\\") { number } }"))
          .contains("BAD_USER_INPUT");
    }
  }

  private static String ask(OpenedDoor door, String query) {
    return door.client().post("/graphql", "{\"query\":\"" + query + "\"}").body();
  }
}
