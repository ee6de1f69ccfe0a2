package dev.gatehouse.rest;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.rest.RestDoor.rest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.policy.BreakerPolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.testing.HttpClients;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import org.junit.jupiter.api.Test;

/** A service that says 200 and sends the page of an error for people. */
class RestForeignAnswerTest {
  private static final String PAGE = "/api/product-pages/p1?fields=name,price";
  private static final int MORE_THAN_OPENS_A_BREAKER = BreakerPolicy.DEFAULT.leastCalls() + 5;

  private static OpenedDoor door() {
    return OpenedDoor.open(
        rest().get("/api/product-pages/{id}", Shop.PAGE).allow(anyone()), ServicePolicy.DEFAULT);
  }

  private static void html(OpenedDoor door, String path) {
    door.services.at(
        path,
        request -> request
            .response()
            .putHeader("content-type", "text/html")
            .end("<!DOCTYPE html><html><body>Sorry, something went wrong</body></html>"));
  }

  private static void product(OpenedDoor door) {
    door.services.json("/products/p1", "{\"id\":\"p1\",\"name\":\"Tea\"}");
  }

  private static void price(OpenedDoor door) {
    door.services.json("/prices/p1", "{\"amount\":1,\"currency\":\"EUR\"}");
  }

  @Test
  void aPartOfHtmlIsLeftOutAsNonsenseAndTheNextPageIsWhole() {
    try (OpenedDoor door = door()) {
      HttpClients client = door.client();
      product(door);
      html(door, "/prices/p1");
      for (int i = 0; i < MORE_THAN_OPENS_A_BREAKER; i++) {
        Reply reply = client.get(PAGE);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("gatehouse-degraded")).isEqualTo("price;class=nonsense");
        assertThat(reply.body()).doesNotContain("Sorry");
      }

      price(door);
      Reply whole = client.get(PAGE);

      assertThat(whole.header("gatehouse-degraded")).isNull();
      assertThat(whole.body()).contains("\"amount\":1");
    }
  }

  @Test
  void aPageThatNeedsItIsABadGatewayAndTheNextIsWhole() {
    try (OpenedDoor door = door()) {
      HttpClients client = door.client();
      price(door);
      html(door, "/products/p1");
      for (int i = 0; i < MORE_THAN_OPENS_A_BREAKER; i++) {
        Reply reply = client.get(PAGE);
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.body()).doesNotContain("Sorry").doesNotContain("<html");
      }

      product(door);

      assertThat(client.get(PAGE).status()).isEqualTo(200);
    }
  }
}
