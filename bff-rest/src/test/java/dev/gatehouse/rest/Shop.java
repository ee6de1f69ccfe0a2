package dev.gatehouse.rest;

import static dev.gatehouse.dsl.Verbs.object;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.contract.Nothing;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The composites that the tests open. */
final class Shop {
  record Product(String id, String name) {}

  record Price(BigDecimal amount, String currency) {}

  record Review(int rating, String authorId) {}

  record User(String id, String name) {}

  record ReviewView(int rating, @Nullable User author) {}

  record ProductPage(String id, String name, @Nullable Price price, List<ReviewView> reviews) {}

  record Search(
      String term,
      int size,
      @Nullable Sort sort,
      List<String> tags,
      @Nullable String region) {}

  enum Sort {
    PRICE,
    NAME
  }

  record AddLine(String cart, String sku, int quantity) {}

  record Line(String sku, int quantity, BigDecimal total) {}

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
  static final Operation<AddLine, Line> ADD =
      Service.named("cart").post("/carts/{cart}/lines").returns(Line.class);
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

  static final Composite<AddLine, Line> ADD_LINE =
      Composite.named("AddLine", AddLine.class, line -> ADD.call(line));

  static final Composite<String, Nothing> CLEAR_CART =
      Composite.named("ClearCart", String.class, cart -> CLEAR.call(cart));

  private Shop() {}
}
