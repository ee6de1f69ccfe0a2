package dev.gatehouse.examples.storefront.web;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.examples.storefront.shop.Shop.ADD_LINE;
import static dev.gatehouse.examples.storefront.shop.Shop.CART;
import static dev.gatehouse.examples.storefront.shop.Shop.CHANGE_LINE;
import static dev.gatehouse.examples.storefront.shop.Shop.DELIVERIES;
import static dev.gatehouse.examples.storefront.shop.Shop.PRICE;
import static dev.gatehouse.examples.storefront.shop.Shop.PRICE_CHANGES;
import static dev.gatehouse.examples.storefront.shop.Shop.PRODUCT;
import static dev.gatehouse.examples.storefront.shop.Shop.PRODUCTS;
import static dev.gatehouse.examples.storefront.shop.Shop.RELATED;
import static dev.gatehouse.examples.storefront.shop.Shop.REMOVE_LINE;
import static dev.gatehouse.examples.storefront.shop.Shop.REVIEWS;
import static dev.gatehouse.examples.storefront.shop.Shop.SEARCH;
import static dev.gatehouse.examples.storefront.shop.Shop.STOCK;
import static dev.gatehouse.examples.storefront.shop.Shop.USER;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static dev.gatehouse.graphql.WhenSlow.latestOnly;
import static dev.gatehouse.rest.RestDoor.rest;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Value;
import dev.gatehouse.dsl.contract.Description;
import dev.gatehouse.examples.storefront.shop.Shop.AddLine;
import dev.gatehouse.examples.storefront.shop.Shop.Cart;
import dev.gatehouse.examples.storefront.shop.Shop.CartLine;
import dev.gatehouse.examples.storefront.shop.Shop.ChangeLine;
import dev.gatehouse.examples.storefront.shop.Shop.Delivery;
import dev.gatehouse.examples.storefront.shop.Shop.DeliveryStep;
import dev.gatehouse.examples.storefront.shop.Shop.Hit;
import dev.gatehouse.examples.storefront.shop.Shop.Hits;
import dev.gatehouse.examples.storefront.shop.Shop.ListQuery;
import dev.gatehouse.examples.storefront.shop.Shop.Page;
import dev.gatehouse.examples.storefront.shop.Shop.Price;
import dev.gatehouse.examples.storefront.shop.Shop.Product;
import dev.gatehouse.examples.storefront.shop.Shop.RemoveLine;
import dev.gatehouse.examples.storefront.shop.Shop.Review;
import dev.gatehouse.examples.storefront.shop.Shop.SearchQuery;
import dev.gatehouse.examples.storefront.shop.Shop.StockKey;
import dev.gatehouse.examples.storefront.shop.Shop.User;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the website sees of the shop. */
public final class StorefrontWeb {

  private StorefrontWeb() {}

  @Description("Everything the product page shows.")
  record ProductPage(
      String id,
      String name,
      String description,
      String brand,
      List<String> images,
      @Nullable Price price,

      @Description("Per warehouse; null while the inventory cannot be asked.") @Nullable List<StockView> stock,

      @Nullable List<ReviewView> reviews,

      @Description("Products that others looked at; empty when nobody knows.")
      List<Card> related) {}

  record StockView(String warehouse, int units) {}

  record ReviewView(
      String id,
      int rating,
      String title,
      String text,
      Instant createdAt,
      @Nullable User author) {}

  @Description("A product in a list.")
  record Card(
      String id, String name, List<String> images, @Nullable Price price) {}

  record ProductList(List<Card> items, @Nullable String next) {}

  record SearchResult(int total, List<Found> hits) {}

  record Found(double score, @Nullable Card product) {}

  record CartView(String id, int units, List<LineView> lines) {}

  record LineView(int quantity, @Nullable Card product) {}

  record DeliveryView(DeliveryStep step, @Nullable Card product) {}

  static final Composite<String, ProductPage> PRODUCT_PAGE = Composite.named(
          "ProductPage", String.class, id -> {
            Value<Product> product = PRODUCT.call(id);
            return object(ProductPage.class)
                .from(product)
                .with(ProductPage::price, PRICE.call(id).orNull())
                .with(
                    ProductPage::stock,
                    product
                        .items(Product::warehouses)
                        .atMost(20)
                        .each(warehouse -> stock(id, warehouse)))
                .with(ProductPage::reviews, REVIEWS.call(id).each(StorefrontWeb::review))
                .with(
                    ProductPage::related,
                    RELATED.call(id).within(ofMillis(80)).orEmpty().each(other -> card(other)));
          })
      .within(ofSeconds(3));

  static final Composite<ListQuery, ProductList> PRODUCT_LIST = Composite.named(
          "ProductList", ListQuery.class, query -> {
            Value<Page<Product>> page = PRODUCTS.call(query);
            return object(ProductList.class)
                .with(
                    ProductList::items,
                    page.items(Page<Product>::items)
                        .atMost(100)
                        .each(product -> card(product.get(Product::id), product)))
                .with(ProductList::next, page.get(Page<Product>::next));
          })
      .within(ofSeconds(3));

