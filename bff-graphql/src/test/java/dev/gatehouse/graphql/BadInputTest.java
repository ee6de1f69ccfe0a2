package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.dsl.UndoInput;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.runtime.config.GraphqlSettings;
import dev.gatehouse.testing.HttpClients;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What no client should send: the answer is quick, small and correct, and whoever asks next is served. */
@Timeout(60)
class BadInputTest {
  private static final int MEGABYTE = 1 << 20;
  private static final Duration QUICK = Duration.ofSeconds(5);
  private static final int SMALL = 4_000;

  record Order(String cart) {}

  record Reservation(String id) {}

  private static final Operation<Reservation, Nothing> RELEASE =
      Service.named("catalog").delete("/reservations/{id}").returnsNothing();
  private static final Operation<Order, Reservation> RESERVE = Service.named("catalog")
      .post("/reservations")
      .<Order, Reservation>returns(Reservation.class)
      .undoneBy(RELEASE, UndoInput.wholeAnswer());
  private static final Operation<Order, Reservation> PAY =
      Service.named("pricing").post("/payments").returns(Reservation.class);
  private static final Composite<Order, Reservation> BUY =
      Composite.named("Buy", Order.class, order -> {
        RESERVE.call(order);
        PAY.call(order);
        return PAY.call(order);
      });

  private OpenedDoor opened;

  @AfterEach
  void close() {
    opened.close();
  }

  private HttpClients open(int maxBodyBytes, UnaryOperator<GraphqlSettings> graphql) {
    opened = OpenedDoor.open(
        graphql()
            .query("who", Shop.WHO)
            .allow(anyone())
            .query("sample", Shop.SAMPLER)
            .allow(anyone())
            .argument("sku")
            .mutation("buy", BUY)
            .allow(anyone()),
        settings -> settings.toBuilder()
            .limits(settings.limits().withMaxBodyBytes(maxBodyBytes))
            .graphql(graphql.apply(GraphqlSettings.DEFAULT))
            .build());
    return opened.client();
  }

  private HttpClients open() {
    return open(MEGABYTE, UnaryOperator.identity());
  }

  /** A door whose limits let large documents through as far as may be. */
  private HttpClients generous() {
    return open(
        16 * MEGABYTE,
        graphql -> graphql.toBuilder().maxDocumentBytes(16 * MEGABYTE).build());
  }

  private void refusedQuickly(HttpClients client, String document, String code) {
    refusedQuickly(
        client,
        new JsonObject().put("query", document).encode().getBytes(StandardCharsets.UTF_8),
        code);
  }

  private void refusedQuickly(HttpClients client, byte[] body, String code) {
    long start = System.nanoTime();
    Reply reply = post(client, body);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(QUICK);
    assertThat(reply.body()).contains(code).hasSizeLessThan(SMALL);
    assertThat(opened.services.requests()).isEmpty();
    served(client);
  }

  private static void served(HttpClients client) {
    assertThat(client.post("/graphql", "{\"query\":\"{who}\"}").body())
        .isEqualTo("{\"data\":{\"who\":\"nobody\"}}");
  }

