package dev.gatehouse.runtime.engine.reference;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.dsl.JavaOperation;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Outcome;
import dev.gatehouse.dsl.Service;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The contracts and operations that random composites are made of. */
final class Shop {

  private Shop() {}

  // What services answer.

  record Sku(String value) {}

  enum Colour {
    RED,
    @JsonProperty("dark-blue")
    BLUE
  }

  record Size(int width, @Nullable BigDecimal weight) {}

  record Maker(
      String id,
      @Nullable String country,
      List<String> tags,
      @Nullable Tree family) {}

  record Tree(String name, @Nullable Tree parent, List<Tree> children) {}

  sealed interface Media permits Photo, Film {
    String url();
  }

  record Photo(String url, int width, @Nullable Size size) implements Media {}

  record Film(String url, int minutes, Size size, @Nullable String title) implements Media {}

  record Thing(
      Sku sku,
      String name,
      @Nullable Sku next,
      boolean sold,
      @Nullable Boolean rare,
      int count,
      BigInteger serial,
      BigDecimal weight,
      Colour colour,
      @Nullable Size size,
      List<Size> sizes,
      @Nullable List<@Nullable String> notes,
      List<String> tags,
      Map<String, Integer> stock,
      Map<String, Size> boxes,
      Media cover,
      List<Media> media,
      String maker,
      @Nullable Object extra,
      List<Sku> parts) {}

  record Price(Sku sku, BigDecimal amount, @Nullable String currency) {}

  record StockKey(Sku sku, String place) {}

  record Stock(Sku sku, String place, int units) {}

  record Review(int rating, String author, @Nullable Sku about) {}

  record Order(
      Sku sku, int count, @Nullable String note, @Nullable Size size) {}

  record Quote(BigDecimal total, @Nullable Price price, List<Price> parts) {}

  record Search(
      @Nullable Colour colour,
      @Nullable List<String> tags,
      @Nullable String place) {}

  static final Operation<Sku, Thing> THING =
      Service.named("things").get("/things/{sku}").perItemUpTo(9999).returns(Thing.class);

  static final Operation<Sku, Thing> THINGS = Service.named("things")
      .get("/things{?skus*}")
      .batchOf(Thing.class, Thing::sku)
      .upTo(3);

  static final Operation<Sku, Price> PRICE = Service.named("prices")
      .get("/prices{?skus}")
      .batchOf(Price.class, Price::sku)
      .upTo(2);

  static final Operation<StockKey, Stock> STOCK = Service.named("stock")
      .post("/stock")
      .safe()
      .batchOf(Stock.class, Stock::sku, Stock::place)
      .upTo(4);

  static final Operation<String, Maker> MAKER = Service.named("makers")
      .post("/makers")
      .safe()
      .at("makers")
      .batchOf(Maker.class, Maker::id)
      .upTo(50);

  static final ListOperation<Sku, Sku> RELATED = Service.named("related")
      .get("/related/{sku}")
      .perItemUpTo(9999)
      .returnsList(Sku.class)
      .atMost(2);

  static final ListOperation<Sku, Review> REVIEWS = Service.named("reviews")
      .get("/reviews{?sku}")
      .at("data", "items")
      .perItemUpTo(9999)
      .returnsList(Review.class)
      .atMost(4);

  static final ListOperation<Sku, Media> MEDIA = Service.named("media")
      .get("/media/{sku}")
      .perItemUpTo(9999)
      .returnsList(Media.class)
      .atMost(4);

  static final Operation<Order, Quote> QUOTE =
      Service.named("quotes").post("/quotes/{sku}").safe().perItemUpTo(9999).returns(Quote.class);

  static final ListOperation<Search, Price> SEARCH = Service.named("search")
      .get("/search{?colour,tags*}")
      .header("x-place", "{place}")
      .perItemUpTo(9999)
      .returnsList(Price.class)
      .atMost(3);

  static final JavaOperation<Order, Quote> RATE =
      Operation.inJava("rate", Order.class, Quote.class, Shop::rate).perItemUpTo(9999);

  static final JavaOperation<Sku, Stock> COUNT =
      Operation.blocking("count", Sku.class, Stock.class, Shop::count).perItemUpTo(9999);

  static final JavaOperation<Sku, Stock> AWAIT = Operation.inJava(
          "await", Sku.class, Stock.class, Shop::await)
      .perItemUpTo(9999)
      .within(Duration.ofMillis(1));

  private static CompletionStage<@Nullable Quote> rate(Order order) {
    return CompletableFuture.completedFuture(
        order.count() == 3 ? null : new Quote(BigDecimal.valueOf(order.count()), null, List.of()));
  }

  private static @Nullable Stock count(Sku sku) {
    if (sku.value().equals("b")) {
      throw new IllegalStateException("no b is counted");
    }
    return sku.value().equals("c") ? null : new Stock(sku, "here", sku.value().length());
  }

  private static CompletionStage<@Nullable Stock> await(Sku sku) {
    return sku.value().equals("a")
        ? new CompletableFuture<>()
        : CompletableFuture.completedFuture(new Stock(sku, "there", 0));
  }

  // What frontends see.

  record Card(
      Sku sku,
      String name,
      @Nullable Price price,
      @Nullable Maker maker,
      @Nullable Size size) {}

  record Strict(Thing thing, Price price, Maker maker) {}

  record Facts(
      @Nullable Sku sku,
      @Nullable Boolean flag,
      @Nullable Integer number,
      @Nullable String text,
      @Nullable BigDecimal amount,
      @Nullable Object any) {}

  record Loose(
      @Nullable Thing thing,
      @Nullable Price price,
      @Nullable Stock stock,
      @Nullable Quote quote,
      @Nullable Card card,
      @Nullable Strict strict,
      @Nullable Facts facts,
      @Nullable Outcome<Price> told,
      @Nullable Outcome<Card> toldCard,
      @Nullable Tree tree) {}

  sealed interface Tile permits PhotoTile, FilmTile {}

  record PhotoTile(
      String url, @Nullable Card card, @Nullable Size size) implements Tile {}

  record FilmTile(
      String url, @Nullable Integer minutes, @Nullable List<Sku> related) implements Tile {}

  record Clip(String url, @Nullable Size size) {}

  record Shelf(
      @Nullable List<Sku> skus,
      @Nullable List<@Nullable Card> cards,
      @Nullable List<Card> strictCards,
      @Nullable List<@Nullable Loose> loose,
      @Nullable List<Review> reviews,
      @Nullable List<@Nullable Tile> tiles,
      @Nullable List<@Nullable Clip> clips,
      @Nullable List<@Nullable Shelf> shelves) {}

  record Page(
      @Nullable Loose loose,
      Card card,
      @Nullable Shelf shelf,
      @Nullable Tile tile,
      Facts facts) {}
}
