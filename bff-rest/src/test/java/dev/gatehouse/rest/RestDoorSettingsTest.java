package dev.gatehouse.rest;

import static dev.gatehouse.dsl.Access.allowedIf;
import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.rest.RestDoor.rest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What settings, callers and clients that leave change. */
class RestDoorSettingsTest {
  private static final RestDoor PAGES =
      rest().get("/api/product-pages/{id}", Shop.PAGE).allow(anyone());

  /** Somebody known. */
  private record Known(String subject) implements Caller {
    @Override
    public Map<String, Object> claims() {
      return Map.of();
    }

    @Override
    public Locale locale() {
      return Locale.ENGLISH;
    }
  }

  @Test
  void theOperatorReadsTheDescriptionAndThePublicDoesNot() {
    try (OpenedDoor door = OpenedDoor.open(PAGES)) {
      Reply document = door.management().get("/bffs/test/openapi.json");

      assertThat(document.status()).isEqualTo(200);
      assertThat(document.header("content-type")).isEqualTo("application/json");
      assertThat(new JsonObject(document.body()).getJsonObject("paths").fieldNames())
          .containsExactly("/api/product-pages/{id}");
      assertThat(new OpenAPIV3Parser().readContents(document.body()).getMessages())
          .isEmpty();
      assertThat(door.management().get("/bffs/test/openapi").status()).isEqualTo(404);
      assertThat(door.client().get("/openapi.json").status()).isEqualTo(404);
      assertThat(door.client().get("/openapi").status()).isEqualTo(404);
    }
  }

  @Test
  void thePublicReadsTheDescriptionWhereSettingsSaySoAndDevelopersReadAPage() {
    try (OpenedDoor door = OpenedDoor.open(
        PAGES,
        settings -> settings.toBuilder().publicOpenApi(true).development(true).build())) {
      assertThat(new JsonObject(door.client().get("/openapi.json").body()).getString("openapi"))
          .isEqualTo("3.1.0");
      Reply page = door.client().get("/openapi");
      assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
      assertThat(page.body())
          .contains("GET /api/product-pages/{id}", "reviews.first", "From 1 to 50.");
      assertThat(door.management().get("/bffs/test/openapi").body()).isEqualTo(page.body());
    }
  }

  @Test
  void callsAreTimedWhereSettingsSaySo() {
    try (OpenedDoor door = OpenedDoor.open(
        PAGES, settings -> settings.toBuilder().serverTiming(true).build())) {
      door.services.json("/products/p1", "{\"id\":\"p1\",\"name\":\"Tea\"}");

      assertThat(door.client().get("/api/product-pages/p1?fields=name").header("server-timing"))
          .matches("catalog;dur=[0-9.]+;desc=\"[0-9.]+\\+[0-9.]+ms 200\", total;dur=[0-9.]+");
    }
  }

  @Test
  void whoAsksMayTakeTimeToFindOutAndNoByteOfTheBodyIsLost() {
    RestDoor cart = rest()
        .post("/api/carts/{cart}/lines", Shop.ADD_LINE)
        .allow(allowedIf("known", request -> request.caller().known()));
    try (OpenedDoor door = OpenedDoor.open(
        cart, settings -> settings, request -> later(request.getHeader("x-user")))) {
      door.services.json("/carts/c1/lines", "{\"sku\":\"p1\",\"quantity\":2,\"total\":2.20}");
      String body = "{\"sku\":\"p1\",\"quantity\":2}";

      Reply known = door.client()
          .send(
              "POST",
              "/api/carts/c1/lines",
              body,
              "content-type",
              "application/json",
              "x-user",
              "ada");
      assertThat(known.status()).isEqualTo(200);
      assertThat(door.services.requests()).containsExactly("POST /carts/c1/lines " + body);

      Reply unknown = door.client()
          .send(
              "POST",
              "/api/carts/c1/lines",
              body,
              "content-type",
              "application/json",
              "x-user",
              "");
      assertThat(unknown.status()).isEqualTo(403);
      Reply failed = door.client().post("/api/carts/c1/lines", body);
      assertThat(failed.status()).isEqualTo(401);
      assertThat(door.services.requests()).isEmpty();
    }
  }

  @Test
  void whatARuleLetsPassIsPrivate() {
    RestDoor guarded = rest()
        .get("/api/product-pages/{id}", Shop.PAGE)
        .allow(allowedIf("all of them", request -> true));
    try (OpenedDoor door = OpenedDoor.open(guarded)) {
      door.services.json(
          "/products/p1", "{\"id\":\"p1\",\"name\":\"Tea\"}", "cache-control", "max-age=60");

      Reply reply = door.client().get("/api/product-pages/p1?fields=name");
      assertThat(reply.header("cache-control")).isEqualTo("private, max-age=60");
      assertThat(reply.header("vary")).isEqualTo("accept-encoding, authorization, accept-language");
    }
  }

  @Test
  void aClientThatLeavesTakesItsCallsAlong() throws Exception {
    try (OpenedDoor door = OpenedDoor.open(PAGES)) {
      CountDownLatch called = new CountDownLatch(1);
      CountDownLatch gone = new CountDownLatch(1);
      door.services.at("/products/p1", request -> {
        request.connection().closeHandler(closed -> gone.countDown());
        called.countDown();
      });
      try (Socket socket = door.client().connect()) {
        socket
            .getOutputStream()
            .write("GET /api/product-pages/p1?fields=name HTTP/1.1\r\nhost: x\r\n\r\n".getBytes());
        assertThat(called.await(60, TimeUnit.SECONDS)).isTrue();
      }

      // Long before the composite's own deadline, after which the call would end anyway, and of
      // which the logs would say 504.
      assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Future<Caller> later(@Nullable String user) {
    return Vertx.currentContext()
        .owner()
        .timer(20, TimeUnit.MILLISECONDS)
        .compose(fired -> user == null
            ? Future.failedFuture("no proof of who asks")
            : Future.succeededFuture(user.isEmpty() ? Caller.ANONYMOUS : new Known(user)));
  }
}
