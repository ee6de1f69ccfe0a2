package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.dsl.Verbs.object;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.UndoInput;
import dev.gatehouse.dsl.Value;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mutations do things in order, undo what they did where a later step fails, and say what became of it. */
class MutationsTest {
  record Order(String cart, int amount) {}

  record Reservation(String id) {}

  record Payment(String id) {}

  record Receipt(String number, @Nullable String note) {}

  private final List<String> undoneInJava = new CopyOnWriteArrayList<>();

  private final Operation<Reservation, Nothing> release =
      Service.named("catalog").delete("/reservations/{id}").withIdempotencyKey().returnsNothing();

  private final Operation<String, Nothing> refund = Operation.inJava(
          "refund", String.class, Nothing.class, id -> {
            undoneInJava.add(id);
            return CompletableFuture.completedFuture(null);
          })
      .unsafe();

  private final Operation<Order, Reservation> reserve = Service.named("catalog")
      .post("/reservations")
      .withIdempotencyKey()
      .<Order, Reservation>returns(Reservation.class)
      .undoneBy(release, UndoInput.wholeAnswer());

  private final Operation<Order, Payment> pay = Service.named("pricing")
      .post("/payments")
      .withIdempotencyKey()
      .<Order, Payment>returns(Payment.class)
      .undoneBy(refund, UndoInput.answer(Payment::id));

  private final Operation<String, Receipt> receipt = Service.named("cart")
      .post("/receipts/{cart}")
      .noBody()
      .withIdempotencyKey()
      .within(Duration.ofMillis(300))
      .returns(Receipt.class);

  private final Operation<String, Receipt> readReceipt =
      Service.named("cart").get("/receipts/{cart}").returns(Receipt.class);

  private final Composite<Order, Receipt> buy = Composite.named("Buy", Order.class, order -> {
    reserve.call(order);
    pay.call(order);
    return receipt.call(order.get(Order::cart));
  });

  private final Composite<Order, Receipt> hold = Composite.named("Hold", Order.class, order -> {
    reserve.call(order);
    Value<Receipt> read = readReceipt.call(order.get(Order::cart));
    return object(Receipt.class).from(read);
  });

  private final Composite<String, Receipt> book =
      Composite.named("Book", String.class, receipt::call);

  private final Map<String, Caller> callers = Map.of("ann", caller("ann"), "bob", caller("bob"));

  private final OpenedDoor door = OpenedDoor.open(
      graphql()
          .query("who", Shop.WHO)
          .allow(anyone())
          .mutation("buy", buy)
          .allow(anyone())
          .mutation("hold", hold)
          .allow(anyone())
          .mutation("book", book)
          .allow(anyone()),
      settings -> settings.toBuilder()
          .graphql(settings.graphql().toBuilder().maxBatch(4).build())
          .build(),
      request -> Future.succeededFuture(
          callers.getOrDefault(String.valueOf(request.getHeader("x-caller")), Caller.ANONYMOUS)));

  private static Caller caller(String subject) {
    return new Caller() {
      @Override
      public @Nullable String subject() {
        return subject;
      }

      @Override
      public Map<String, Object> claims() {
        return Map.of();
      }

      @Override
      public Locale locale() {
        return Locale.ENGLISH;
      }
    };
  }

  private final List<String> keys = new CopyOnWriteArrayList<>();

  {
    answer("/reservations", 201, "{\"id\":\"r\"}");
    answer("/payments", 201, "{\"id\":\"p\"}");
    answer("/receipts/c", 200, "{\"number\":\"1\"}");
    answer("/reservations/r", 204, "");
  }

  private void answer(String path, int status, String json) {
    door.services.at(path, request -> {
      note(request);
      request
          .response()
          .setStatusCode(status)
          .putHeader("content-type", "application/json")
          .end(json);
    });
  }

  private void note(HttpServerRequest request) {
    String key = request.getHeader("idempotency-key");
    if (key != null) {
      keys.add(request.method() + " " + request.path() + " " + key);
    }
  }

  @AfterEach
  void close() {
    door.close();
  }

  private static final String BUY = "mutation { buy(cart: \\\"c\\\", amount: 2) { number } }";

  @Test
  void whatWasDoneIsUndoneWhenALaterStepFailsAndTheErrorSaysSo() {
    answer("/receipts/c", 500, "");

    assertThat(ask(BUY))
        .startsWith("{\"data\":{\"buy\":null},\"errors\":[")
        .contains(
            "\"path\":[\"buy\"],\"extensions\":{\"code\":\"UPSTREAM_FAILED\",\"changes\":\"undone\"}");
    assertThat(undoneInJava).containsExactly("p");
    assertThat(door.services.requests())
        .containsExactly(
            "POST /reservations {\"cart\":\"c\",\"amount\":2}",
            "POST /payments {\"cart\":\"c\",\"amount\":2}",
            "POST /receipts/c",
            "DELETE /reservations/r");
  }

  @Test
  void whatCannotBeUndoneIsTold() {
    answer("/receipts/c", 500, "");
    answer("/reservations/r", 503, "");

    assertThat(ask(BUY)).contains("\"changes\":\"undoing_failed\"");
  }

