package dev.gatehouse.examples.storefront.shop;

import static java.time.Duration.ofSeconds;

import dev.gatehouse.dsl.EventSource;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.TypeRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations of the shop's services. Records have only the components that some frontend uses. */
public final class Shop {

  private Shop() {}

  public record Product(
      String id,
      String name,
      String description,
      String brand,
      String category,
      List<String> warehouses,
      List<String> images) {}

  public record Price(
      String productId,
      BigDecimal amount,
      String currency,
      @Nullable BigDecimal listAmount) {}

  public record StockKey(String productId, String warehouse) {}

  public record Stock(String productId, String warehouse, int units) {}

  public enum DeliveryStep {
    PACKED,
    ON_THE_WAY,
    ARRIVED
  }

  public record Delivery(String productId, DeliveryStep step) {}

  public record Review(
      String id, int rating, String title, String text, String authorId, Instant createdAt) {}

  public record User(String id, String name, String avatar) {}

  public record Page<T>(List<T> items, @Nullable String next) {}

  public record ListQuery(
      @Nullable String after,
      @Nullable Integer limit,
      @Nullable String category) {}

  public record SearchQuery(String q, @Nullable Integer limit) {}

  public record Hit(String id, double score) {}

  public record Hits(List<Hit> hits, int total) {}

  public record CartLine(String productId, int quantity) {}

  public record Cart(String id, List<CartLine> lines, int units) {}

  public record AddLine(String cart, String productId, int quantity) {}

  public record ChangeLine(String cart, String productId, int quantity) {}

  public record RemoveLine(String cart, String productId) {}

  public static final Operation<String, Product> PRODUCT = Service.named("catalog")
      .get("/products{?ids*}")
      .within(ofSeconds(1))
      .batchOf(Product.class, Product::id)
      .upTo(100);

  public static final Operation<ListQuery, Page<Product>> PRODUCTS = Service.named("catalog")
      .get("/products{?after,limit,category}")
      .within(ofSeconds(1))
      .returnsType(new TypeRef<>() {});

  public static final Operation<SearchQuery, Hits> SEARCH =
      Service.named("catalog").get("/search{?q,limit}").within(ofSeconds(1)).returns(Hits.class);

  public static final Operation<String, Price> PRICE = Service.named("pricing")
      .get("/prices{?ids*}")
      .within(ofSeconds(1))
      .batchOf(Price.class, Price::productId)
      .upTo(100);

  public static final Operation<StockKey, Stock> STOCK = Service.named("inventory")
      .post("/stock/query")
      .safe()
      .within(ofSeconds(1))
      .batchOf(Stock.class, Stock::productId, Stock::warehouse)
      .upTo(100);

  public static final EventSource<String, Price> PRICE_CHANGES = Service.named("pricing")
      .events("/prices/{id}/changes")
      .taking(String.class)
      .only("price")
      .reconnecting(10)
      .of(Price.class);

  public static final EventSource<String, Delivery> DELIVERIES = Service.named("inventory")
      .events("/deliveries/{id}")
      .taking(String.class)
      .only("step")
      .of(Delivery.class);

  public static final ListOperation<String, Review> REVIEWS = Service.named("reviews")
      .get("/reviews{?product}")
      .within(ofSeconds(1))
      .returnsList(Review.class)
      .atMost(50);

  public static final Operation<String, User> USER = Service.named("users")
      .get("/users{?ids*}")
      .within(ofSeconds(1))
      .batchOf(User.class, User::id)
      .upTo(50);

  public static final ListOperation<String, String> RELATED = Service.named("recommendations")
      .get("/recommendations/{id}")
      .returnsList(String.class)
      .atMost(20);

  public static final Operation<String, Cart> CART =
      Service.named("carts").get("/carts/{id}").within(ofSeconds(1)).returns(Cart.class);

  public static final Operation<AddLine, Cart> ADD_LINE = Service.named("carts")
      .post("/carts/{cart}/lines")
      .withIdempotencyKey()
      .within(ofSeconds(1))
      .returns(Cart.class);

  public static final Operation<ChangeLine, Cart> CHANGE_LINE = Service.named("carts")
      .patch("/carts/{cart}/lines/{productId}")
      .withIdempotencyKey()
      .within(ofSeconds(1))
      .returns(Cart.class);

  public static final Operation<RemoveLine, Cart> REMOVE_LINE = Service.named("carts")
      .delete("/carts/{cart}/lines/{productId}")
      .within(ofSeconds(1))
      .returns(Cart.class);
}
