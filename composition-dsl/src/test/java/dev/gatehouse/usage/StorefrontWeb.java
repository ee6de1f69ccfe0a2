package dev.gatehouse.usage;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.dsl.Verbs.object;
import static java.time.Duration.ofMillis;

import dev.gatehouse.dsl.Access;
import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.Value;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The product page of the design, as a BFF's author writes it. */
final class StorefrontWeb {

  // What services answer. One record per answer, only the components that are used.
  record Product(String id, String name, String description, List<String> warehouses) {}

  record Price(String productId, BigDecimal amount, String currency) {}

  record StockKey(String productId, String warehouse) {}

  record Stock(String productId, String warehouse, int units) {}

  record Review(int rating, String text, String authorId) {}

  record User(String id, String name) {}

  static final Operation<String, Product> PRODUCT =
      Service.named("catalog").get("/products/{id}").returns(Product.class);

  static final Operation<String, Price> PRICE = Service.named("pricing")
      .get("/prices{?ids*}")
      .batchOf(Price.class, Price::productId)
      .upTo(100);

  static final Operation<StockKey, Stock> STOCK = Service.named("inventory")
      .post("/stock/query")
      .safe()
      .batchOf(Stock.class, Stock::productId, Stock::warehouse)
      .upTo(100);

  static final ListOperation<String, Review> REVIEWS = Service.named("reviews")
      .get("/reviews{?product}")
      .returnsList(Review.class)
      .atMost(50);

  static final Operation<String, User> USER =
      Service.named("users").get("/users{?ids*}").batchOf(User.class, User::id).upTo(50);

  static final ListOperation<String, String> RELATED = Service.named("recommendations")
      .get("/related/{id}")
      .returnsList(String.class)
      .atMost(10);

  static final Operation<String, Product> PRODUCTS = Service.named("catalog")
      .get("/products{?ids*}")
      .batchOf(Product.class, Product::id)
      .upTo(100);

  // What this frontend sees.
  record StockView(String warehouse, int units) {}

  record ReviewView(int rating, String text, @Nullable User author) {}

  record Card(String id, String name, @Nullable Price price) {}

  record ProductPage(
      String id,
      String name,
      Price price,
      List<StockView> stock,
      List<ReviewView> reviews,
      List<Card> related) {}

  static final Composite<String, ProductPage> PRODUCT_PAGE = Composite.named(
          "ProductPage", String.class, id -> {
            var product = PRODUCT.call(id);
            return object(ProductPage.class)
                .from(product)
                .with(ProductPage::price, PRICE.call(id))
                .with(
                    ProductPage::stock,
                    product
                        .items(Product::warehouses)
                        .atMost(200)
                        .each(warehouse -> object(StockView.class)
                            .from(STOCK.call(object(StockKey.class)
                                .with(StockKey::productId, id)
                                .with(StockKey::warehouse, warehouse)))))
                .with(
                    ProductPage::reviews,
                    REVIEWS
                        .call(id)
                        .each(review -> object(ReviewView.class)
                            .from(review)
                            .with(ReviewView::author, USER.call(review.get(Review::authorId)))))
                .with(
                    ProductPage::related,
                    RELATED.call(id).within(ofMillis(80)).orEmpty().each(StorefrontWeb::card));
          })
      .within(ofMillis(300));

  static Value<Card> card(Value<String> id) {
    return object(Card.class).from(PRODUCTS.call(id)).with(Card::price, PRICE.call(id));
  }

  static final Bff BFF = Bff.named("storefront-web")
      .open(ADoor.opening("GET /api/product-pages/{id}", PRODUCT_PAGE, anyone()))
      .open(ADoor.opening(
          "productPage",
          PRODUCT_PAGE,
          Access.allowedIf("staff", request -> request.caller().known())));

  private StorefrontWeb() {}
}
