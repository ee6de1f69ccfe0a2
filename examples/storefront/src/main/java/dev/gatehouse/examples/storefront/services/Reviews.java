package dev.gatehouse.examples.storefront.services;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static java.time.temporal.ChronoUnit.SECONDS;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What customers say. A product keeps its 50 newest reviews; {@code p-1} has that many from the start.
 *
 * <pre>
 * GET  /reviews?product=p-1   all reviews of a product, newest first
 * POST /reviews               {product, rating, title, text, authorId}: 201 and the review
 * </pre>
 */
final class Reviews extends ServiceVerticle {
  private static final int MOST_PER_PRODUCT = 50;
  private static final int AUTHORS_PER_PRODUCT = 12;
  private static final int MOST_CHARACTERS = 2000;
  private static final Instant NEWEST = Instant.parse("2026-06-01T09:00:00Z");

  private static final List<List<String>> TITLES = List.of(
      List.of("Disappointed", "Back it goes", "Не працює"),
      List.of("Not for me", "Hm.", "Two stars for the \"box\""),
      List.of("It's OK", "Geht so", "Does what it says"),
      List.of("Very good", "Très bien!", "Would buy again 👍"),
      List.of("Perfect", "¡Una maravilla!", "最高です ✨"));
  private static final List<List<String>> TEXTS = List.of(
      List.of(
          "Arrived broken, and the replacement too.",
          "\"Premium\", they said. It lasted 3 days 😞."),
      List.of("Smaller than it looks in the pictures.", "The colour is more beige than “sand”."),
      List.of(
          "Fine for the price.\nNothing more to say.", "Solid, but the manual is in 7 pt type."),
      List.of("Sturdy, pretty, a little heavy.", "Une belle pièce; la livraison a pris 4 jours."),
      List.of(
          "I bought a second one for my sister ❤️.",
          "Besser geht’s nicht. Größe passt, Qualität auch."));

  private final Map<String, List<Review>> reviews = reviews();
  private int posted;

  private record Review(
      String id,
      int rating,
      String title,
      String text,
      String authorId,
      Instant createdAt,
      int helpful) {
    JsonObject toJson() {
      return new JsonObject()
          .put("id", id)
          .put("rating", rating)
          .put("title", title)
          .put("text", text)
          .put("authorId", authorId)
          .put("createdAt", createdAt)
          .put("helpful", helpful);
    }
  }

  Reviews(int port) {
    super("reviews", port, "max-age=30");
  }

  @Override
  void addTo(Routes routes) {
    routes
        .on(GET, "/reviews", call -> of(call.requiredParameter("product")))
        .on(POST, "/reviews", call -> post(call.jsonObject()));
  }

  private Reply of(String product) {
    return Reply.ok(reviews.getOrDefault(product, List.of()), Review::toJson);
  }

  private Reply post(JsonObject body) {
    String product = text(body, "product");
    if (Assortment.find(product) == null) {
      throw Problem.invalid("product", product, "p-1 to p-" + Assortment.PRODUCTS.size());
    }
    if (!(body.getValue("rating") instanceof Integer rating) || rating < 1 || rating > 5) {
      throw Problem.invalid("rating", body.getValue("rating"), "1 to 5");
    }
    Review review = new Review(
        "r-new-" + (posted + 1),
        rating,
        text(body, "title"),
        text(body, "text"),
        text(body, "authorId"),
        Instant.now().truncatedTo(SECONDS),
        0);
    posted++;
    List<Review> updated = new ArrayList<>(reviews.getOrDefault(product, List.of()));
    updated.add(0, review);
    reviews.put(
        product, List.copyOf(updated.subList(0, Math.min(MOST_PER_PRODUCT, updated.size()))));
    return Reply.json(201, review.toJson()).with("Cache-Control", "no-store");
  }

  private static String text(JsonObject body, String key) {
    Object value = body.getValue(key);
    if (value instanceof String text && !text.isBlank() && text.length() <= MOST_CHARACTERS) {
      return text;
    }
    throw Problem.invalid(key, value, "a text of 1 to " + MOST_CHARACTERS + " characters");
  }

  private static Map<String, List<Review>> reviews() {
    Pick pick = new Pick(23);
    Map<String, List<Review>> reviews = new HashMap<>();
    for (Product product : Assortment.PRODUCTS) {
      int count = product.id().equals("p-1") ? MOST_PER_PRODUCT : pick.between(0, MOST_PER_PRODUCT);
      reviews.put(product.id(), reviewsOf(product, count, pick));
    }
    return reviews;
  }

  private static List<Review> reviewsOf(Product product, int count, Pick pick) {
    List<String> authors = pick.some(AUTHORS_PER_PRODUCT, Users.IDS);
    List<Review> reviews = new ArrayList<>();
    // Spread over the time in which the product has been for sale.
    int mostMinutesApart =
        (int) Duration.between(product.createdAt(), NEWEST).toMinutes() / Math.max(1, count);
    Instant written = NEWEST;
    for (int number = count; number > 0; number--) {
      written = written.minus(Duration.ofMinutes(pick.between(1, mostMinutesApart)));
      int rating = Math.min(5, pick.between(1, 7)); // most people are content
      reviews.add(new Review(
          "r-" + product.id().substring(2) + "-" + number,
          rating,
          pick.oneOf(TITLES.get(rating - 1)),
          pick.oneOf(TEXTS.get(rating - 1)),
          // Each author gets one review before anybody gets a second one.
          number <= AUTHORS_PER_PRODUCT ? authors.get(number - 1) : pick.oneOf(authors),
          written,
          pick.inPercent(60) ? 0 : pick.between(1, 40)));
    }
    return List.copyOf(reviews);
  }
}
