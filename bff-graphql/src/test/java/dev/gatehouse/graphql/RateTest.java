package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.runtime.config.GraphqlSettings;
import dev.gatehouse.runtime.config.RateSettings;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers are charged what their operations could cost, before anything is called. */
class RateTest {
  private static final String PAGE =
      "{\"query\":\"{ productPage(id: \\\"p1\\\") { name price { amount } } }\"}";
  private OpenedDoor opened;

  private record Somebody(String subject) implements Caller {
    @Override
    public Map<String, Object> claims() {
      return Map.of();
    }

    @Override
    public Locale locale() {
      return Locale.ENGLISH;
    }
  }

  @AfterEach
  void close() {
    opened.close();
  }

  private void open(RateSettings rate) {
    opened = OpenedDoor.open(
        graphql()
            .query("productPage", Shop.PAGE)
            .allow(anyone())
            .query("who", Shop.WHO)
            .allow(anyone()),
        settings -> settings.toBuilder()
            .graphql(GraphqlSettings.DEFAULT.toBuilder().maxBatch(5).rate(rate).build())
            .build(),
        request -> {
          @Nullable String subject = request.getHeader("x-subject");
          return Future.succeededFuture(subject == null ? Caller.ANONYMOUS : new Somebody(subject));
        });
    opened.services.json("/products/p1", "{\"id\":\"p1\",\"name\":\"Tea\"}");
  }

  private Reply ask(String accept, String subject) {
    return opened
        .client()
        .send(
            "POST",
            "/graphql",
            PAGE,
            "content-type",
            "application/json",
            "accept",
            accept,
            "x-subject",
            subject);
  }

  @Test
  void whoHasUsedUpTheBudgetIsRefusedUntilItComesBack() {
    open(new RateSettings(4, Duration.ofHours(1), 0));

    assertThat(ask("application/json", "ada").status()).isEqualTo(200);
    assertThat(ask("application/json", "ada").status()).isEqualTo(200);
    opened.services.requests();
    for (String accept : new String[] {"application/json", "application/graphql-response+json"}) {
      Reply refused = ask(accept, "ada");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1700, 1800);
      assertThat(refused.header("cache-control")).isEqualTo("no-store");
      JsonObject extensions = new JsonObject(refused.body())
          .getJsonArray("errors")
          .getJsonObject(0)
          .getJsonObject("extensions");
      assertThat(extensions.getString("code")).isEqualTo("RATE_LIMITED");
      assertThat(extensions.getLong("cost")).isEqualTo(2);
      assertThat(extensions.getLong("budget")).isEqualTo(4);
      assertThat(extensions.getLong("retryAfterSeconds")).isBetween(1700L, 1800L);
    }
    assertThat(opened.services.requests()).isEmpty();
    assertThat(ask("application/json", "bob").status()).isEqualTo(200);
  }

  @Test
  void whoIsNobodyIsChargedByAddressAndCheapOperationsCostOne() {
    open(new RateSettings(2, Duration.ofHours(1), 0));

    String batch = "[" + "{\"query\":\"{ who }\"},".repeat(2) + "{\"query\":\"{ who }\"}]";
    assertThat(opened.client().post("/graphql", batch).body())
        .startsWith("[{\"data\":{\"who\":\"nobody\"}},{\"data\":{\"who\":\"nobody\"}},{\"errors\":")
        .contains("RATE_LIMITED");
  }

  @Test
  void withoutABudgetNobodyIsLimited() {
    open(RateSettings.DEFAULT);

    for (int i = 0; i < 20; i++) {
      assertThat(ask("application/json", "ada").status()).isEqualTo(200);
    }
  }
}
