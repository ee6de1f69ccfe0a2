package dev.gatehouse.examples.storefront.services;

import static io.vertx.core.http.HttpMethod.GET;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What else one may like.
 *
 * <pre>
 * GET /recommendations/{productId}   the ids of eight other products, best first
 * </pre>
 */
final class Recommendations extends ServiceVerticle {
  private static final int FROM_SAME_CATEGORY = 6;
  private static final int SURPRISES = 2;

  private final Map<String, List<String>> recommended = recommended();

  Recommendations(int port) {
    super("recommendations", port, "max-age=300");
  }

  @Override
  void addTo(Routes routes) {
    routes.on(GET, "/recommendations/{productId}", call -> {
      Product product = Assortment.get(call.variable("productId"));
      return Reply.ok(new JsonArray(recommended.get(product.id())));
    });
  }

  private static Map<String, List<String>> recommended() {
    Pick pick = new Pick(17);
    Map<String, List<String>> recommended = new LinkedHashMap<>();
    for (Product product : Assortment.PRODUCTS) {
      List<String> ids = new ArrayList<>(pick.some(FROM_SAME_CATEGORY, others(product, true)));
      ids.addAll(pick.some(SURPRISES, others(product, false)));
      recommended.put(product.id(), List.copyOf(ids));
    }
    return Map.copyOf(recommended);
  }

  private static List<String> others(Product product, boolean sameCategory) {
    return Assortment.PRODUCTS.stream()
        .filter(other ->
            other.category().equals(product.category()) == sameCategory && !other.equals(product))
        .map(Product::id)
        .toList();
  }
}
