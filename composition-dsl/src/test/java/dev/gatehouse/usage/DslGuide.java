package dev.gatehouse.usage;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.dsl.Verbs.caller;
import static dev.gatehouse.dsl.Verbs.combine;
import static dev.gatehouse.dsl.Verbs.is;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.dsl.Verbs.objectOf;
import static dev.gatehouse.dsl.Verbs.oneOf;
import static dev.gatehouse.dsl.Verbs.when;
import static dev.gatehouse.usage.doors.Rest.rest;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.gatehouse.dsl.Access;
import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Outcome;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.TypeRef;
import dev.gatehouse.dsl.UndoInput;
import dev.gatehouse.dsl.Value;
import dev.gatehouse.dsl.contract.Description;
import dev.gatehouse.dsl.contract.Nothing;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The code that docs/dsl.md shows. Each block there is found here, line by line. */
final class DslGuide {

  // region first
  record Product(String id, String name, List<String> warehouses) {}

  record Price(String productId, BigDecimal amount, String currency) {}

  static final Operation<String, Product> PRODUCT =
      Service.named("catalog").get("/products/{id}").returns(Product.class);

  static final Operation<String, Price> PRICE = Service.named("pricing")
      .get("/prices{?ids*}")
      .batchOf(Price.class, Price::productId)
      .upTo(100);

  record Card(String id, String name, @Nullable Price price) {}

  static final Composite<String, Card> CARD = Composite.named(
      "Card",
      String.class,
      id -> object(Card.class).from(PRODUCT.call(id)).with(Card::price, PRICE.call(id)));
  // endregion

  // region operations
  record ReviewRange(String product, int page, @Nullable String region) {}

  record Review(int rating, String text, @Nullable String authorId) {}

  static final ListOperation<ReviewRange, Review> REVIEW_RANGE = Service.named("reviews")
      .get("/reviews{?product,page}")
      .header("x-region", "{region}")
      .named("reviews")
      .within(ofMillis(200))
      .at("data", "items")
      .returnsList(Review.class)
      .atMost(50);
  // endregion

  // region batch
  record StockKey(String productId, String warehouse) {}

  record Stock(String productId, String warehouse, int units) {}

  static final Operation<StockKey, Stock> STOCK = Service.named("inventory")
      .post("/stock/query")
      .safe()
      .batchOf(Stock.class, Stock::productId, Stock::warehouse)
      .upTo(100);
  // endregion

  static final ListOperation<String, Review> REVIEWS = Service.named("reviews")
      .get("/reviews{?product}")
      .returnsList(Review.class)
      .atMost(50);

  static final ListOperation<String, String> RELATED = Service.named("recommendations")
      .get("/related/{id}")
      .returnsList(String.class)
      .atMost(10);

  // region each
  record User(String id, String name) {}

  static final Operation<String, User> USER =
      Service.named("users").get("/users{?ids*}").batchOf(User.class, User::id).upTo(50);

  record ReviewView(int rating, String text, @Nullable User author) {}

  static final Composite<String, List<ReviewView>> REVIEWS_WITH_AUTHORS = Composite.named(
      "ReviewsWithAuthors",
      String.class,
      product -> REVIEWS
          .call(product)
          .each(review -> object(ReviewView.class)
              .from(review)
              .with(ReviewView::author, USER.call(review.get(Review::authorId)))));
  // endregion

  // region items
  record StockView(String warehouse, int units) {}

  static final Composite<String, List<StockView>> STOCK_OF_PRODUCT = Composite.named(
      "StockOfProduct",
      String.class,
      id -> PRODUCT
          .call(id)
          .items(Product::warehouses)
          .atMost(20)
          .each(warehouse -> object(StockView.class)
              .from(STOCK.call(object(StockKey.class)
                  .with(StockKey::productId, id)
                  .with(StockKey::warehouse, warehouse)))));
  // endregion

  // region instead
  record Page(
      Product product,
      @Nullable Price price,
      String currency,
      List<String> related,
      Outcome<Price> priceOrWhyNot) {}

  static final Composite<String, Page> PAGE = Composite.named("Page", String.class, id -> {
    var price = PRICE.call(id);
    return object(Page.class)
        .with(Page::product, PRODUCT.call(id))
        .with(Page::price, price.orNull())
        .with(Page::currency, price.get(Price::currency).orElse("EUR"))
        .with(Page::related, RELATED.call(id).within(ofMillis(80)).orEmpty())
        .with(Page::priceOrWhyNot, price.outcome());
  });
  // endregion

  // region rescue
  static final Operation<String, Price> OLD_PRICE =
      Service.named("old-pricing").get("/price/{id}").returns(Price.class);

  static final Composite<String, Price> ANY_PRICE = Composite.named(
      "AnyPrice",
      String.class,
      id -> PRICE.call(id).within(ofMillis(100)).orElseGet(() -> OLD_PRICE.call(id)));
  // endregion

  // region when
  record Offer(String product, boolean limited) {}

  record OfferPage(String product, @Nullable Product details) {}

  static final Operation<String, Offer> OFFER =
      Service.named("offers").get("/offers/{id}").returns(Offer.class);

  static final Composite<String, OfferPage> OFFER_PAGE =
      Composite.named("OfferPage", String.class, id -> {
        var offer = OFFER.call(id);
        var details =
            when(offer.get(Offer::limited), () -> PRODUCT.call(offer.get(Offer::product)));
        return object(OfferPage.class).from(offer).with(OfferPage::details, details);
      });
  // endregion

  // region union
  sealed interface Media permits Book, Film {}

  record Book(String title, int pages) implements Media {}

  record Film(String title, int minutes, String directorId) implements Media {}

