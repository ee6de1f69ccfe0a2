package dev.gatehouse.examples.storefront.services;

import static dev.gatehouse.examples.storefront.services.DemoService.REVIEWS;
import static dev.gatehouse.examples.storefront.services.DemoService.USERS;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReviewsTest {

  @RegisterExtension
  final RunningServices shop = new RunningServices();

  @Test
  void the_first_product_has_fifty_reviews_by_twelve_authors_newest_first() {
    List<JsonObject> reviews = reviews("p-1");

    assertThat(reviews).hasSize(50);
    assertThat(reviews.get(0).fieldNames())
        .containsExactly("id", "rating", "title", "text", "authorId", "createdAt", "helpful");
    assertThat(reviews.stream().map(review -> review.getString("authorId")).distinct())
        .hasSize(12);
    assertThat(reviews.stream().map(review -> Instant.parse(review.getString("createdAt"))))
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void every_author_is_a_user() {
    List<String> authors = reviews("p-1").stream()
        .map(review -> review.getString("authorId"))
        .distinct()
        .toList();

    assertThat(shop.array(USERS, "/users?ids=" + authors.stream().collect(joining(","))))
        .hasSameSizeAs(authors);
  }

  @Test
  void an_unknown_product_has_no_reviews_and_no_product_is_a_mistake() {
    HttpResponse<String> response = shop.get(REVIEWS, "/reviews?product=p-999");

    assertThat(response.body()).isEqualTo("[]");
    assertThat(response.headers().firstValue("cache-control")).hasValue("max-age=30");
    assertThat(shop.get(REVIEWS, "/reviews").body()).contains("product: missing");
  }

  @Test
  void a_posted_review_comes_first_and_the_oldest_makes_room() {
    String oldest = reviews("p-1").get(49).getString("id");
    JsonObject review = new JsonObject()
        .put("product", "p-1")
        .put("rating", 4)
        .put("title", "Größer als gedacht")
        .put("text", "\"Nice\" 👍\nand bright.")
        .put("authorId", "u-5");

    HttpResponse<String> response = shop.send("POST", REVIEWS, "/reviews", review.encode());

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(reviews("p-1"))
        .hasSize(50)
        .first()
        .isEqualTo(new JsonObject(response.body()))
        .satisfies(first -> {
          assertThat(first.getString("text")).isEqualTo("\"Nice\" 👍\nand bright.");
          assertThat(first.getInteger("helpful")).isZero();
        });
    assertThat(reviews("p-1")).noneMatch(each -> each.getString("id").equals(oldest));
  }

  @Test
  void a_review_that_is_not_one_is_refused() {
    assertThat(refusal("{\"product\":\"p-0\"}")).contains("product: p-0 (expected: p-1 to p-400)");
    assertThat(refusal("{\"product\":\"p-1\",\"rating\":6}"))
        .contains("rating: 6 (expected: 1 to 5)");
    assertThat(refusal("{\"product\":\"p-1\",\"rating\":5,\"title\":\" \"}"))
        .contains("title:   (expected: a text");
    assertThat(refusal("[]")).contains("body: not a JSON object");
  }

  private String refusal(String body) {
    HttpResponse<String> response = shop.send("POST", REVIEWS, "/reviews", body);
    assertThat(response.statusCode()).isEqualTo(400);
    return response.body();
  }

  private List<JsonObject> reviews(String product) {
    JsonArray reviews = shop.array(REVIEWS, "/reviews?product=" + product);
    return reviews.stream().map(JsonObject.class::cast).toList();
  }
}
