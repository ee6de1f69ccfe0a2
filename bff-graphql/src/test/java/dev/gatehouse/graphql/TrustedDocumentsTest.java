package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.config.DocumentSettings;
import dev.gatehouse.runtime.config.DocumentSettings.Trusted;
import dev.gatehouse.runtime.config.GraphqlSettings;
import dev.gatehouse.runtime.door.DocumentReport;
import dev.gatehouse.testing.HttpClients;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents of a manifest, asked for by their ids. */
class TrustedDocumentsTest {
  private static final GraphqlDoor DOOR = graphql()
      .query("who", Shop.WHO)
      .allow(anyone())
      .query("productPage", Shop.PAGE)
      .allow(anyone());
  private static final String PAGE =
      "query Page($id: ID!, $full: Boolean!) { productPage(id: $id) { name price @include(if: $full) { amount } } }";
  private static final String ANSWER = "{\"data\":{\"who\":\"nobody\"}}";

  @TempDir
  private Path directory;

  private OpenedDoor opened;

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  private String write(JsonObject manifest) throws IOException {
    Path file = directory.resolve("web.json");
    Files.writeString(file, manifest.encode());
    return file.toString();
  }

  private static JsonObject apollo(JsonObject... operations) {
    JsonArray all = new JsonArray();
    for (JsonObject operation : operations) {
      all.add(operation);
    }
    return new JsonObject()
        .put("format", "apollo-persisted-query-manifest")
        .put("version", 1)
        .put("operations", all);
  }

  private static JsonObject operation(String id, String name, String body) {
    return new JsonObject().put("id", id).put("name", name).put("type", "query").put("body", body);
  }

  private static BffSettings with(BffSettings settings, DocumentSettings documents) {
    return settings.toBuilder()
        .graphql(GraphqlSettings.DEFAULT.toBuilder().documents(documents).build())
        .build();
  }

  private HttpClients open(GraphqlDoor door, Trusted trusted) {
    opened = OpenedDoor.open(
        door, settings -> with(settings, DocumentSettings.DEFAULT.withTrusted(trusted)));
    return opened.client();
  }