  sealed interface Tile permits BookTile, FilmTile {}

  record BookTile(String title) implements Tile {}

  record FilmTile(String title, int minutes, @Nullable User director) implements Tile {}

  static final Operation<String, Media> MEDIA =
      Service.named("media").get("/media/{id}").returns(Media.class);

  static final Composite<String, Tile> TILE = Composite.named(
      "Tile",
      String.class,
      id -> oneOf(
          Tile.class,
          MEDIA.call(id),
          is(Book.class, book -> object(BookTile.class).from(book)),
          is(
              Film.class,
              film -> object(FilmTile.class)
                  .from(film)
                  .with(FilmTile::director, USER.call(film.get(Film::directorId))))));
  // endregion

  // region arguments
  record ReviewPage(List<Review> reviews) {}

  static final Composite<String, ReviewPage> REVIEW_PAGE = Composite.named(
      "ReviewPage",
      String.class,
      id -> object(ReviewPage.class)
          .withArguments(
              ReviewPage::reviews,
              arguments -> REVIEWS
                  .call(id)
                  .first(arguments
                      .argument("first", Integer.class)
                      .byDefault(10)
                      .between(1, 50)
                      .describedAs("How many reviews.")
                      .value())));
  // endregion

  // region caller
  record Cart(String id, List<String> skus) {}

  static final Operation<String, Cart> CART =
      Service.named("carts").get("/carts/{owner}").returns(Cart.class);

  static final Composite<Nothing, Cart> MY_CART =
      Composite.withoutInput("MyCart", () -> CART.call(caller().subject()));
  // endregion

  // region command
  record NewLine(String cart, String sku, int count) {}

  record Line(String id, String cart) {}

  static final Operation<Line, Nothing> REMOVE =
      Service.named("carts").delete("/carts/{cart}/lines/{id}").returnsNothing();

  static final Operation<NewLine, Line> ADD = Service.named("carts")
      .post("/carts/{cart}/lines")
      .withIdempotencyKey()
      .<NewLine, Line>returns(Line.class)
      .undoneBy(REMOVE, UndoInput.wholeAnswer());

  static final Composite<NewLine, Cart> ADD_TO_CART =
      Composite.named("AddToCart", NewLine.class, line -> {
        ADD.call(line);
        return CART.call(line.get(NewLine::cart));
      });
  // endregion

  // region java
  record Label(String name, String price) {}

  static final Composite<String, Label> LABEL = Composite.named("Label", String.class, id -> {
    var price = PRICE.call(id);
    return object(Label.class)
        .with(Label::name, PRODUCT.call(id).get(Product::name).map(String.class, String::strip))
        .with(
            Label::price,
            combine(
                String.class,
                price.get(Price::amount),
                price.get(Price::currency),
                DslGuide::money));
  });

  static String money(BigDecimal amount, String currency) {
    return amount.toPlainString() + " " + currency;
  }
  // endregion

  // region javaOperation
  static final Operation<String, Price> LIST_PRICE = Operation.blocking(
          "listPrice",
          String.class,
          Price.class,
          id -> new Price(id, new BigDecimal("9.90"), "EUR"))
      .within(ofSeconds(1));
  // endregion

  // region composites
  record Shelf(Card first, @Nullable Card second) {}

  record Pair(String first, String second) {}

  static final Composite<String, Card> QUICK_CARD = CARD.within(ofMillis(120));

  static final Composite<Pair, Shelf> SHELF = Composite.named(
          "Shelf",
          Pair.class,
          pair -> object(Shelf.class)
              .with(Shelf::first, QUICK_CARD.call(pair.get(Pair::first)))
              .with(
                  Shelf::second,
                  QUICK_CARD.call(pair.get(Pair::second)).within(ofMillis(80)).orNull()))
      .within(ofMillis(300));
  // endregion

  // region method
  static Value<Card> card(Value<String> id) {
    return object(Card.class).from(PRODUCT_BATCH.call(id)).with(Card::price, PRICE.call(id));
  }

  static final Operation<String, Product> PRODUCT_BATCH = Service.named("catalog")
      .get("/products{?ids*}")
      .batchOf(Product.class, Product::id)
      .upTo(50);

  static final Composite<String, List<Card>> RELATED_CARDS =
      Composite.named("RelatedCards", String.class, id -> RELATED.call(id).each(DslGuide::card));
  // endregion

  // region contracts
  @Description("Identifies an article in every system.")
  record Sku(String value) {}

  enum Availability {
    IN_STOCK,
    @Description("Can be ordered, and takes longer.")
    ON_ORDER
  }

  record Slice<T>(List<T> items, @Nullable String next) {}

  record Article(Sku sku, Availability availability, List<@Nullable String> images) {}

  static final Operation<String, Slice<Article>> ARTICLES = Service.named("catalog")
      .get("/articles{?after}")
      .returnsType(new TypeRef<Slice<Article>>() {});

  static final Composite<String, Slice<Sku>> SKUS = Composite.named("Skus", String.class, after -> {
    var slice = ARTICLES.call(after);
    return objectOf(new TypeRef<Slice<Sku>>() {})
        .with(
            Slice::items,
            slice.items(Slice::items).atMost(100).each(article -> article.get(Article::sku)))
        .with(Slice::next, slice.get(Slice::next));
  });
  // endregion

  // region bff
  static final Access STAFF = Access.allowedIf(
      "staff", request -> "staff".equals(request.caller().claims().get("role")));

  static final Bff SHOP = Bff.named("shop-web")
      .open(rest()
          .get("/api/cards/{id}", CARD)
          .allow(anyone())
          .get("/api/articles", SKUS)
          .allow(STAFF));
  // endregion

  private DslGuide() {}
}
