package dev.gatehouse.examples.storefront.services;

import static io.vertx.core.http.HttpMethod.GET;

import io.vertx.core.json.JsonObject;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the shop sells.
 *
 * <pre>
 * GET /products/{id}                   one product
 * GET /products?ids=p-1&amp;ids=p-2        those that exist, in no particular order
 * GET /products?category=&amp;after=&amp;limit= a page: {items, next}, next being the cursor for after
 * GET /search?q=&amp;limit=                {hits: [{id, score}], total}, best first
 * </pre>
 */
final class Catalog extends ServiceVerticle {

  private record Hit(String id, int score) {
    JsonObject toJson() {
      return new JsonObject().put("id", id).put("score", score);
    }
  }

  Catalog(int port) {
    super("catalog", port, "max-age=60");
  }

  @Override
  void addTo(Routes routes) {
    routes
        .on(GET, "/products/{id}", this::product)
        .on(GET, "/products", call -> call.asksForIds() ? batch(call.ids()) : page(call))
        .on(GET, "/search", this::search);
  }

  private Reply product(Call call) {
    return Reply.ok(Assortment.get(call.variable("id")).toJson());
  }

  private Reply batch(List<String> ids) {
    List<Product> found =
        ids.stream().map(Assortment::find).filter(Objects::nonNull).toList();
    // A batch promises no order, so it had better not look as if it did.
    return Reply.ok(new Pick(ids.hashCode()).shuffled(found), Product::toJson);
  }

  private Reply page(Call call) {
    int limit = call.limit();
    String category = call.parameter("category");
    List<Product> rest = Assortment.PRODUCTS.stream()
        .skip(positionAfter(call.parameter("after")))
        .filter(product -> category == null || category.equals(product.category()))
        .limit(limit + 1)
        .toList();
    List<Product> items = rest.subList(0, Math.min(limit, rest.size()));
    return Reply.ok(new JsonObject()
        .put("items", Reply.array(items, Product::toJson))
        .put("next", rest.size() > limit ? items.get(limit - 1).id() : null));
  }

  private static int positionAfter(@Nullable String cursor) {
    if (cursor == null) {
      return 0;
    }
    Product last = Assortment.find(cursor);
    if (last == null) {
      throw Problem.invalid("after", cursor, "the next of an earlier page");
    }
    return Assortment.PRODUCTS.indexOf(last) + 1;
  }

  private Reply search(Call call) {
    int limit = call.limit();
    List<String> words = Stream.of(folded(call.requiredParameter("q")).split("\\s+"))
        .filter(word -> !word.isEmpty())
        .toList();
    List<Hit> hits = Assortment.PRODUCTS.stream()
        .map(product -> new Hit(product.id(), score(product, words)))
        .filter(hit -> hit.score() > 0)
        .sorted(Comparator.comparingInt(Hit::score).reversed())
        .toList();
    return Reply.ok(new JsonObject()
        .put("hits", Reply.array(hits.subList(0, Math.min(limit, hits.size())), Hit::toJson))
        .put("total", hits.size()));
  }

  /** Zero unless every word occurs somewhere; a word in the name weighs most. */
  private static int score(Product product, List<String> words) {
    int score = 0;
    for (String word : words) {
      int weight = weight(product, word);
      if (weight == 0) {
        return 0;
      }
      score += weight;
    }
    return score;
  }

  private static int weight(Product product, String word) {
    if (contains(product.name(), word)) {
      return 5;
    }
    if (contains(product.brand(), word)) {
      return 3;
    }
    if (contains(product.category(), word)) {
      return 2;
    }
    return contains(product.description(), word) ? 1 : 0;
  }

  private static boolean contains(String text, String word) {
    return folded(text).contains(word);
  }

  /** Without case and accents, so that "crepe" finds "Crêpe". */
  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT);
  }
}
