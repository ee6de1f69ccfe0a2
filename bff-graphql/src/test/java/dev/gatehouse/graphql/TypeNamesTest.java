package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.TypeRef;
import dev.gatehouse.dsl.finding.Code;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.testing.OpenedDoor;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a door calls the types of its schema. */
class TypeNamesTest {
  record Page<T>(
      List<T> items, @org.jspecify.annotations.Nullable String cursor) {}

  record Card(String id) {}

  /** The contract of another service that has the same name. */
  static final class Pricing {
    record Card(String number) {}
  }

  static final Operation<String, Page<Card>> CARDS =
      Service.named("catalog").get("/cards/{id}").returnsType(new TypeRef<Page<Card>>() {});
  static final Operation<String, Pricing.Card> CREDIT =
      Service.named("pricing").get("/credit/{id}").returns(Pricing.Card.class);
  static final Composite<String, Page<Card>> CARD_PAGE =
      Composite.named("Cards", String.class, CARDS::call);
  static final Composite<String, Pricing.Card> CREDIT_CARD =
      Composite.named("Credit", String.class, CREDIT::call);

  private static GraphqlDoor renamed() {
    return SchemaTest.shop()
        .named(Shop.ReviewView.class, "Review")
        .named(Shop.Medium.class, "Media")
        .named(Shop.Image.class, "Picture")
        .named(Shop.Sort.class, "Order")
        .named(Shop.Sku.class, "SKU")
        .named(Instant.class, "Timestamp")
        .named(Shop.Tag.class, "Label")
        .inputNamed(Shop.Order.class, "Purchase");
  }

  @Test
  void everyKindOfTypeCanBeNamed() {
    assertThat(renamed().findings()).extracting(Finding::message).isEmpty();
    assertThat(renamed().sdl())
        .contains("): [Review!]!", "type Review {")
        .contains("media: [Media]!", "interface Media {", "type Picture implements Media {")
        .contains("type Video implements Media {")
        .contains("sort: Order\n", "enum Order {")
        .contains("sku: SKU!", "scalar SKU", "since: Timestamp\n", "scalar Timestamp")
        .contains("pay(order: Purchase!)", "input Purchase {", "tags: [LabelInput!]!")
        .doesNotContain("ReviewView", "Medium", "Image", "DateTime", "OrderInput", "TagInput");
  }

  @Test
  void theNameOfTheTypeIsAnsweredWhereverItIsAskedFor() {
    try (OpenedDoor door = OpenedDoor.open(renamed())) {
      door.services
          .json("/products/1", "{\"id\":\"1\",\"name\":\"Lamp\"}")
          .json("/prices/1", "{\"amount\":1,\"currency\":\"EUR\"}")
          .json("/reviews", "[{\"rating\":5,\"authorId\":\"a\"}]")
          .json(
              "/samples/7",
              "{\"sku\":\"7\",\"views\":1,\"stock\":{},\"weight\":1,\"media\":["
                  + "{\"type\":\"Image\",\"url\":\"http://a/1\",\"width\":2},"
                  + "{\"type\":\"Video\",\"url\":\"http://a/2\",\"length\":\"PT1S\"}]}");

      assertThat(ask(door, "{ productPage(id: 1) { __typename reviews { __typename rating } } }"))
          .isEqualTo("{\"data\":{\"productPage\":{\"__typename\":\"ProductPage\",\"reviews\":"
              + "[{\"__typename\":\"Review\",\"rating\":5}]}}}");
      assertThat(
              ask(
                  door,
                  "{ sample(sku: \\\"7\\\") { media { __typename ... on Picture { width } ... on Media { url } } } }"))
          .isEqualTo("{\"data\":{\"sample\":{\"media\":["
              + "{\"__typename\":\"Picture\",\"width\":2,\"url\":\"http://a/1\"},"
              + "{\"__typename\":\"Video\",\"url\":\"http://a/2\"}]}}}");
    }
  }

  @Test
  void aNameTellsApartWhatWouldClash() {
    GraphqlDoor both = graphql()
        .query("cards", CARD_PAGE)
        .allow(anyone())
        .query("credit", CREDIT_CARD)
        .allow(anyone());

    assertThat(both.findings()).extracting(Finding::code).containsExactly(Code.GRAPHQL_TYPE_CLASH);
    assertThat(both.named(Pricing.Card.class, "CreditCard")
            .named(new TypeRef<Page<Card>>() {}.type(), "CardPage")
            .sdl())
        .contains("cards(id: ID!): CardPage", "credit(id: ID!): CreditCard")
        .contains("type CardPage {\n  items: [Card!]!", "type CreditCard {\n  number: String!");
  }

  @Test
  void namesThatClashAreFoundAndSoAreIllegalOnes() {
    assertThat(messages(SchemaTest.shop().named(Shop.ReviewView.class, "Product")))
        .singleElement()
        .asString()
        .contains("the type name Product is that of", "Shop.ReviewView", "Shop.Product");
    assertThat(messages(SchemaTest.shop().named(Shop.ReviewView.class, "__Review")))
        .singleElement()
        .asString()
        .contains("the type __Review (expected: letters");
    assertThat(messages(SchemaTest.shop()
            .named(Shop.ReviewView.class, "Review")
            .named(Shop.ReviewView.class, "Rating")))
        .singleElement()
        .asString()
        .contains("Shop.ReviewView is called Rating and Review (expected: one name for a type)");
  }

  @Test
  void aNameForNothingIsFound() {
    List<Finding> findings = SchemaTest.shop()
        .inputNamed(Shop.ProductPage.class, "Page")
        .named(String.class, "Text")
        .named(Thread.class, "Process")
        .findings();

    assertThat(findings)
        .hasSize(3)
        .extracting(Finding::code)
        .containsOnly(Code.GRAPHQL_TYPE_UNKNOWN);
    assertThat(findings.get(0).message()).contains("ProductPage is called Page, but is no input");
  }

  private static List<String> messages(GraphqlDoor door) {
    return door.findings().stream().map(Finding::message).toList();
  }

  private static String ask(OpenedDoor door, String query) {
    return door.client().post("/graphql", "{\"query\":\"" + query + "\"}").body();
  }
}
