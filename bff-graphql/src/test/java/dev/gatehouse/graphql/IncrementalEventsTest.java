package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers in parts as event streams. */
class IncrementalEventsTest {
  private static final String REVIEWS = "[{\"rating\":5,\"authorId\":\"u1\"}]";
  private static final String DEFERRED =
      "{ productPage(id: \"p1\") { name ... @defer(label: \"reviews\") { reviews { rating } } } }";

  private final OpenedDoor door =
      OpenedDoor.open(graphql().query("productPage", Shop.PAGE).allow(anyone()));
  private final CompletableFuture<HttpServerRequest> reviews = new CompletableFuture<>();

  @BeforeEach
  void answer() {
    door.services
        .json("/products/p1", "{\"id\":\"p1\",\"name\":\"Tea\"}")
        .at("/reviews", reviews::complete);
  }

  @AfterEach
  void close() {
    door.close();
  }

  private void release() throws Exception {
    reviews
        .get(60, TimeUnit.SECONDS)
        .response()
        .putHeader("content-type", "application/json")
        .end(REVIEWS);
  }

  private BufferedReader ask(String accept) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + door.client().port() + "/graphql"))
        .timeout(Duration.ofSeconds(60))
        .header("content-type", "application/json")
        .header("accept", accept)
        .POST(HttpRequest.BodyPublishers.ofString(
            new JsonObject().put("query", DEFERRED).encode()))
        .build();
    InputStream body = HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofInputStream())
        .body();
    return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** The name and the data of the next event, without comments. */
  private static String next(BufferedReader events) throws IOException {
    StringBuilder event = new StringBuilder();
    String line;
    while ((line = events.readLine()) != null) {
      if (line.isEmpty() && event.length() > 0) {
        return event.toString().strip();
      }
      if (!line.isEmpty() && !line.startsWith(":")) {
        event.append(line.replaceFirst("^(event|data): ?", "")).append(' ');
      }
    }
    return "end";
  }

  @Test
  void eachPartIsAnEventWhenItsOwnCallsAreDone() throws Exception {
    try (BufferedReader events = ask("text/event-stream")) {
      assertThat(next(events))
          .isEqualTo(
              "next {\"data\":{\"productPage\":{\"name\":\"Tea\"}},\"pending\":[{\"id\":\"0\",\"path\":[\"productPage\"],"
                  + "\"label\":\"reviews\"}],\"hasNext\":true}");
      release();
      assertThat(next(events))
          .isEqualTo(
              "next {\"incremental\":[{\"id\":\"0\",\"data\":{\"reviews\":[{\"rating\":5}]}}],"
                  + "\"completed\":[{\"id\":\"0\"}],\"hasNext\":false}");
      assertThat(next(events)).isEqualTo("complete");
      assertThat(next(events)).isEqualTo("end");
    }
  }

  @Test
  void theOlderFormComesWhereItIsNamed() throws Exception {
    try (BufferedReader events = ask("text/event-stream;deferSpec=20220824")) {
      assertThat(next(events))
          .isEqualTo("next {\"data\":{\"productPage\":{\"name\":\"Tea\"}},\"hasNext\":true}");
      release();
      assertThat(next(events))
          .isEqualTo(
              "next {\"incremental\":[{\"data\":{\"reviews\":[{\"rating\":5}]},\"path\":[\"productPage\"],"
                  + "\"label\":\"reviews\"}],\"hasNext\":false}");
      assertThat(next(events)).isEqualTo("complete");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/event-stream, application/json;q=0.9 | 200 | text/event-stream",
        "text/event-stream;q=0.9, application/json | 200 | application/json",
        "text/event-stream, application/json | 200 | application/json",
        "text/event-stream, multipart/mixed;q=0.5 | 200 | text/event-stream",
        "text/event-stream;q=0.5, multipart/mixed | 200 | multipart/mixed",
        "text/event-stream, multipart/mixed | 200 | text/event-stream",
        "text/event-stream;q=0, multipart/mixed;q=0.1 | 200 | multipart/mixed",
        "text/event-stream;q=0.8, multipart/mixed;q=0.7, application/json;q=0.6 | 200 | text/event-stream",
        "text/event-stream;q=0.7, multipart/mixed;q=0.8, application/json;q=0.6 | 200 | multipart/mixed",
        "text/event-stream;q=0, application/json;q=0, multipart/mixed;q=0 | 406 | application/json"
      })
  void whatIsWantedMostComes(String accept, int status, String type) throws Exception {
    reviews.thenAccept(request ->
        request.response().putHeader("content-type", "application/json").end(REVIEWS));

    Reply reply = door.client()
        .send(
            "POST",
            "/graphql",
            new JsonObject().put("query", DEFERRED).encode(),
            "content-type",
            "application/json",
            "accept",
            accept);

    assertThat(reply.header("content-type")).startsWith(type);
    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void aClientThatLeavesEndsTheCallsOfWhatWouldFollow() throws Exception {
    CompletableFuture<Void> given = new CompletableFuture<>();
    try (BufferedReader events = ask("text/event-stream")) {
      next(events);
      reviews.get(60, TimeUnit.SECONDS).connection().closeHandler(closed -> given.complete(null));
    }
    assertThat(given).succeedsWithin(Duration.ofSeconds(60));
  }
}
