package dev.gatehouse.examples.storefront;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.rest.RestDoor.rest;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.runtime.launch.Gatehouse;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

// snippet: quickstart
public final class Quickstart {
  record Product(String id, String name) {}

  record Price(String productId, BigDecimal amount, String currency) {}

  record Review(int rating, String text, String authorId) {}

  record User(String id, String name) {}

  static final Operation<String, Product> PRODUCT =
      Service.named("catalog").get("/products/{id}").returns(Product.class);
  static final Operation<String, Price> PRICE = Service.named("pricing")
      .get("/prices{?ids*}")
      .batchOf(Price.class, Price::productId)
      .upTo(100);
  static final ListOperation<String, Review> REVIEWS = Service.named("reviews")
      .get("/reviews{?product}")
      .returnsList(Review.class)
      .atMost(50);
  static final Operation<String, User> USER =
      Service.named("users").get("/users{?ids*}").batchOf(User.class, User::id).upTo(50);

  // What this frontend sees. What may be missing is marked @Nullable; all else is promised.
  record ReviewView(int rating, String text, @Nullable User author) {}

  record Page(String id, String name, @Nullable Price price, List<ReviewView> reviews) {}

  static final Composite<String, Page> PAGE = Composite.named(
          "Page",
          String.class,
          id -> object(Page.class)
              .from(PRODUCT.call(id)) // id and name, by name and type
              .with(Page::price, PRICE.call(id)) // in parallel: needs only the id
              .with(
                  Page::reviews,
                  REVIEWS
                      .call(id)
                      .orEmpty()
                      .each(review -> object(ReviewView.class)
                          .from(review)
                          .with(
                              ReviewView::author,
                              USER.call(review.get(Review::authorId)))))) // one call for all
      .within(Duration.ofMillis(500));

  static final Bff BFF =
      Bff.named("quickstart").open(rest().get("/pages/{id}", PAGE).allow(anyone()));

  public static void main(String[] args) {
    Gatehouse.run(args, BFF);
  }
}
// end
