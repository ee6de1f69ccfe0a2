package dev.gatehouse.benchmarks.workload;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a contestant is asked for. */
public enum Job {
  /**
   * One product, passed through: {@code GET /api/products/{id}}, one upstream call. 404 stays 404, any other failure is a
   * 502.
   */
  PROXY("/api/products/", null, null, 1000),
  /**
   * The product page: {@code GET /api/product-page/{id}}. Product, price, stock, reviews and recommendations in parallel;
   * once the reviews are in, one call for all their distinct authors. Each call has three seconds, recommendations have
   * 500 ms and are {@code []} where they fail. An unknown product is a 404, any other failure a 502.
   */
  PAGE("/api/product-page/", null, null, 300),
  /** A part of a product's page as a GraphQL query, or as REST with the same fields selected: five upstream calls. */
  QUERY(
      "/api/product-views/",
      "id,name,price(amount,currency),stock(warehouse,qty),reviews(rating,text,author(name))",
      "query Page($id: Int!) { product(id: $id) { id name price { amount currency } stock { warehouse qty }"
          + " reviews { rating text author { name } } } }",
      300),
  /**
   * Twenty products, with prices and the names of those who reviewed them. Products and reviews are called for one by one,
   * prices and users together: 42 upstream calls.
   */
  LIST(
      "/api/product-views",
      "name,price(amount),reviews(author(name))",
      "query List($ids: [Int!]!) { products(ids: $ids) { name price { amount } reviews { author { name } } } }",
      50);

  /** Ids above are kept for failures. */
  private static final int LAST_HEALTHY_PRODUCT = 900;

  private static final int LISTED = 20;
  private static final int STRIDE = 43;

  private final String path;
  private final @Nullable String fields;
  private final @Nullable String document;
  private final int defaultRate;

  Job(String path, @Nullable String fields, @Nullable String document, int defaultRate) {
    this.path = path;
    this.fields = fields;
    this.document = document;
    this.defaultRate = defaultRate;
  }

  /**
   * Finds a job by its name in lower case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Job named(String name) {
    for (Job job : values()) {
      if (job.toString().equals(name)) {
        return job;
      }
    }
    throw new IllegalArgumentException("job: " + name + " (expected: " + names() + ")");
  }

  /** All there are, for people. */
  public static String names() {
    return Arrays.stream(values()).map(Job::toString).collect(Collectors.joining(", "));
  }

  /** The request for a product; for {@link #LIST}, for twenty products that begin with it. */
  public Ask ask(Protocol protocol, int product) {
    String selected = fields == null ? "" : "?fields=" + fields;
    if (protocol == Protocol.GRAPHQL) {
      JsonObject variables = this == LIST
          ? new JsonObject().put("ids", new JsonArray(listed(product)))
          : new JsonObject().put("id", product);
      return Ask.post(
          this + " " + product,
          "/graphql",
          new JsonObject().put("query", document).put("variables", variables).encode());
    }
    if (this == LIST) {
      String ids = listed(product).stream().map(id -> "&ids=" + id).collect(Collectors.joining());
      return Ask.get(path + selected + ids);
    }
    return Ask.get(path + product + selected);
  }

  /** The requests for all products that answer healthily, shuffled alike in each run. */
  public List<Ask> healthy(Protocol protocol) {
    return new SplittableRandom(1)
        .ints(LAST_HEALTHY_PRODUCT, 1, LAST_HEALTHY_PRODUCT + 1)
        .mapToObj(product -> ask(protocol, product))
        .toList();
  }

  /** What the answer to such a request is, as JSON objects and arrays. */
  public Object answer(Shop shop, int product) {
    return switch (this) {
      case PROXY -> shop.product(product);
      case PAGE -> shop.page(product, product != Shop.FAILING && product != Shop.SLOW);
      case QUERY -> shop.view(product);
      case LIST ->
        listed(product).stream()
            .map(shop::listing)
            .collect(JsonArray::new, JsonArray::add, JsonArray::addAll);
    };
  }

  /** The root field in GraphQL. */
  public String field() {
    return this == LIST ? "products" : "product";
  }

  /** What only stands in an answer that is not whole. */
  public String degraded() {
    return document == null ? "\"recommendations\":[]" : "\"errors\":";
  }

  /** Requests per second for the measurement at a fixed rate: well below what any contestant can do on one core. */
  public int defaultRate() {
    return defaultRate;
  }

  private static List<Integer> listed(int first) {
    return IntStream.range(0, LISTED)
        .mapToObj(i -> 1 + (first - 1 + i * STRIDE) % LAST_HEALTHY_PRODUCT)
        .toList();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
