package dev.gatehouse.examples.storefront.services;

import static dev.gatehouse.examples.storefront.services.DemoService.CARTS;
import static dev.gatehouse.examples.storefront.services.DemoService.CATALOG;
import static dev.gatehouse.examples.storefront.services.DemoService.PRICING;
import static dev.gatehouse.examples.storefront.services.DemoService.RECOMMENDATIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class DemoServicesTest {

  @RegisterExtension
  final RunningServices shop = new RunningServices();

  @ParameterizedTest
  @EnumSource(DemoService.class)
  void every_service_runs_on_a_port_of_its_own_and_answers_its_example(DemoService service) {
    Ports ports = shop.services().ports();

    assertThat(ports.of(service))
        .isPositive()
        .isEqualTo(shop.services().uri(service).getPort());
    assertThat(Arrays.stream(DemoService.values()).map(ports::of)).doesNotHaveDuplicates();
    assertThat(shop.get(service, service.example()).statusCode()).isEqualTo(200);
    assertThat(shop.object(service, "/__health").getString("service")).isEqualTo(service.label());
  }

  @Test
  void calls_are_counted_until_they_are_forgotten() {
    shop.get(CATALOG, "/products/p-1");
    shop.get(CATALOG, "/products?ids=p-1,p-2");
    shop.get(CATALOG, "/nothing");
    shop.get(CATALOG, "/__health");

    assertThat(shop.get(CATALOG, "/__calls").body())
        .isEqualTo(
            "{\"count\":3,\"paths\":[\"GET /products/p-1\",\"GET /products?ids=p-1,p-2\",\"GET /nothing\"]}");
    assertThat(shop.get(PRICING, "/__calls").body()).isEqualTo("{\"count\":0,\"paths\":[]}");
    assertThat(shop.send("DELETE", CATALOG, "/__calls", "").statusCode()).isEqualTo(204);
    assertThat(shop.get(CATALOG, "/__calls").body()).isEqualTo("{\"count\":0,\"paths\":[]}");
  }

  @Test
  void of_many_calls_all_are_counted_and_the_last_two_hundred_remembered() {
    for (int number = 1; number <= 205; number++) {
      shop.get(CATALOG, "/products/p-" + number);
    }

    JsonObject calls = shop.object(CATALOG, "/__calls");

    assertThat(calls.getInteger("count")).isEqualTo(205);
    assertThat(calls.getJsonArray("paths"))
        .hasSize(200)
        .startsWith("GET /products/p-6")
        .endsWith("GET /products/p-205");
  }

  @Test
  void a_stopped_service_refuses_connections_and_starts_afresh_on_its_port() {
    int port = shop.services().ports().carts();
    shop.send("POST", CARTS, "/carts/c-1/lines", "{\"productId\":\"p-1\",\"quantity\":1}");

    shop.services().stop(CARTS).await();
    assertThat(shop.services().isRunning(CARTS)).isFalse();
    assertUnreachable(CARTS);
    shop.services().stop(CARTS).await();

    shop.services().start(CARTS).await();
    shop.services().start(CARTS).await();
    assertThat(shop.services().isRunning(CARTS)).isTrue();
    assertThat(shop.services().ports().carts()).isEqualTo(port);
    assertThat(shop.get(CARTS, "/carts/c-1").body()).contains("\"lines\":[]");
    assertThat(shop.calls(CARTS)).hasSize(1);
  }

  @Test
  void a_stopping_service_finishes_what_it_has_begun() {
    shop.send("PUT", RECOMMENDATIONS, "/__faults", "{\"latencyMillis\":300}");
    CompletableFuture<HttpResponse<String>> slow =
        shop.sendAsync(RECOMMENDATIONS, "/recommendations/p-1");
    shop.awaitCalls(RECOMMENDATIONS, 1);

    shop.services().stop(RECOMMENDATIONS).await();

    assertThat(slow)
        .succeedsWithin(10, TimeUnit.SECONDS)
        .extracting(HttpResponse::statusCode)
        .isEqualTo(200);
  }

  @Test
  void a_service_can_be_told_to_stop_over_http_and_the_control_server_to_start_it() {
    HttpResponse<String> response = shop.send("POST", RECOMMENDATIONS, "/__stop", "");
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body())
        .isEqualTo("{\"service\":\"recommendations\",\"status\":\"stopping\"}");
    assertThat(shop.services().isRunning(RECOMMENDATIONS)).isFalse();
    shop.services().stop(RECOMMENDATIONS).await();
    assertUnreachable(RECOMMENDATIONS);

    HttpResponse<String> started =
        shop.send("POST", shop.control("/services/recommendations/start"), "");

    assertThat(started.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(started.body()).getString("state")).isEqualTo("running");
    assertThat(shop.get(RECOMMENDATIONS, "/recommendations/p-1").statusCode()).isEqualTo(200);
  }

  @Test
  void a_start_right_after_a_stop_waits_for_it() {
    for (int round = 0; round < 5; round++) {
      shop.send("POST", RECOMMENDATIONS, "/__stop", "");
      assertThat(shop.send("POST", shop.control("/services/recommendations/start"), "")
              .statusCode())
          .isEqualTo(200);
      assertThat(shop.get(RECOMMENDATIONS, "/recommendations/p-1").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void the_control_server_lists_stops_and_starts() {
    JsonObject stopped = new JsonObject(
        shop.send("POST", shop.control("/services/pricing/stop"), "").body());
    assertThat(stopped)
        .isEqualTo(new JsonObject()
            .put("name", "pricing")
            .put("port", shop.services().ports().pricing())
            .put("state", "stopped"));
    assertUnreachable(PRICING);

    JsonArray listed = new JsonObject(
            shop.send("GET", shop.control("/services"), "").body())
        .getJsonArray("services");
    assertThat(listed.stream().map(each -> ((JsonObject) each).getString("name")))
        .containsExactly(
            "catalog", "pricing", "inventory", "reviews", "users", "recommendations", "carts");
    assertThat(listed.stream().map(each -> ((JsonObject) each).getString("state")))
        .containsOnlyOnce("stopped");
    assertThat(shop.send("POST", shop.control("/services/nobody/stop"), "").body())
        .contains("service nobody does not exist");
  }

  @Test
  void the_control_page_shows_what_to_try() {
    HttpResponse<String> page = shop.send("GET", shop.control("/"), "");

    assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
    assertThat(page.body())
        .contains("curl '" + shop.uri(CATALOG, "/products/p-1") + "'")
        .contains("/__faults");
  }

  @Test
  void a_port_that_is_taken_is_named_and_nothing_is_left_running() {
    int taken = shop.services().ports().users();
    Ports ports = new Ports(0, 0, 0, 0, 0, taken, 0, 0);
    int before = shop.vertx().deploymentIDs().size();

    assertThatThrownBy(() -> DemoServices.start(shop.vertx(), ports).await())
        .hasMessage("users: port " + taken + " is taken (expected: a free port)");
    assertThat(shop.vertx().deploymentIDs()).hasSize(before);
  }

  @Test
  void ports_follow_each_other_and_stay_in_range() {
    assertThat(Ports.DEFAULT).isEqualTo(new Ports(7100, 7101, 7102, 7103, 7104, 7105, 7106, 7107));
    assertThatThrownBy(() -> Ports.from(65_530))
        .hasMessage("first port: 65530 (expected: 1 to 65528)");
  }

  private void assertUnreachable(DemoService service) {
    assertThatThrownBy(
            () -> shop.tryToSend(Version.HTTP_1_1, "GET", shop.uri(service, service.example()), ""))
        .isInstanceOf(ConnectException.class);
  }
}
