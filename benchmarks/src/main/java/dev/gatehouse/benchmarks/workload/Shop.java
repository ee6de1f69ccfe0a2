package dev.gatehouse.benchmarks.workload;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The shop's data. Each document is a function of its id alone, so that the services and the check agree without sharing
 * anything. Texts hold what a careless splicer would break: quotes, backslashes, line breaks and non-ASCII letters.
 */
public final class Shop {
  static final int PRODUCTS = 1000;
  static final int USERS = 500;
  /** Its recommendations are answered with a 500. */
  public static final int FAILING = 950;
  /** Its recommendations take {@link #SLOWNESS_MILLIS}. */
  public static final int SLOW = 951;
  /** A product that does not exist. */
  public static final int UNKNOWN = 99_999;

  static final int SLOWNESS_MILLIS = 2_000;

  private static final int REVIEWS = 10;
  private static final int AUTHORS = 8;
  private static final long START_OF_2026 = 1_767_225_600;
  private static final int MINUTES_OF_A_YEAR = 365 * 24 * 60;
  private static final String[] WORDS = {
    "oak",
    "mühle",
    "grain",
    "crème",
    "\"matte\"",
    "steel",
    "lantern",
    "bolt\\nut",
    "ñandú",
    "hinge",
    "first line\nsecond",
    "copper",
    "€ 9",
    "drill",
    "fjord",
    "linen",
    "pine",
    "brass",
    "größe",
    "kettle",
    "anchor",
    "thread",
    "slate",
    "野菜"
  };

  public JsonObject product(int id) {
    Draw draw = new Draw("product", id);
    return new JsonObject()
        .put("id", id)
        .put("sku", "P-%07d".formatted(id))
        .put("name", "Article " + id + ' ' + draw.word())
        .put("brand", draw.of("Nordwerk", "Halden", "Ostmann"))
        .put("category", draw.of("workshop", "kitchen", "garden"))
        .put("active", true)
        .put("description", draw.text(560))
        .put("tags", array(5, i -> draw.word()))
        .put(
            "images",
            array(3, i -> "https://images.shop.example/articles/" + id + "/" + i + ".webp"))
        .put(
            "attributes",
            new JsonObject()
                .put("colour", draw.of("sand", "anthracite", "olive"))
                .put("weightKg", draw.below(800) / 10.0)
                .put("width", draw.below(120))
                .put("height", draw.below(120))
                .put("origin", draw.of("DE", "PT", "FI")))
        .put("createdAt", draw.instant())
        .put("updatedAt", draw.instant());
  }

  public JsonObject price(int id) {
    Draw draw = new Draw("price", id);
    return new JsonObject()
        .put("productId", id)
        .put("amount", draw.money())
        .put("currency", "EUR")
        .put("listAmount", draw.money())
        .put("taxRate", 0.19)
        .put("validUntil", draw.instant());
  }

  public JsonObject stock(int id) {
    Draw draw = new Draw("stock", id);
    return new JsonObject()
        .put("productId", id)
        .put("warehouse", draw.of("LEJ-4", "CGN-1", "STR-2"))
        .put("qty", draw.below(400))
        .put("reserved", draw.below(25))
        .put(
            "bins",
            array(
                2,
                i ->
                    new JsonObject().put("aisle", "C" + draw.below(90)).put("qty", draw.below(60))))
        .put("updatedAt", draw.instant());
  }

  public JsonObject reviews(int id) {
    Draw draw = new Draw("reviews", id);
    return new JsonObject()
        .put("productId", id)
        .put("count", REVIEWS)
        .put(
            "items",
            array(
                REVIEWS,
                i -> new JsonObject()
                    .put("id", id * 100 + i)
                    .put("authorId", 1 + (id * 11 + draw.below(AUTHORS) * 59) % USERS)
                    .put("rating", 1 + draw.below(5))
                    .put("title", draw.text(18))
                    .put("text", draw.text(160))
                    .put("createdAt", draw.instant())));
  }

  public JsonObject user(int id) {
    Draw draw = new Draw("user", id);
    return new JsonObject()
        .put("id", id)
        .put("name", "Reader " + id + ' ' + draw.word())
        .put("email", "reader." + id + "@mail.example")
        .put("avatar", "https://images.shop.example/readers/" + id + ".webp")
        .put("level", draw.below(9))
        .put("since", draw.instant())
        .put("bio", draw.text(105));
  }

  public JsonObject recommendations(int id) {
    Draw draw = new Draw("recommendations", id);
    return new JsonObject()
        .put("productId", id)
        .put("ids", array(5, i -> 1 + draw.below(PRODUCTS)));
  }

  /** The page that a contestant owes for a product. */
  public JsonObject page(int id, boolean withRecommendations) {
    JsonArray reviews = new JsonArray();
    for (Object item : reviews(id).getJsonArray("items")) {
      JsonObject review = (JsonObject) item;
      JsonObject user = user((Integer) review.remove("authorId"));
      reviews.add(review.put(
          "author",
          new JsonObject()
              .put("id", user.getValue("id"))
              .put("name", user.getValue("name"))
              .put("avatar", user.getValue("avatar"))));
    }
    return new JsonObject()
        .put("id", id)
        .put("product", product(id))
        .put("price", price(id))
        .put("stock", stock(id))
        .put("reviews", reviews)
        .put(
            "recommendations",
            withRecommendations ? recommendations(id).getValue("ids") : new JsonArray());
  }

  /** The part of the page that a contestant owes as the answer to a query. */
  public JsonObject view(int id) {
    JsonArray reviews = new JsonArray();
    for (Object item : reviews(id).getJsonArray("items")) {
      JsonObject review = (JsonObject) item;
      reviews.add(part(review, "rating", "text")
          .put("author", part(user(review.getInteger("authorId")), "name")));
    }
    return part(product(id), "id", "name")
        .put("price", part(price(id), "amount", "currency"))
        .put("stock", part(stock(id), "warehouse", "qty"))
        .put("reviews", reviews);
  }

  /** What a list shows of a product. */
  public JsonObject listing(int id) {
    JsonArray reviews = new JsonArray();
    for (Object item : reviews(id).getJsonArray("items")) {
      Integer author = ((JsonObject) item).getInteger("authorId");
      reviews.add(new JsonObject().put("author", part(user(author), "name")));
    }
    return part(product(id), "name")
        .put("price", part(price(id), "amount"))
        .put("reviews", reviews);
  }

  private static JsonObject part(JsonObject whole, String... names) {
    JsonObject part = new JsonObject();
    for (String name : names) {
      part.put(name, whole.getValue(name));
    }
    return part;
  }

  private static JsonArray array(int size, IntFunction<Object> element) {
    return IntStream.range(0, size)
        .mapToObj(element)
        .collect(JsonArray::new, JsonArray::add, JsonArray::addAll);
  }

  /** Draws that are the same for the same kind and id. */
  private static final class Draw {
    private final SplittableRandom random;

    Draw(String kind, int id) {
      random = new SplittableRandom(31L * kind.hashCode() + id);
    }

    int below(int bound) {
      return random.nextInt(bound);
    }

    String of(String... choices) {
      return choices[below(choices.length)];
    }

    String word() {
      return of(WORDS);
    }

    double money() {
      return (150 + below(60_000)) / 100.0;
    }

    String instant() {
      return Instant.ofEpochSecond(START_OF_2026 + below(MINUTES_OF_A_YEAR) * 60L)
          .toString();
    }

    String text(int length) {
      StringBuilder text = new StringBuilder();
      while (text.length() < length) {
        text.append(word()).append(' ');
      }
      return text.toString().strip();
    }
  }
}
