package dev.gatehouse.examples.storefront.services;

import static dev.gatehouse.examples.storefront.services.DemoService.CATALOG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {

  @RegisterExtension
  final RunningServices shop = new RunningServices();

  @Test
  void a_product_has_what_a_frontend_shows_and_what_it_must_not_show() {
    HttpResponse<String> response = shop.get(CATALOG, "/products/p-1");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(response.headers().firstValue("cache-control")).hasValue("max-age=60");
    JsonObject product = new JsonObject(response.body());
    assertThat(product.fieldNames())
        .containsExactly(
            "id",
            "name",
            "description",
            "brand",
            "category",
            "warehouses",
            "images",
            "createdAt",
            "supplierId",
            "supplierCost");
    assertThat(product.getString("id")).isEqualTo("p-1");
    assertThat(product.getJsonArray("warehouses")).hasSizeBetween(1, 4);
    assertThat(product.getJsonArray("images").getString(0)).isEqualTo("/images/p-1/1.jpg");
    assertThat(Instant.parse(product.getString("createdAt"))).isAfter("2023-03-01T00:00:00Z");
  }

  @Test
  void an_unknown_product_is_a_404_that_says_so() {
    HttpResponse<String> response = shop.get(CATALOG, "/products/p-401");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(new JsonObject(response.body()))
        .isEqualTo(new JsonObject()
            .put("type", "about:blank")
            .put("title", "Not Found")
            .put("status", 404)
            .put("detail", "product p-401 does not exist"));
  }

  @Test
  void a_batch_takes_repeated_and_comma_separated_ids_and_leaves_out_what_it_does_not_know() {
    JsonArray products = shop.array(CATALOG, "/products?ids=p-1,p-2&ids=p-3&ids=nope&ids=p-1");

    assertThat(ids(products)).containsExactlyInAnyOrder("p-1", "p-2", "p-3");
    assertThat(shop.array(CATALOG, "/products?ids=")).isEmpty();
  }

  @Test
  void a_batch_answers_in_another_order_than_asked_and_always_in_the_same() {
    String ids =
        IntStream.rangeClosed(1, 20).mapToObj(number -> "p-" + number).collect(joining(","));

    List<String> answered = ids(shop.array(CATALOG, "/products?ids=" + ids));

    assertThat(answered).hasSize(20).isNotEqualTo(List.of(ids.split(",")));
    assertThat(ids(shop.array(CATALOG, "/products?ids=" + ids))).isEqualTo(answered);
  }

  @Test
  void a_batch_has_a_maximum() {
    String ids =
        IntStream.rangeClosed(1, 101).mapToObj(number -> "p-" + number).collect(joining(","));

    HttpResponse<String> response = shop.get(CATALOG, "/products?ids=" + ids);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("ids: 101 ids (expected: at most 100)");
  }

  @Test
  void pages_show_every_product_once() {
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      JsonObject page = shop.object(CATALOG, "/products?limit=60&after=" + next);
      seen.addAll(ids(page.getJsonArray("items")));
      next = page.getString("next");
    } while (next != null);

    assertThat(seen)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 400).mapToObj(number -> "p-" + number).toList());
  }

  @Test
  void pages_of_a_category_end_with_its_last_product() {
    JsonObject first = shop.object(CATALOG, "/products?category=toys&limit=30");
    JsonObject second =
        shop.object(CATALOG, "/products?category=toys&limit=20&after=" + first.getString("next"));

    assertThat(first.getJsonArray("items")).hasSize(30);
    assertThat(second.getJsonArray("items"))
        .hasSize(20)
        .allSatisfy(
            each -> assertThat(((JsonObject) each).getString("category")).isEqualTo("toys"));
    assertThat(second.containsKey("next")).isTrue();
    assertThat(second.getString("next")).isNull();
  }

  @Test
  void a_wrong_limit_or_cursor_is_refused() {
    assertThat(shop.get(CATALOG, "/products?limit=0").body())
        .contains("limit: 0 (expected: 1 to 100)");
    assertThat(shop.get(CATALOG, "/products?after=x").body())
        .contains("after: x (expected: the next of an earlier");
    assertThat(shop.get(CATALOG, "/search").body()).contains("q: missing");
  }

  @Test
  void a_search_finds_words_without_their_accents_best_first() {
    JsonObject found = shop.object(CATALOG, "/search?q=CREPE+copper&limit=5");

    assertThat(found.getInteger("total")).isEqualTo(1);
    JsonObject hit = found.getJsonArray("hits").getJsonObject(0);
    assertThat(hit.getInteger("score")).isEqualTo(10);
    assertThat(shop.object(CATALOG, "/products/" + hit.getString("id")).getString("name"))
        .isEqualTo("Copper Crêpe Pan");
  }

  @Test
  void a_search_says_how_many_there_are_beyond_its_limit() {
    JsonObject found = shop.object(CATALOG, "/search?q=lamp&limit=2");

    assertThat(found.getJsonArray("hits")).hasSize(2);
    assertThat(found.getInteger("total")).isGreaterThan(2);
  }

  @Test
  void another_method_or_path_is_refused() {
    HttpResponse<String> response = shop.send("POST", CATALOG, "/products/p-1", "{}");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).hasValue("GET");
    assertThat(shop.get(CATALOG, "/nothing").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/products/%ZZ", "/products?ids=%ZZ"})
  void a_target_that_is_not_properly_encoded_is_refused(String target) throws IOException {
    // By hand, since an HTTP client would not send it.
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), shop.services().ports().catalog())) {
      socket
          .getOutputStream()
          .write(("GET " + target + " HTTP/1.1\r\nHost: catalog\r\n\r\n").getBytes(UTF_8));
      BufferedReader answer =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));

      assertThat(answer.readLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    }
  }

  private static List<String> ids(JsonArray products) {
    return products.stream().map(each -> ((JsonObject) each).getString("id")).toList();
  }
}
