package dev.gatehouse.examples.storefront.mobile;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.examples.storefront.shop.Shop.PRICE;
import static dev.gatehouse.examples.storefront.shop.Shop.PRICE_CHANGES;
import static dev.gatehouse.examples.storefront.shop.Shop.PRODUCT;
import static dev.gatehouse.examples.storefront.shop.Shop.PRODUCTS;
import static dev.gatehouse.examples.storefront.shop.Shop.RELATED;
import static dev.gatehouse.examples.storefront.shop.Shop.REVIEWS;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static dev.gatehouse.graphql.WhenSlow.latestOnly;
import static dev.gatehouse.rest.RestDoor.rest;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Value;
import dev.gatehouse.dsl.contract.Description;
import dev.gatehouse.examples.storefront.shop.Shop.ListQuery;
import dev.gatehouse.examples.storefront.shop.Shop.Page;
import dev.gatehouse.examples.storefront.shop.Shop.Price;
import dev.gatehouse.examples.storefront.shop.Shop.Product;
import dev.gatehouse.examples.storefront.shop.Shop.Review;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the app sees of the shop. */
public final class StorefrontMobile {

  private StorefrontMobile() {}

  @Description("A product as small as a screen needs it.")
  record ProductCard(
      String id,
      String name,
      @Nullable String image,
      @Nullable Price price,
      @Nullable Rating rating) {}

  @Description("What the newest reviews say together.")
  record Rating(double average, int count) {}

  record Tile(String id, String name, @Nullable Price price) {}

  @Description("What the app shows first.")
  record HomeFeed(
      List<Tile> newest,
      @Description("For who looked at the first product.") List<Tile> forYou) {}

  static final Composite<String, ProductCard> PRODUCT_CARD = Composite.named(
          "ProductCard", String.class, id -> {
            Value<Product> product = PRODUCT.call(id);
            return object(ProductCard.class)
                .from(product)
                .with(
                    ProductCard::image,
                    product.get(Product::images).map(String.class, StorefrontMobile::first))
                .with(ProductCard::price, PRICE.call(id))
                .with(
                    ProductCard::rating,
                    REVIEWS.call(id).map(Rating.class, StorefrontMobile::rate));
          })
      .within(ofSeconds(3));

  static final Composite<ListQuery, HomeFeed> HOME_FEED = Composite.named(
          "HomeFeed", ListQuery.class, query -> {
            Value<Page<Product>> page = PRODUCTS.call(query);
            return object(HomeFeed.class)
                .with(
                    HomeFeed::newest,
                    page.items(Page<Product>::items).atMost(100).each(StorefrontMobile::tile))
                .with(
                    HomeFeed::forYou,
                    RELATED
                        .call(page.map(String.class, StorefrontMobile::firstId))
                        .within(ofMillis(80))
                        .orEmpty()
                        .each(id -> tile(PRODUCT.call(id))));
          })
      .within(ofSeconds(3));

  static final Composite<Price, Tile> PRICE_CHANGED = Composite.named(
          "PriceChanged",
          Price.class,
          price -> object(Tile.class)
              .from(PRODUCT.call(price.get(Price::productId)))
              .with(Tile::price, price))
      .within(ofSeconds(3));

  private static Value<Tile> tile(Value<Product> product) {
    return object(Tile.class).from(product).with(Tile::price, PRICE.call(product.get(Product::id)));
  }

  private static @Nullable String first(List<String> images) {
    return images.isEmpty() ? null : images.get(0);
  }

  private static @Nullable String firstId(Page<Product> page) {
    return page.items().isEmpty() ? null : page.items().get(0).id();
  }

  private static Rating rate(List<Review> reviews) {
    double average = reviews.stream().mapToInt(Review::rating).average().orElse(0);
    return new Rating(Math.round(average * 10) / 10.0, reviews.size());
  }

  /** The BFF of the app. */
  public static final Bff BFF = Bff.named("storefront-mobile")
      .open(rest()
          .get("/api/cards/{id}", PRODUCT_CARD)
          .allow(anyone())
          .get("/api/home", HOME_FEED)
          .allow(anyone()))
      .open(graphql()
          .query("productCard", PRODUCT_CARD)
          .allow(anyone())
          .query("home", HOME_FEED)
          .allow(anyone())
          .subscription("priceChanged", PRICE_CHANGES, PRICE_CHANGED)
          .allow(anyone())
          .whenSlow(latestOnly()));
}
