package dev.gatehouse.benchmarks.gatehouse;

import static dev.gatehouse.dsl.Verbs.object;

import dev.gatehouse.benchmarks.gatehouse.Contracts.AuthorView;
import dev.gatehouse.benchmarks.gatehouse.Contracts.Price;
import dev.gatehouse.benchmarks.gatehouse.Contracts.PriceView;
import dev.gatehouse.benchmarks.gatehouse.Contracts.ProductIds;
import dev.gatehouse.benchmarks.gatehouse.Contracts.ProductView;
import dev.gatehouse.benchmarks.gatehouse.Contracts.ReviewEntry;
import dev.gatehouse.benchmarks.gatehouse.Contracts.ReviewView;
import dev.gatehouse.benchmarks.gatehouse.Contracts.StockView;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.Value;
import java.util.List;

/** What queries select from: a product, or several. */
public final class ProductViews {
  private static final int AT_ONCE = 100;

  private static final Operation<Integer, Price> PRICE = Service.named("prices")
      .get("/prices{?ids}")
      .batchOf(Price.class, Price::productId)
      .upTo(AT_ONCE);

  /** One product. */
  public static final Composite<Integer, ProductView> ONE =
      Composite.named("ProductView", Integer.class, ProductViews::view);

  /** Several products, in the order of their ids. */
  public static final Composite<ProductIds, List<ProductView>> MANY = Composite.named(
      "ProductViews",
      ProductIds.class,
      input -> input.items(ProductIds::ids).atMost(ProductPages.LISTED).each(ProductViews::view));

  private ProductViews() {}

  private static Value<ProductView> view(Value<Integer> id) {
    return object(ProductView.class)
        .from(ProductPages.PRODUCT.call(id))
        .with(ProductView::price, object(PriceView.class).from(PRICE.call(id)))
        .with(ProductView::stock, object(StockView.class).from(ProductPages.STOCK.call(id)))
        .with(
            ProductView::reviews,
            ProductPages.REVIEWS_OF
                .call(id)
                .each(entry -> object(ReviewView.class)
                    .from(entry)
                    .with(
                        ReviewView::author,
                        object(AuthorView.class)
                            .from(ProductPages.USER.call(entry.get(ReviewEntry::authorId))))));
  }
}
