package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.policy.CachePolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.testing.HttpClients;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GraphqlStaleAnswerTest {
  private static final ServicePolicy STANDING_IN = ServicePolicy.DEFAULT.withCache(
      CachePolicy.DEFAULT.withStored(true).withStaleIfError(Duration.ofHours(1)));

  @Test
  void anOlderAnswerThatStandsInIsToldAndIsNoError() {
    try (OpenedDoor door =
        OpenedDoor.open(graphql().query("productPage", Shop.PAGE).allow(anyone()), STANDING_IN)) {
      HttpClients client = door.client();
      String query = "/graphql?query=%7BproductPage(id:%22p1%22)%7Bname%20price%7Bamount%7D%7D%7D";
      door.services
          .json("/products/p1", "{\"id\":\"p1\",\"name\":\"Tea\"}")
          .json("/prices/p1", "{\"amount\":1,\"currency\":\"EUR\"}", "cache-control", "max-age=0");
      Reply first = client.get(query, "graphql-require-preflight", "1");
      assertThat(first.body()).contains("\"amount\":1");
      assertThat(first.header("gatehouse-degraded")).isNull();

      door.services.at(
          "/prices/p1", request -> request.response().setStatusCode(500).end());
      Reply reply = client.get(query, "graphql-require-preflight", "1");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo(first.body());
      assertThat(reply.header("gatehouse-degraded")).isEqualTo("*;stale=1");
    }
  }
}
