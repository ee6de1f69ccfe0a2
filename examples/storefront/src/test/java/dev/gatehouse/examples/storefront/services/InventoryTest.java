package dev.gatehouse.examples.storefront.services;

import static dev.gatehouse.examples.storefront.services.DemoService.CATALOG;
import static dev.gatehouse.examples.storefront.services.DemoService.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InventoryTest {

  @RegisterExtension
  final RunningServices shop = new RunningServices();

  @Test
  void a_query_answers_the_keys_it_knows() {
    JsonArray warehouses = shop.object(CATALOG, "/products/p-1").getJsonArray("warehouses");
    JsonArray keys = new JsonArray().add(key("p-1", "moon-1")).add(key("p-999", "ams-1"));
    warehouses.forEach(warehouse -> keys.add(key("p-1", (String) warehouse)));

    HttpResponse<String> response = shop.send("POST", INVENTORY, "/stock/query", keys.encode());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("cache-control")).hasValue("max-age=2");
    assertThat(new JsonArray(response.body())
            .stream().map(each -> ((JsonObject) each).getString("warehouse")))
        .containsExactlyInAnyOrderElementsOf(strings(warehouses));
  }

  @Test
  void a_product_is_stocked_in_the_warehouses_that_the_catalog_names() {
    List<String> warehouses =
        strings(shop.object(CATALOG, "/products/p-7").getJsonArray("warehouses"));

    assertThat(shop.array(INVENTORY, "/stock/p-7")).hasSameSizeAs(warehouses).allSatisfy(each -> {
      JsonObject stock = (JsonObject) each;
      assertThat(stock.fieldNames())
          .containsExactly("productId", "warehouse", "units", "restockedOn", "shelf");
      assertThat(warehouses).contains(stock.getString("warehouse"));
      assertThat(stock.getInteger("units")).isNotNegative();
    });
    assertThat(shop.get(INVENTORY, "/stock/p-401").statusCode()).isEqualTo(404);
  }

  @Test
  void a_body_that_is_no_list_of_keys_is_refused() {
    assertThat(refusal("{")).contains("body: not JSON");
    assertThat(refusal("{}")).contains("body: not a JSON array");
    assertThat(refusal("[{\"productId\":\"p-1\",\"warehouse\":\"ams-1\"},7]"))
        .contains("body/1: 7 (expected: ");
    assertThat(refusal("[" + "{},".repeat(200) + "{}]"))
        .contains("body: 201 keys (expected: at most 200)");
  }

  @Test
  void a_body_too_large_is_refused() {
    HttpResponse<String> response =
        shop.send("POST", INVENTORY, "/stock/query", " ".repeat(300_000));

    assertThat(response.statusCode()).isEqualTo(413);
  }

  private String refusal(String body) {
    HttpResponse<String> response = shop.send("POST", INVENTORY, "/stock/query", body);
    assertThat(response.statusCode()).isEqualTo(400);
    return response.body();
  }

  private static JsonObject key(String productId, String warehouse) {
    return new JsonObject().put("productId", productId).put("warehouse", warehouse);
  }

  private static List<String> strings(JsonArray array) {
    return array.stream().map(String.class::cast).toList();
  }
}
