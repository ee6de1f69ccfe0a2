package dev.gatehouse.benchmarks.gatehouse;

import static dev.gatehouse.dsl.Verbs.object;

import dev.gatehouse.benchmarks.gatehouse.Contracts.Author;
import dev.gatehouse.benchmarks.gatehouse.Contracts.Page;
import dev.gatehouse.benchmarks.gatehouse.Contracts.Price;
import dev.gatehouse.benchmarks.gatehouse.Contracts.Product;
import dev.gatehouse.benchmarks.gatehouse.Contracts.Review;
import dev.gatehouse.benchmarks.gatehouse.Contracts.ReviewEntry;
import dev.gatehouse.benchmarks.gatehouse.Contracts.Stock;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import java.time.Duration;

/** The shop's operations and the two composites over them. */
public final class ProductPages {
  /** The most products in a list. */
  static final int LISTED = 20;

  private static final int REVIEWS = 50;
  private static final int RECOMMENDATIONS = 20;
  private static final int USERS_AT_ONCE = 200;

  static final Operation<Integer, Product> PRODUCT =
      Service.named("products").get("/products/{id}").perItemUpTo(LISTED).returns(Product.class);
  private static final Operation<Integer, Price> PRICE =
      Service.named("prices").get("/prices/{id}").returns(Price.class);
  static final Operation<Integer, Stock> STOCK =
      Service.named("stock").get("/stock/{id}").perItemUpTo(LISTED).returns(Stock.class);
  static final ListOperation<Integer, ReviewEntry> REVIEWS_OF = Service.named("reviews")
      .get("/reviews{?product}")
      .perItemUpTo(LISTED)
      .at("items")
      .returnsList(ReviewEntry.class)
      .atMost(REVIEWS);
  static final Operation<Integer, Author> USER = Service.named("users")
      .get("/users{?ids}")
      .batchOf(Author.class, Author::id)
      .upTo(USERS_AT_ONCE);
  private static final ListOperation<Integer, Integer> RECOMMENDATIONS_FOR = Service.named(
          "recommendations")
      .get("/recommendations/{id}")
      .at("ids")
      .returnsList(Integer.class)
      .atMost(RECOMMENDATIONS);

  /** One product. */
  public static final Composite<Integer, Product> PROXY =
      Composite.named("Product", Integer.class, PRODUCT::call);

  /** The product page. */
  public static final Composite<Integer, Page> PAGE = Composite.named(
      "ProductPage",
      Integer.class,
      id -> object(Page.class)
          .with(Page::id, id)
          .with(Page::product, PRODUCT.call(id))
          .with(Page::price, PRICE.call(id))
          .with(Page::stock, STOCK.call(id))
          .with(
              Page::reviews,
              REVIEWS_OF
                  .call(id)
                  .each(entry -> object(Review.class)
                      .from(entry)
                      .with(Review::author, USER.call(entry.get(ReviewEntry::authorId)))))
          .with(
              Page::recommendations,
              RECOMMENDATIONS_FOR.call(id).within(Duration.ofMillis(500)).orEmpty()));

  private ProductPages() {}
}
