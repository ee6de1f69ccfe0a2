package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Verbs.object;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.Verbs;
import dev.gatehouse.dsl.contract.Description;
import dev.gatehouse.dsl.contract.Nothing;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The composites that the tests open. */
final class Shop {
  record Product(String id, String name) {}

  record Price(BigDecimal amount, String currency) {}

  record Review(int rating, String authorId) {}

  @Description("Somebody who writes reviews.")
  record User(String id, String name) {}

  record ReviewView(int rating, @Nullable User author) {}

  record ProductPage(
      String id,
      String name,
      @Nullable Price price,
      @Description("Newest first.") List<ReviewView> reviews) {}

  record Search(
      @Description("A part of the name.") String term,
      int size,
      @Nullable Sort sort,
      @Nullable List<String> tags,
      @Nullable @Deprecated String region) {}

  enum Sort {
    @Description("Cheapest first.")
    PRICE,
    NAME
  }

  record AddLine(String cart, String sku, int quantity) {}

  record Line(String sku, int quantity, BigDecimal total) {}

  record Sku(String value) {}

  /** Something of every type. */
  record Sampler(
      Sku sku,
      long views,
      @Nullable Instant since,
      @Nullable LocalDate until,
      @Nullable URI page,
      Map<String, Integer> stock,
      @Nullable Object extra,
      List<@Nullable Medium> media,
      @Nullable Owner owner,
      @Nullable Sort sort,
      double weight,
      @Nullable Sampler next) {}

  /** Its cases share fields. */
  sealed interface Medium permits Image, Video {}

  record Image(URI url, @Nullable String alt, int width) implements Medium {}

  record Video(URI url, @Nullable String alt, Duration length) implements Medium {}

  /** Its cases share nothing. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  sealed interface Owner permits Person, Company {}

  record Person(String name) implements Owner {}

  record Company(String vat) implements Owner {}

  sealed interface Payment permits Card, Voucher {}

  record Card(String number, int month) implements Payment {}

  record Voucher(String code) implements Payment {}

  record Order(String cart, Payment payment, List<Tag> tags) {}

  record Tag(String name, @Nullable Integer weight) {}

  static final Operation<String, Product> PRODUCT =
      Service.named("catalog").get("/products/{id}").returns(Product.class);
  static final Operation<String, Price> PRICE =
      Service.named("pricing").get("/prices/{id}").returns(Price.class);
  static final ListOperation<String, Review> REVIEWS = Service.named("reviews")
      .get("/reviews{?product}")
      .returnsList(Review.class)
      .atMost(50);
  static final Operation<String, User> USER =
      Service.named("users").get("/users{?ids*}").batchOf(User.class, User::id).upTo(50);
  static final ListOperation<Search, Product> FIND = Service.named("catalog")
      .get("/products{?term,size,sort,tags*,region}")
      .returnsList(Product.class)
      .atMost(100);
  static final Operation<Sku, Sampler> SAMPLE =
      Service.named("catalog").get("/samples/{sku}").returns(Sampler.class);
  static final Operation<AddLine, Line> ADD =
      Service.named("cart").post("/carts/{cart}/lines").returns(Line.class);
  static final Operation<Order, Line> PAY =
      Service.named("cart").post("/carts/{cart}/payments").returns(Line.class);
  static final Operation<String, Nothing> CLEAR =
      Service.named("cart").delete("/carts/{cart}").returnsNothing();

  static final Composite<String, ProductPage> PAGE = Composite.named(
          "ProductPage",
          String.class,
          id -> object(ProductPage.class)
              .from(PRODUCT.call(id))
              .with(ProductPage::price, PRICE.call(id).orNull())
              .withArguments(
                  ProductPage::reviews,
                  arguments -> REVIEWS
                      .call(id)
                      .first(arguments
                          .argument("first", Integer.class)
                          .byDefault(10)
                          .between(1, 50)
                          .value())
                      .each(review -> object(ReviewView.class)
                          .from(review)
                          .with(
                              ReviewView::author,
                              USER.call(review.get(Review::authorId)).orNull()))))
      .within(Duration.ofSeconds(2));

  static final Composite<Search, List<Product>> SEARCH =
      Composite.named("ProductSearch", Search.class, search -> FIND.call(search));

  static final Composite<Sku, Sampler> SAMPLER =
      Composite.named("Sampler", Sku.class, sku -> SAMPLE.call(sku));

  static final Composite<AddLine, Line> ADD_LINE =
      Composite.named("AddLine", AddLine.class, line -> ADD.call(line));

  static final Composite<Order, Line> PAY_ORDER =
      Composite.named("PayOrder", Order.class, order -> PAY.call(order));

  static final Composite<String, Nothing> CLEAR_CART =
      Composite.named("ClearCart", String.class, cart -> CLEAR.call(cart));

  static final Composite<Nothing, String> WHO =
      Composite.withoutInput("Who", () -> Verbs.caller().subject().orElse("nobody"));

  private Shop() {}
}
