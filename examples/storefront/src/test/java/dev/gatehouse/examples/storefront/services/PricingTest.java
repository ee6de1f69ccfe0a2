package dev.gatehouse.examples.storefront.services;

import static dev.gatehouse.examples.storefront.services.DemoService.PRICING;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PricingTest {

  @RegisterExtension
  final RunningServices shop = new RunningServices();

  @Test
  void a_price_keeps_its_trailing_zero_on_the_wire() {
    HttpResponse<String> response = shop.get(PRICING, "/prices/p-1");

    assertThat(response.body())
        .matches("\\{\"productId\":\"p-1\",\"amount\":[0-9]+\\.[0-9]0,\"currency\":\"EUR\"}");
    assertThat(response.headers().firstValue("cache-control")).hasValue("max-age=5");
  }

  @Test
  void every_amount_has_two_decimals_and_a_list_amount_is_higher() {
    for (int first = 1; first <= 400; first += 100) {
      String ids = IntStream.range(first, first + 100)
          .mapToObj(number -> "p-" + number)
          .collect(joining(","));
      String body = shop.get(PRICING, "/prices?ids=" + ids).body();

      assertThat(Pattern.compile("mount\":([^,}]+)")
              .matcher(body)
              .results()
              .map(match -> match.group(1)))
          .allMatch(amount -> amount.matches("[0-9]+\\.[0-9]{2}"));
      assertThat(new JsonArray(body)).allSatisfy(each -> {
        JsonObject price = (JsonObject) each;
        assertThat(price.getDouble("listAmount", Double.MAX_VALUE))
            .isGreaterThan(price.getDouble("amount"));
      });
    }
  }

  @Test
  void whoever_watches_a_price_is_told_when_it_changes() throws Exception {
    HttpResponse<Stream<String>> watched = HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(shop.uri(PRICING, "/prices/p-1/changes")).build(),
            HttpResponse.BodyHandlers.ofLines());

    assertThat(shop.send("PUT", PRICING, "/prices/p-2", "{\"amount\":1}").statusCode())
        .isEqualTo(200);
    assertThat(shop.send("PUT", PRICING, "/prices/p-1", "{\"amount\":39.9}").body())
        .isEqualTo("{\"productId\":\"p-1\",\"amount\":39.90,\"currency\":\"EUR\"}");

    try (Stream<String> lines = watched.body()) {
      assertThat(lines.filter(line -> line.startsWith("data")).findFirst())
          .hasValue("data: {\"productId\":\"p-1\",\"amount\":39.90,\"currency\":\"EUR\"}");
    }
    assertThat(shop.get(PRICING, "/prices/p-1").body()).contains("39.90");
    assertThat(shop.send("PUT", PRICING, "/prices/p-1", "{\"amount\":-1}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void some_products_have_no_price_which_a_batch_leaves_out_and_a_single_call_answers_with_404() {
    String ids =
        IntStream.rangeClosed(1, 100).mapToObj(number -> "&ids=p-" + number).collect(joining());
    String body = shop.get(PRICING, "/prices?" + ids.substring(1)).body();
    String unpriced = IntStream.rangeClosed(1, 100)
        .mapToObj(number -> "p-" + number)
        .filter(id -> !body.contains('"' + id + '"'))
        .findFirst()
        .orElseThrow();

    assertThat(shop.get(PRICING, "/prices/" + unpriced).statusCode()).isEqualTo(404);
  }
}