  static final Composite<SearchQuery, SearchResult> SEARCH_RESULT = Composite.named(
          "SearchResult", SearchQuery.class, query -> {
            Value<Hits> hits = SEARCH.call(query);
            return object(SearchResult.class)
                .from(hits)
                .with(
                    SearchResult::hits,
                    hits.items(Hits::hits)
                        .atMost(100)
                        .each(hit -> object(Found.class)
                            .from(hit)
                            .with(Found::product, card(hit.get(Hit::id)))));
          })
      .within(ofSeconds(3));

  static final Composite<String, CartView> SHOW_CART =
      Composite.named("ShowCart", String.class, id -> cart(CART.call(id))).within(ofSeconds(3));

  static final Composite<AddLine, CartView> ADD_TO_CART = Composite.named(
          "AddToCart", AddLine.class, line -> cart(ADD_LINE.call(line)))
      .within(ofSeconds(3));

  static final Composite<ChangeLine, CartView> CHANGE_CART = Composite.named(
          "ChangeCart", ChangeLine.class, line -> cart(CHANGE_LINE.call(line)))
      .within(ofSeconds(3));

  static final Composite<RemoveLine, CartView> REMOVE_FROM_CART = Composite.named(
          "RemoveFromCart", RemoveLine.class, line -> cart(REMOVE_LINE.call(line)))
      .within(ofSeconds(3));

  /** The price is the event's own; only what else is selected is asked for. */
  static final Composite<Price, Card> PRICE_CHANGED = Composite.named(
          "PriceChanged",
          Price.class,
          price -> object(Card.class)
              .from(PRODUCT.call(price.get(Price::productId)))
              .with(Card::price, price))
      .within(ofSeconds(3));

  static final Composite<Delivery, DeliveryView> DELIVERY = Composite.named(
          "Delivery",
          Delivery.class,
          delivery -> object(DeliveryView.class)
              .from(delivery)
              .with(DeliveryView::product, card(delivery.get(Delivery::productId))))
      .within(ofSeconds(3));

  private static Value<StockView> stock(Value<String> product, Value<String> warehouse) {
    Value<StockKey> key = object(StockKey.class)
        .with(StockKey::productId, product)
        .with(StockKey::warehouse, warehouse);
    return object(StockView.class).from(STOCK.call(key));
  }

  private static Value<ReviewView> review(Value<Review> review) {
    return object(ReviewView.class)
        .from(review)
        .with(ReviewView::author, USER.call(review.get(Review::authorId)));
  }

  /** A product known by its id only: what it is and what it costs are asked for at the same time. */
  private static Value<Card> card(Value<String> id) {
    return card(id, PRODUCT.call(id));
  }

  private static Value<Card> card(Value<String> id, Value<Product> product) {
    return object(Card.class).from(product).with(Card::price, PRICE.call(id));
  }

  private static Value<CartView> cart(Value<Cart> cart) {
    return object(CartView.class)
        .from(cart)
        .with(
            CartView::lines,
            cart.items(Cart::lines)
                .atMost(50)
                .each(line -> object(LineView.class)
                    .from(line)
                    .with(LineView::product, card(line.get(CartLine::productId)))));
  }

  /** The BFF of the website. */
  public static final Bff BFF = Bff.named("storefront-web")
      .open(rest()
          .get("/api/product-pages/{id}", PRODUCT_PAGE)
          .allow(anyone())
          .get("/api/products", PRODUCT_LIST)
          .allow(anyone())
          .get("/api/search", SEARCH_RESULT)
          .allow(anyone())
          .get("/api/carts/{id}", SHOW_CART)
          .allow(anyone())
          .post("/api/carts/{cart}/lines", ADD_TO_CART)
          .allow(anyone())
          .answers(201)
          .patch("/api/carts/{cart}/lines/{productId}", CHANGE_CART)
          .allow(anyone())
          .delete("/api/carts/{cart}/lines/{productId}", REMOVE_FROM_CART)
          .allow(anyone()))
      .open(graphql()
          .query("productPage", PRODUCT_PAGE)
          .allow(anyone())
          .query("products", PRODUCT_LIST)
          .allow(anyone())
          .query("search", SEARCH_RESULT)
          .allow(anyone())
          .query("cart", SHOW_CART)
          .allow(anyone())
          .mutation("addToCart", ADD_TO_CART)
          .allow(anyone())
          .input("line")
          .mutation("changeCart", CHANGE_CART)
          .allow(anyone())
          .input("line")
          .mutation("removeFromCart", REMOVE_FROM_CART)
          .allow(anyone())
          .subscription("priceChanged", PRICE_CHANGES, PRICE_CHANGED)
          .allow(anyone())
          .whenSlow(latestOnly())
          .subscription("delivery", DELIVERIES, DELIVERY)
          .allow(anyone())
          .contract("storefront-web.graphqls"));
}
