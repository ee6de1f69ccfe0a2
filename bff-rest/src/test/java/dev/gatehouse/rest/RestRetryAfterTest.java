package dev.gatehouse.rest;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.rest.RestDoor.rest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.policy.BreakerPolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.testing.HttpClients;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestRetryAfterTest {
  @Test
  void clientsAreToldWhenTheCircuitBreakerLetsCallsTryAgain() {
    ServicePolicy policy = ServicePolicy.DEFAULT.withBreaker(BreakerPolicy.DEFAULT
        .withLeastCalls(1)
        .withOpenFor(Duration.ofHours(1), Duration.ofHours(1)));
    try (OpenedDoor door =
        OpenedDoor.open(rest().get("/api/product-pages/{id}", Shop.PAGE).allow(anyone()), policy)) {
      HttpClients client = door.client();
      door.services.at(
          "/products/p1", request -> request.response().setStatusCode(500).end());
      assertThat(client.get("/api/product-pages/p1?fields=name").status()).isEqualTo(502);

      Reply reply = client.get("/api/product-pages/p1?fields=name");

      assertThat(reply.status()).isEqualTo(503);
      assertThat(Integer.parseInt(reply.header("retry-after"))).isBetween(1800, 3600);
    }
  }
}
