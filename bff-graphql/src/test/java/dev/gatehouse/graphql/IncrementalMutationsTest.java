package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mutations whose answers come in parts, over event streams and in lists. */
class IncrementalMutationsTest {
  record Booking(String id) {}

  record Receipt(String number) {}

  record Booked(String id, @Nullable Receipt receipt) {}

  private static final Operation<String, Booking> BOOK =
      Service.named("cart").post("/bookings/{id}").noBody().returns(Booking.class);
  private static final Operation<String, Receipt> RECEIPT =
      Service.named("cart").get("/receipts/{id}").returns(Receipt.class);
  private static final Composite<String, Booked> BOOKED = Composite.named(
      "Booked",
      String.class,
      id -> object(Booked.class)
          .from(BOOK.call(id))
          .with(Booked::receipt, RECEIPT.call(id).orNull()));
  private static final String THREE =
      "mutation { a: book(id: \"a\") { id ... @defer(label: \"late\") { receipt { number } } }"
          + " b: book(id: \"b\") { id } c: book(id: \"c\") { id } }";

  private final OpenedDoor door = OpenedDoor.open(
      graphql().query("who", Shop.WHO).allow(anyone()).mutation("book", BOOKED).allow(anyone()),
      settings -> settings.toBuilder()
          .graphql(settings.graphql().toBuilder().maxBatch(2).build())
          .build());

  {
    for (String id : List.of("a", "b", "c")) {
      door.services
          .json("/bookings/" + id, "{\"id\":\"" + id + "\"}")
          .json("/receipts/" + id, "{\"number\":\"1" + id + "\"}");
    }
  }

  @AfterEach
  void close() {
    door.close();
  }

  private CompletableFuture<HttpServerRequest> hold(String path) {
    CompletableFuture<HttpServerRequest> held = new CompletableFuture<>();
    door.services.at(path, held::complete);
    return held;
  }

  private Socket ask(String accept) throws Exception {
    Socket socket = door.client().connect();
    String body = new JsonObject().put("query", THREE).encode();
    socket
        .getOutputStream()
        .write(("POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\naccept: "
                + accept + "\r\nconnection: close\r\ncontent-length: " + body.length() + "\r\n\r\n"
                + body)
            .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** The data of the next event. */
  private static JsonObject next(BufferedReader events) throws Exception {
    String line = events.readLine();
    while (!line.startsWith("data: {")) {
      line = events.readLine();
    }
    return new JsonObject(line.substring("data: ".length()));
  }

  private List<String> bookings() {
    return door.services.requests().stream()
        .filter(request -> request.startsWith("POST"))
        .toList();
  }

  @Test
  void allIsDoneInOrderBeforeTheFirstEventAndWhatIsDeferredFollows() throws Exception {
    CompletableFuture<HttpServerRequest> receipt = hold("/receipts/a");
    try (Socket socket = ask("text/event-stream");
        BufferedReader events = new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(next(events).encode())
          .isEqualTo(
              "{\"data\":{\"a\":{\"id\":\"a\"},\"b\":{\"id\":\"b\"},\"c\":{\"id\":\"c\"}},"
                  + "\"pending\":[{\"id\":\"0\",\"path\":[\"a\"],\"label\":\"late\"}],\"hasNext\":true}");
      assertThat(bookings())
          .containsExactly("POST /bookings/a", "POST /bookings/b", "POST /bookings/c");
      receipt
          .get(60, TimeUnit.SECONDS)
          .response()
          .putHeader("content-type", "application/json")
          .end("{\"number\":\"1a\"}");
      assertThat(next(events).encode())
          .isEqualTo("{\"incremental\":[{\"id\":\"0\",\"data\":{\"receipt\":{\"number\":\"1a\"}}}],"
              + "\"completed\":[{\"id\":\"0\"}],\"hasNext\":false}");
      List<String> rest = new ArrayList<>(events.lines().toList());
      assertThat(rest).contains("event: complete");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/event-stream", "multipart/mixed;incrementalSpec=v0.2"})
  void whenTheClientLeavesInTheSecondFieldThatIsTheLastOne(String accept) throws Exception {
    CompletableFuture<HttpServerRequest> receipt = hold("/receipts/a");
    CompletableFuture<HttpServerRequest> second = hold("/bookings/b");
    CompletableFuture<Void> left = new CompletableFuture<>();
    try (Socket socket = ask(accept)) {
      receipt.get(60, TimeUnit.SECONDS).connection().closeHandler(closed -> left.complete(null));
      second.get(60, TimeUnit.SECONDS);
    }
    left.get(60, TimeUnit.SECONDS);
    // A change is left to end, so that it is known what became of it.
    second
        .join()
        .response()
        .putHeader("content-type", "application/json")
        .end("{\"id\":\"b\"}")
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);

    assertThat(door.client().post("/graphql", "{\"query\":\"{ who }\"}").status())
        .isEqualTo(200);
    assertThat(bookings()).containsExactly("POST /bookings/a", "POST /bookings/b");
  }

  @Test
  void inAListOfOperationsTheAnswerIsWhole() {
    String query =
        "{\"query\":\"mutation { book(id: \\\"a\\\") { id ... @defer { receipt { number } } } }\"}";

    assertThat(door.client()
            .send(
                "POST",
                "/graphql",
                "[" + query + ",{\"query\":\"{ who }\"}]",
                "content-type",
                "application/json",
                "accept",
                PartsClient.V02)
            .body())
        .isEqualTo("[{\"data\":{\"book\":{\"id\":\"a\",\"receipt\":{\"number\":\"1a\"}}}},"
            + "{\"data\":{\"who\":\"nobody\"}}]");
  }
}