  private static String byId(String id) {
    return new JsonObject().put("documentId", id).encode();
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aDocumentIsNamedByItsIdOrItsHashInEveryForm() throws Exception {
    String hash = sha256("query Who { who }");
    HttpClients client = open(
        DOOR.trusted(write(apollo(operation("w1", "Who", "query Who { who }")))), Trusted.PREFER);

    assertThat(client.post("/graphql", byId("w1")).body()).isEqualTo(ANSWER);
    assertThat(client.post("/graphql", byId(hash)).body()).isEqualTo(ANSWER);
    assertThat(client.post("/graphql", byId("sha256:" + hash)).body()).isEqualTo(ANSWER);
    assertThat(client
            .post(
                "/graphql",
                "{\"extensions\":{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"" + hash
                    + "\"}}}")
            .body())
        .isEqualTo(ANSWER);
    assertThat(client
            .get("/graphql?documentId=w1&operationName=Who", "graphql-require-preflight", "1")
            .body())
        .isEqualTo(ANSWER);
    assertThat(client.post("/graphql", "{\"query\":\"{ who }\"}").body()).isEqualTo(ANSWER);
    assertThat(client.post("/graphql", byId("w2")).body()).contains("DOCUMENT_NOT_FOUND");
  }

  @Test
  void anObjectOfDocumentsIsAManifestToo() throws Exception {
    opened = OpenedDoor.open(DOOR, settings -> {
      try {
        return with(
            settings,
            DocumentSettings.DEFAULT.withManifest(
                write(new JsonObject().put("h1", "{ who }").put("h2", PAGE))));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    });
    opened.services.json("/products/p1", "{\"id\":\"p1\",\"name\":\"Tea\"}");

    assertThat(opened.client().post("/graphql", byId("h1")).body()).isEqualTo(ANSWER);
    assertThat(opened
            .client()
            .post(
                "/graphql", "{\"documentId\":\"h2\",\"variables\":{\"id\":\"p1\",\"full\":false}}")
            .body())
        .isEqualTo("{\"data\":{\"productPage\":{\"name\":\"Tea\"}}}");
  }

  @Test
  void whereOnlyTheseAreTakenAnyOtherIsRefusedUnread() throws Exception {
    HttpClients client =
        open(DOOR.trusted(write(new JsonObject().put("w1", "{ who }"))), Trusted.ONLY);

    assertThat(client.post("/graphql", byId("w1")).body()).isEqualTo(ANSWER);
    assertThat(client.post("/graphql", "{\"query\":\"{ who }\"}").body()).isEqualTo(ANSWER);
    Reply other = client.send(
        "POST",
        "/graphql",
        "{\"query\":\"{ this is no ( document\"}",
        "content-type",
        "application/json",
        "accept",
        "application/graphql-response+json");
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.body()).contains("DOCUMENT_NOT_TRUSTED").doesNotContain("PARSE");
    assertThat(client
            .post(
                "/graphql",
                "{\"query\":\"{ w: who }\",\"extensions\":{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\""
                    + sha256("{ w: who }") + "\"}}}")
            .body())
        .contains("DOCUMENT_NOT_TRUSTED");
  }

  @Test
  void whereTheyAreOffNoneIsKnown() throws Exception {
    HttpClients client =
        open(DOOR.trusted(write(new JsonObject().put("w1", "{ who }"))), Trusted.OFF);

    assertThat(client.post("/graphql", byId("w1")).body()).contains("DOCUMENT_NOT_FOUND");
  }

  @Test
  void aManifestWithMistakesKeepsTheDoorShutAndTellsAll() throws Exception {
    String manifest = write(apollo(
        operation("a", "A", "query A { nobody }"),
        operation("b", "C", "query B { who }"),
        operation("c", "D", "query D {"),
        operation("a", "E", "{ who }"),
        new JsonObject().put("name", "F")));

    assertThatThrownBy(() -> open(DOOR.trusted(manifest), Trusted.PREFER))
        .hasRootCauseInstanceOf(ConfigurationException.class)
        .rootCause()
        .hasMessageContainingAll(
            "operations[0] (A): line 1, column 11",
            "operations[1] (C)",
            "operations[2] (D)",
            "operations[3] (E): has the id of",
            "operations[4] (F): id: missing");
    assertThatThrownBy(() -> open(DOOR.trusted("no-such.json"), Trusted.PREFER))
        .hasStackTraceContaining("no-such.json is nowhere");
    assertThatThrownBy(() -> open(DOOR, Trusted.ONLY))
        .hasStackTraceContaining("there is no manifest");
  }

  @Test
  void everyOperationIsToldWithItsBoundsWhateverItsConditionsAre() throws Exception {
    DocumentReport report = new GraphqlDoorProvider()
        .checkDocuments(
            DOOR,
            BffSettings.named("test"),
            write(apollo(operation("p", "Page", PAGE), operation("x", "X", "query X { x }"))));

    assertThat(report.lines()).singleElement().satisfies(line -> {
      assertThat(line.label()).isEqualTo("query Page");
      assertThat(line.calls()).isEqualTo(2);
      assertThat(line.place()).endsWith("web.json: operations[0] (Page)");
    });
    assertThat(report.problems()).singleElement().asString().contains("operations[1] (X)");
  }

  @Test
  void boundsHoldForAnyValuesOfManyConditions() throws Exception {
    String query = """
        query Five($a: Boolean!, $b: Boolean!, $c: Boolean!, $d: Boolean!, $e: Boolean!) {
          one: productPage(id: "1") @include(if: $a) { name price @include(if: $c) { amount } }
          two: productPage(id: "2") @skip(if: $b) { name price @skip(if: $d) { amount } }
          three: productPage(id: "3") @skip(if: $e) { name }
        }
        """;

    DocumentReport report = new GraphqlDoorProvider()
        .checkDocuments(
            DOOR, BffSettings.named("test"), write(apollo(operation("f", "Five", query))));

    assertThat(report.problems()).isEmpty();
    assertThat(report.lines())
        .singleElement()
        .satisfies(line -> assertThat(line.calls()).isEqualTo(5));
  }
}
