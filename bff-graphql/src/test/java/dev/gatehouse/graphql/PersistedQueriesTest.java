package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.config.DocumentSettings;
import dev.gatehouse.runtime.config.GraphqlSettings;
import dev.gatehouse.testing.HttpClients;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that clients register by their hashes, after Apollo's protocol. */
class PersistedQueriesTest {
  private static final GraphqlDoor DOOR = graphql()
      .query("who", Shop.WHO)
      .allow(anyone())
      .mutation("clearCart", Shop.CLEAR_CART)
      .allow(anyone())
      .argument("cart");
  private static final String WHO = "{ who }";
  private static final String NOT_FOUND =
      "{\"errors\":[{\"message\":\"PersistedQueryNotFound\",\"extensions\":{\"code\":\"PERSISTED_QUERY_NOT_FOUND\"}}]}";
  private static final String PREFLIGHT = "apollo-require-preflight";
  private OpenedDoor opened;

  @AfterEach
  void close() {
    opened.close();
  }

  private HttpClients open(int bytes) {
    opened = OpenedDoor.open(
        DOOR,
        settings -> settings.toBuilder()
            .graphql(GraphqlSettings.DEFAULT.toBuilder()
                .maxBatch(3)
                .documents(DocumentSettings.DEFAULT.withAutomaticBytes(bytes))
                .build())
            .build());
    return opened.client();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonObject hashed(String hash) {
    return new JsonObject()
        .put(
            "extensions",
            new JsonObject()
                .put("persistedQuery", new JsonObject().put("version", 1).put("sha256Hash", hash)));
  }

  private static String byHash(String document) {
    return hashed(sha256(document)).encode();
  }

  private static String withBoth(String document) {
    return hashed(sha256(document)).put("query", document).encode();
  }

  private static String uri(String document, String... more) {
    String extensions = hashed(sha256(document)).getJsonObject("extensions").encode();
    return "/graphql?extensions=" + URLEncoder.encode(extensions, StandardCharsets.UTF_8)
        + String.join("", more);
  }

  @Test
  void aDocumentIsAskedForOnceAndThenKnownByItsHash() {
    HttpClients client = open(1 << 20);

    Reply unknown = client.post("/graphql", byHash(WHO));
    assertThat(unknown.body()).isEqualTo(NOT_FOUND);
    assertThat(unknown.status()).isEqualTo(200);
    assertThat(unknown.header("cache-control")).isEqualTo("no-store");
    assertThat(client.post("/graphql", withBoth(WHO)).body())
        .isEqualTo("{\"data\":{\"who\":\"nobody\"}}");
    assertThat(client.post("/graphql", byHash(WHO)).body())
        .isEqualTo("{\"data\":{\"who\":\"nobody\"}}");
  }

  @Test
  void hashesTravelInUrisAndNotFoundIsNeverKeptByCaches() {
    HttpClients client = open(1 << 20);

    Reply unknown =
        client.get(uri(WHO), PREFLIGHT, "1", "accept", "application/graphql-response+json");
    assertThat(unknown.body()).isEqualTo(NOT_FOUND);
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.header("cache-control")).isEqualTo("no-store");
    assertThat(unknown.header("etag")).isNull();
    assertThat(client.get(uri(WHO, "&query=%7B%20who%20%7D"), PREFLIGHT, "1").body())
        .isEqualTo("{\"data\":{\"who\":\"nobody\"}}");
    Reply known = client.get(uri(WHO), PREFLIGHT, "1");
    assertThat(known.body()).isEqualTo("{\"data\":{\"who\":\"nobody\"}}");
    assertThat(known.header("etag")).isNotNull();
    assertThat(client.get(uri(WHO)).body()).contains("CSRF_SUSPECTED");
  }

  @Test
  void mutationsByHashAreNotRunWithGetEither() {
    HttpClients client = open(1 << 20);
    String mutation = "mutation { clearCart(cart: \"1\") }";
    opened.services.at(
        "/carts/1", request -> request.response().setStatusCode(204).end());
    client.post("/graphql", withBoth(mutation));
    assertThat(opened.services.requests()).hasSize(1);

    assertThat(client.get(uri(mutation), PREFLIGHT, "1").status()).isEqualTo(405);
    assertThat(opened.services.requests()).isEmpty();
  }

  @Test
  void aHashOfAnotherDocumentIsRefused() {
    HttpClients client = open(1 << 20);
    String forged = hashed(sha256("{ other }")).put("query", WHO).encode();

    Reply reply = client.post("/graphql", forged);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("provided sha does not match query", "HASH_MISMATCH");
    assertThat(client.post("/graphql", hashed(sha256("{ other }")).encode()).body())
        .isEqualTo(NOT_FOUND);
  }

  @Test
  void aDocumentThatIsNotValidIsNotKept() {
    HttpClients client = open(1 << 20);

    assertThat(client.post("/graphql", withBoth("{ nobody }")).body()).contains("VALIDATION");
    assertThat(client.post("/graphql", byHash("{ nobody }")).body()).isEqualTo(NOT_FOUND);
  }

  @Test
  void oneOfABatchThatIsUnknownLeavesTheOthers() {
    HttpClients client = open(1 << 20);

    assertThat(client
            .post("/graphql", "[" + byHash(WHO) + "," + withBoth(WHO) + "," + byHash(WHO) + "]")
            .body())
        .isEqualTo(
            "[" + NOT_FOUND + ",{\"data\":{\"who\":\"nobody\"}},{\"data\":{\"who\":\"nobody\"}}]");
  }

  @Test
  void theOldestAreForgottenWhereThereIsNoRoom() {
    HttpClients client = open(2_000);
    for (int i = 0; i < 50; i++) {
      client.post("/graphql", withBoth("{ a" + i + ": who }"));
    }

    long known = java.util.stream.IntStream.range(0, 50)
        .filter(
            i -> !client.post("/graphql", byHash("{ a" + i + ": who }")).body().equals(NOT_FOUND))
        .count();
    assertThat(known).isBetween(1L, 7L);
  }

  @Test
  void whereTheyAreOffClientsAreToldSoAndMaySendDocumentsWithHashes() {
    HttpClients client = open(0);

    assertThat(client.post("/graphql", byHash(WHO)).body())
        .isEqualTo(
            "{\"errors\":[{\"message\":\"PersistedQueryNotSupported\",\"extensions\":{\"code\":\"PERSISTED_QUERY_NOT_SUPPORTED\"}}]}");
    assertThat(client.post("/graphql", withBoth(WHO)).body())
        .isEqualTo("{\"data\":{\"who\":\"nobody\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"extensions\":{\"persistedQuery\":1}}",
        "{\"extensions\":{\"persistedQuery\":{}}}",
        "{\"extensions\":{\"persistedQuery\":{\"version\":2,\"sha256Hash\":\"0000000000000000000000000000000000000000000000000000000000000000\"}}}",
        "{\"extensions\":{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"00\"}}}",
        "{\"documentId\":\"\"}",
        "{\"documentId\":1}",
        "{\"documentId\":\"a\",\"query\":\"{who}\"}"
      })
  void whatIsOfNoKnownFormIsMalformed(String body) {
    Reply reply = open(1 << 20).post("/graphql", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("MALFORMED_REQUEST");
  }
}
