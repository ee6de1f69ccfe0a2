package dev.gatehouse.benchmarks.handwritten;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the product page together. */
final class ProductPages {
  private final ShopClient shop;

  ProductPages(ShopClient shop) {
    this.shop = shop;
  }

  Future<JsonObject> page(String id) {
    Future<JsonObject> product = shop.product(id);
    Future<JsonObject> price = shop.price(id);
    Future<JsonObject> stock = shop.stock(id);
    Future<JsonArray> reviews = shop.reviews(id).compose(this::withAuthors);
    Future<JsonArray> recommendations =
        shop.recommendations(id).otherwise(failure -> new JsonArray());

    // An unknown product is unknown to every service: the product's own answer decides between 404
    // and 502.
    return product.compose(found -> Future.all(price, stock, reviews, recommendations)
        .map(all -> new JsonObject()
            .put("id", found.getInteger("id"))
            .put("product", found)
            .put("price", price.result())
            .put("stock", stock.result())
            .put("reviews", reviews.result())
            .put("recommendations", recommendations.result())));
  }

  private Future<JsonArray> withAuthors(JsonArray reviews) {
    Set<Integer> authorIds = new LinkedHashSet<>();
    for (int i = 0; i < reviews.size(); i++) {
      authorIds.add(reviews.getJsonObject(i).getInteger("authorId"));
    }
    return shop.users(authorIds).map(users -> {
      Map<Integer, JsonObject> byId = byId(users);
      for (int i = 0; i < reviews.size(); i++) {
        JsonObject review = reviews.getJsonObject(i);
        review.put("author", author(byId.get((Integer) review.remove("authorId"))));
      }
      return reviews;
    });
  }

  private static Map<Integer, JsonObject> byId(JsonArray users) {
    Map<Integer, JsonObject> byId = new HashMap<>();
    for (int i = 0; i < users.size(); i++) {
      JsonObject user = users.getJsonObject(i);
      byId.put(user.getInteger("id"), user);
    }
    return byId;
  }

  private static @Nullable JsonObject author(@Nullable JsonObject user) {
    return user == null
        ? null
        : new JsonObject()
            .put("id", user.getInteger("id"))
            .put("name", user.getString("name"))
            .put("avatar", user.getString("avatar"));
  }
}
