package dev.gatehouse.examples.storefront.services;

import static dev.gatehouse.examples.storefront.services.DemoService.CARTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CartsTest {

  @RegisterExtension
  final RunningServices shop = new RunningServices();

  @Test
  void a_new_cart_is_empty() {
    HttpResponse<String> response = shop.get(CARTS, "/carts/c-1");

    assertThat(response.body()).isEqualTo("{\"id\":\"c-1\",\"lines\":[],\"units\":0}");
    assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
  }

  @Test
  void lines_are_added_changed_and_removed() {
    assertThat(add("p-1", 2).statusCode()).isEqualTo(201);
    assertThat(add("p-7", 1).statusCode()).isEqualTo(201);
    assertThat(add("p-1", 3).body())
        .isEqualTo("{\"id\":\"c-1\",\"lines\":[{\"productId\":\"p-1\",\"quantity\":5},"
            + "{\"productId\":\"p-7\",\"quantity\":1}],\"units\":6}");

    HttpResponse<String> changed =
        shop.send("PATCH", CARTS, "/carts/c-1/lines/p-1", "{\"quantity\":1}");
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).contains("\"units\":2");

    HttpResponse<String> removed = shop.send("DELETE", CARTS, "/carts/c-1/lines/p-7", "");
    assertThat(removed.statusCode()).isEqualTo(200);
    assertThat(removed.body())
        .isEqualTo(shop.get(CARTS, "/carts/c-1").body())
        .contains("\"units\":1");
    assertThat(shop.send("DELETE", CARTS, "/carts/c-1/lines/p-7", "").statusCode())
        .isEqualTo(200);
  }

  @Test
  void carts_do_not_share_lines() {
    add("p-1", 2);

    assertThat(shop.get(CARTS, "/carts/c-2").body()).contains("\"lines\":[]");
  }

  @Test
  void what_does_not_fit_is_refused_and_changes_nothing() {
    add("p-1", 98);

    assertThat(add("p-1", 2).statusCode()).isEqualTo(422);
    assertThat(add("p-1", 0).body()).contains("quantity: 0 (expected: 1 to 99)");
    assertThat(add("p-0", 1).body()).contains("productId: p-0 (expected: p-1 to p-400)");
    assertThat(shop.send("PATCH", CARTS, "/carts/c-1/lines/p-2", "{\"quantity\":1}")
            .statusCode())
        .isEqualTo(404);
    assertThat(shop.get(CARTS, "/carts/c-1").body()).contains("\"units\":98");
  }

  @Test
  void a_cart_has_a_most_number_of_lines() {
    for (int number = 1; number <= 50; number++) {
      add("p-" + number, 1);
    }

    HttpResponse<String> response = add("p-51", 1);

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("lines: 51 (expected: at most 50 in a cart)");
  }

  @Test
  void a_command_repeated_with_its_key_is_carried_out_once() {
    HttpResponse<String> first = add("p-1", 2, "Idempotency-Key", "k-1");
    HttpResponse<String> second = add("p-1", 2, "Idempotency-Key", "k-1");
    add("p-1", 2, "Idempotency-Key", "k-2");

    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(first.headers().firstValue("idempotent-replayed")).isEmpty();
    assertThat(second.headers().firstValue("idempotent-replayed")).hasValue("true");
    assertThat(shop.get(CARTS, "/carts/c-1").body()).contains("\"units\":4");
  }

  @Test
  void a_key_is_for_one_command_only() {
    add("p-1", 2, "Idempotency-Key", "k-1");

    assertThat(add("p-1", 3, "Idempotency-Key", "k-1").statusCode()).isEqualTo(422);
    assertThat(shop.get(CARTS, "/carts/c-1").body()).contains("\"units\":2");
  }

  @Test
  void an_answer_that_got_lost_is_had_by_repeating_the_command_with_its_key() {
    shop.send("PUT", CARTS, "/__faults", "{\"malformed\":true}");
    add("p-1", 2, "Idempotency-Key", "k-1");
    shop.send("DELETE", CARTS, "/__faults", "");

    assertThat(add("p-1", 2, "Idempotency-Key", "k-1").body()).contains("\"units\":2");
  }

  private HttpResponse<String> add(String productId, int quantity, String... headers) {
    String body = "{\"productId\":\"" + productId + "\",\"quantity\":" + quantity + "}";
    return shop.send("POST", CARTS, "/carts/c-1/lines", body, headers);
  }
}