  @Test
  void whatFailsFirstHasChangedNothing() {
    answer("/reservations", 409, "");

    assertThat(ask(BUY)).contains("\"code\":\"UPSTREAM_FAILED\",\"changes\":\"none\"");
    assertThat(undoneInJava).isEmpty();
  }

  @Test
  void aStepThatFindsNothingIsAnErrorOfTheMutation() {
    answer("/payments", 404, "");

    assertThat(ask(BUY))
        .startsWith("{\"data\":{\"buy\":null},\"errors\":[")
        .contains("\"code\":\"NOT_FOUND\",\"changes\":\"undone\"");
  }

  @Test
  void aChangeWithoutAnAnswerIsUnknown() {
    door.services.hang("/receipts/c");

    assertThat(ask(BUY)).contains("\"code\":\"TIMED_OUT\",\"changes\":\"unknown\"");
    assertThat(undoneInJava).containsExactly("p");
  }

  @Test
  void aMutationThatWasDoneSaysSoWhereItsAnswerIsLost() {
    answer("/receipts/c", 500, "");

    assertThat(ask("mutation { hold(cart: \\\"c\\\", amount: 2) { number } }"))
        .contains(
            "\"path\":[\"hold\",\"number\"],\"extensions\":{\"code\":\"UPSTREAM_FAILED\",\"changes\":\"done\"}");
    assertThat(door.services.requests()).doesNotContain("DELETE /reservations/r");
  }

  @Test
  void aRepeatedRequestSendsTheSameKeysAndEachCallHasItsOwn() {
    answer("/receipts/c", 500, "");
    ask(BUY, "idempotency-key", "k-1");
    List<String> first = List.copyOf(keys);
    keys.clear();
    ask(BUY.replace("number", "note"), "idempotency-key", "k-1");

    assertThat(keys).isEqualTo(first).hasSize(4).doesNotHaveDuplicates();
    assertThat(first.stream().map(MutationsTest::key))
        .doesNotHaveDuplicates()
        .doesNotContain("k-1");
    keys.clear();
    ask(BUY, "idempotency-key", "k-2");
    assertThat(keys).hasSize(4).doesNotContainAnyElementsOf(first);
  }

  @Test
  void rootFieldsRunInOrderAndNeverShareAKey() {
    ask(
        "mutation { a: book(id: \\\"c\\\") { number } b: book(id: \\\"c\\\") { number } }",
        "idempotency-key",
        "k");
    assertThat(keys).hasSize(2).doesNotHaveDuplicates();

    keys.clear();
    String one = "{\"query\":\"mutation { book(id: \\\"c\\\") { number } }\"}";
    batch("[" + one + "," + one + "]", "k");
    assertThat(keys).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void anOperationThatIsRefusedCountsForTheKeysOfThoseAfterIt() {
    String book = "{\"query\":\"mutation { book(id: \\\"c\\\") { number } }\"}";
    batch("[{\"query\":\"{ nothing }\"}," + book + "]", "k");
    String second = keys.get(0);
    keys.clear();

    batch("[" + book + "," + book + "]", "k");

    assertThat(keys).hasSize(2).doesNotHaveDuplicates().contains(second);
    assertThat(keys.indexOf(second)).isEqualTo(1);
  }

  private void batch(String operations, String key) {
    door.client()
        .send(
            "POST",
            "/graphql",
            operations,
            "content-type",
            "application/json",
            "idempotency-key",
            key);
  }

  @Test
  void callersWithTheSameKeyDoNotMeetAtAService() {
    String book = "mutation { book(id: \\\"c\\\") { number } }";
    for (String who : List.of("ann", "bob", "ann")) {
      ask(book, "idempotency-key", "k", "x-caller", who);
    }

    assertThat(keys).hasSize(3);
    assertThat(keys.get(0)).isEqualTo(keys.get(2)).isNotEqualTo(keys.get(1));
  }

  @Test
  void withoutAKeyOfTheClientEachCallHasOne() {
    String book = "mutation { book(id: \\\"c\\\") { number } }";
    ask(book);
    ask(book, "idempotency-key", " ");

    assertThat(keys).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void aFieldThatFailsDoesNotKeepTheNextFromRunning() {
    answer("/reservations", 500, "");

    assertThat(
            ask(
                "mutation { buy(cart: \\\"c\\\", amount: 1) { number } book(id: \\\"c\\\") { number } }"))
        .startsWith("{\"data\":{\"buy\":null,\"book\":{\"number\":\"1\"}},\"errors\":[");
    assertThat(door.services.requests())
        .containsExactly("POST /reservations {\"cart\":\"c\",\"amount\":1}", "POST /receipts/c");
  }

  private static String key(String call) {
    return call.substring(call.lastIndexOf(' ') + 1);
  }

  private String ask(String query, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "content-type";
    all[1] = "application/json";
    System.arraycopy(headers, 0, all, 2, headers.length);
    Reply reply = door.client().send("POST", "/graphql", "{\"query\":\"" + query + "\"}", all);
    return reply.body();
  }
}