  /** Sends a body to its end, or as far as the server takes it. */
  private static Reply post(HttpClients client, byte[] body) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head(body.length).getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    try (Socket socket = client.connect()) {
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
        try {
          socket.getOutputStream().write(request.toByteArray());
        } catch (IOException e) {
          // The server may answer, and close, before it has read everything.
          assertThat(body.length).isGreaterThan(MEGABYTE);
        }
      });
      Reply reply = HttpClients.read(socket.getInputStream());
      sent.orTimeout(60, TimeUnit.SECONDS).exceptionally(late -> null).join();
      return reply;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String head(int length) {
    return "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nconnection: close\r\n"
        + "content-length: " + length + "\r\n\r\n";
  }

  @Test
  void aDocumentOfTenMegabytesIsTooLargeForTheBody() {
    refusedQuickly(open(), "{ who #" + "x".repeat(10 * MEGABYTE) + "\n}", "CONTENT_TOO_LARGE");
  }

  @Test
  void aDocumentOfTenMegabytesIsTooLargeForADocument() {
    HttpClients client = open(16 * MEGABYTE, UnaryOperator.identity());

    refusedQuickly(client, "{ who #" + "x".repeat(10 * MEGABYTE) + "\n}", "LIMIT_EXCEEDED");
  }

  @Test
  void tenMegabytesOfTokensAreNotReadToTheirEnd() {
    refusedQuickly(generous(), "{" + " who".repeat(10 * MEGABYTE / 4) + "}", "LIMIT_EXCEEDED");
  }

  @Test
  void aDocumentOfBlanksIsReadQuickly() {
    HttpClients client = open();

    assertThat(post(
                client,
                ("{\"query\":\"{ who" + " ".repeat(30_000) + "}\"}")
                    .getBytes(StandardCharsets.UTF_8))
            .body())
        .isEqualTo("{\"data\":{\"who\":\"nobody\"}}");
  }

  @Test
  void aHundredThousandAliasesAreRefused() {
    StringBuilder document = new StringBuilder("{");
    for (int i = 0; i < 100_000; i++) {
      document.append(" a").append(i).append(": who");
    }
    refusedQuickly(generous(), document.append('}').toString(), "LIMIT_EXCEEDED");
  }

  @Test
  void aHundredThousandAliasesAreRefusedEvenWhereTokensAreNotCounted() {
    HttpClients client = open(
        16 * MEGABYTE,
        graphql -> graphql.toBuilder()
            .maxDocumentBytes(16 * MEGABYTE)
            .maxTokens(1_000_000)
            .build());
    StringBuilder document = new StringBuilder("{");
    for (int i = 0; i < 100_000; i++) {
      document.append(" a").append(i).append(": who");
    }
    refusedQuickly(client, document.append('}').toString(), "LIMIT_EXCEEDED");
  }

  @Test
  void fragmentsInALongCircleAreRefused() {
    StringBuilder document = new StringBuilder("{ ...F0 }");
    for (int i = 0; i < 200; i++) {
      document
          .append(" fragment F")
          .append(i)
          .append(" on Query { who ...F")
          .append((i + 1) % 200)
          .append(" }");
    }
    refusedQuickly(open(), document.toString(), "\"code\"");
  }

  @Test
  void fragmentsThatDoubleAtEachLevelAreRefused() {
    StringBuilder document = new StringBuilder("{ sample(sku: 1) { ...F0 } }");
    for (int i = 0; i < 30; i++) {
      document
          .append(" fragment F")
          .append(i)
          .append(" on Sampler { a: next { ...F")
          .append(i + 1)
          .append(" } b: next { ...F")
          .append(i + 1)
          .append(" } }");
    }
    refusedQuickly(
        open(), document.append(" fragment F30 on Sampler { sku }").toString(), "LIMIT_EXCEEDED");
  }

  @Test
  void deepNestingIsRefusedOfFieldsValuesAndJson() {
    HttpClients client = generous();

    refusedQuickly(client, "{ sample(sku: 1) " + "{ next ".repeat(2_000), "\"code\"");
    refusedQuickly(client, "{".repeat(100_000), "\"code\"");
    refusedQuickly(client, "{ sample(sku: " + "[".repeat(2_000), "\"code\"");
    refusedQuickly(
        client,
        ("{\"query\":\"{who}\",\"variables\":" + "{\"a\":".repeat(100_000))
            .getBytes(StandardCharsets.UTF_8),
        "MALFORMED_REQUEST");
    refusedQuickly(
        client, "[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8), "MALFORMED_REQUEST");
  }

  @Test
  void duplicateFieldsByTheThousandAreOneFieldOrTooMany() {
    HttpClients client = open();

    refusedQuickly(client, "{" + " who".repeat(4_000) + "}", "LIMIT_EXCEEDED");
    assertThat(post(
                client,
                ("{\"query\":\"{" + " who".repeat(900) + "}\"}").getBytes(StandardCharsets.UTF_8))
            .body())
        .isEqualTo("{\"data\":{\"who\":\"nobody\"}}");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] body = "{\"query\":\"{who #?\\n}\"}".getBytes(StandardCharsets.US_ASCII);
    for (int bad : new int[] {0x80, 0xC3, 0xFF, 0xED}) {
      byte[] broken = body.clone();
      broken[16] = (byte) bad;
      if (opened != null) {
        opened.close();
      }
      refusedQuickly(open(), broken, "MALFORMED_REQUEST");
    }
  }

  @Test
  void anOperationThatIsNotNamedAmongSeveralOrNotThereIsRefused() {
    HttpClients client = open();

    refusedQuickly(client, "query A { who } query B { who }", "OPERATION_NOT_FOUND");
    refusedQuickly(
        client,
        "{\"query\":\"query A { who }\",\"operationName\":\"C\"}".getBytes(StandardCharsets.UTF_8),
        "OPERATION_NOT_FOUND");
    refusedQuickly(client, "{ who } { who }", "GRAPHQL_VALIDATION_FAILED");
  }

  @Test
  void halfARequestHoldsNobodyUp() throws IOException {
    HttpClients client = open();
    try (Socket half = client.connect()) {
      half.getOutputStream()
          .write((head(100) + "{\"query\":\"{wh").getBytes(StandardCharsets.US_ASCII));
      half.getOutputStream().flush();
      served(client);
    }
    served(client);
    assertThat(opened.services.requests()).isEmpty();
  }

  @Test
  void aClientThatLeavesInMidMutationLeavesNothingHalfDone() throws Exception {
    HttpClients client = open();
    CompletableFuture<HttpServerRequest> paying = new CompletableFuture<>();
    CountDownLatch released = new CountDownLatch(1);
    opened.services.json("/reservations", "{\"id\":\"r\"}");
    opened.services.at("/payments", paying::complete);
    opened.services.at("/reservations/r", request -> {
      request.response().setStatusCode(204).end();
      released.countDown();
    });
    byte[] body =
        "{\"query\":\"mutation { buy(cart: \\\"c\\\") { id } }\"}".getBytes(StandardCharsets.UTF_8);

    HttpServerRequest payment;
    try (Socket socket = client.connect()) {
      socket.getOutputStream().write(head(body.length).getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      payment = paying.get(60, TimeUnit.SECONDS);
    }
    served(client);
    // The payment in flight is left to end, the second is not begun, and what was reserved is
    // released.
    payment.response().putHeader("content-type", "application/json").end("{\"id\":\"p\"}");
    assertThat(released.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(opened.services.requests())
        .containsExactly(
            "POST /reservations {\"cart\":\"c\"}",
            "POST /payments {\"cart\":\"c\"}",
            "DELETE /reservations/r");
  }
}
