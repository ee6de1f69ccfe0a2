package dev.gatehouse.benchmarks.jmh;

import dev.gatehouse.benchmarks.workload.Shop;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the six services answer for one page. */
record PageBodies(
    byte[] product,
    byte[] price,
    byte[] stock,
    byte[] reviews,
    byte[] users,
    byte[] recommendations) {

  static PageBodies of(int id) {
    Shop shop = new Shop();
    Set<Integer> authors = new LinkedHashSet<>();
    for (Object review : shop.reviews(id).getJsonArray("items")) {
      authors.add(((JsonObject) review).getInteger("authorId"));
    }
    JsonArray users = new JsonArray();
    authors.forEach(author -> users.add(shop.user(author)));
    return new PageBodies(
        shop.product(id).toBuffer().getBytes(),
        shop.price(id).toBuffer().getBytes(),
        shop.stock(id).toBuffer().getBytes(),
        shop.reviews(id).toBuffer().getBytes(),
        users.toBuffer().getBytes(),
        shop.recommendations(id).toBuffer().getBytes());
  }

  List<byte[]> all() {
    return List.of(product, price, stock, reviews, users, recommendations);
  }
}
