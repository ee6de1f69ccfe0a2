package dev.gatehouse.rest;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.rest.RestDoor.rest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.policy.CachePolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.testing.HttpClients;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestStaleAnswerTest {
  private static final ServicePolicy STANDING_IN = ServicePolicy.DEFAULT.withCache(
      CachePolicy.DEFAULT.withStored(true).withStaleIfError(Duration.ofHours(1)));

  @Test
  void anOlderAnswerThatStandsInIsTold() {
    try (OpenedDoor door = OpenedDoor.open(
        rest().get("/api/product-pages/{id}", Shop.PAGE).allow(anyone()), STANDING_IN)) {
      HttpClients client = door.client();
      door.services
          .json("/products/p1", "{\"id\":\"p1\",\"name\":\"Tea\"}")
          .json("/prices/p1", "{\"amount\":1,\"currency\":\"EUR\"}", "cache-control", "max-age=0");
      Reply first = client.get("/api/product-pages/p1?fields=name,price");
      assertThat(first.header("gatehouse-degraded")).isNull();

      door.services.at(
          "/prices/p1", request -> request.response().setStatusCode(500).end());
      Reply reply = client.get("/api/product-pages/p1?fields=name,price");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo(first.body());
      assertThat(reply.header("gatehouse-degraded")).isEqualTo("*;stale=1");
      assertThat(reply.header("cache-control")).isEqualTo("public, no-cache");
    }
  }
}
