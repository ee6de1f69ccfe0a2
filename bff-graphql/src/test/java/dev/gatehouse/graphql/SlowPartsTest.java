package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.JavaOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in many parts to clients that do not read, of which the first part is more than what sockets hold. */
@Timeout(30)
class SlowPartsTest {
  private static final int LARGE = 24_000_000;
  private static final int PARTS = 20;

  private final List<CompletableFuture<String>> texts = IntStream.range(0, PARTS)
      .mapToObj(part -> new CompletableFuture<String>())
      .toList();
  private final JavaOperation<Integer, String> text =
      Operation.inJava("text", Integer.class, String.class, texts::get);
  private final Composite<Integer, String> field =
      Composite.named("Text", Integer.class, part -> text.call(part));
  private OpenedDoor door;

  @AfterEach
  void close() {
    door.close();
  }

  private void open(Duration keepAlive) {
    door = OpenedDoor.open(
        graphql().query("text", field).allow(anyone()).argument("part"),
        settings -> settings.toBuilder()
            .graphql(settings.graphql().toBuilder()
                .subscriptions(settings
                    .graphql()
                    .subscriptions()
                    .withTimes(Duration.ofSeconds(3), keepAlive, Duration.ofMinutes(1)))
                .build())
            .build());
  }

  /** Asks for all texts, each but the first in a part of its own, and lets them come one by one. */
  private Socket ask(String accept) throws Exception {
    StringBuilder query = new StringBuilder("{ t0: text(part: 0)");
    for (int part = 1; part < PARTS; part++) {
      query.append(
          " ... @defer(label: \"" + part + "\") { t" + part + ": text(part: " + part + ") }");
    }
    String body = new JsonObject().put("query", query.append(" }").toString()).encode();
    Socket socket = new Socket();
    socket.setReceiveBufferSize(16 << 10);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress("127.0.0.1", door.client().port()));
    socket
        .getOutputStream()
        .write(("POST /graphql HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
                + "content-type: application/json\r\naccept: " + accept + "\r\ncontent-length: "
                + body.length() + "\r\n\r\n" + body)
            .getBytes(StandardCharsets.US_ASCII));
    texts.get(0).complete("x".repeat(LARGE));
    assertThat(socket.getInputStream().readNBytes(1_000)).hasSize(1_000);
    for (int part = 1; part < PARTS; part++) {
      texts.get(part).complete("text " + part);
      later();
    }
    return socket;
  }

  private void later() throws Exception {
    CompletableFuture<Void> later = new CompletableFuture<>();
    door.vertx.setTimer(50, on -> later.complete(null));
    later.get(60, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {PartsClient.V02, "text/event-stream"})
  void aClientThatNeverReadsIsGivenUp(String accept) throws Exception {
    open(Duration.ofMillis(200));
    try (Socket socket = ask(accept)) {
      while (!door.metrics.scrape().orElseThrow().contains("status=\"4xx\"")) {
        later();
      }
      // The connection has ended: not all of it is there to be read.
      assertThat(read(socket)).doesNotContain("\"text 19\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PartsClient.V02, "text/event-stream"})
  void aClientThatReadsLateGetsEverything(String accept) throws Exception {
    open(Duration.ofSeconds(30));
    try (Socket socket = ask(accept)) {
      assertThat(read(socket)).contains("\"text 1\"", "\"text 19\"", "\"hasNext\":false");
    }
  }

  /** The last of what is read until the end, in order or not. */
  private static String read(Socket socket) throws IOException {
    byte[] buffer = new byte[64 << 10];
    StringBuilder all = new StringBuilder();
    try {
      for (int some = 0; some >= 0; some = socket.getInputStream().read(buffer)) {
        all.append(new String(buffer, 0, some, StandardCharsets.US_ASCII));
        all.delete(0, Math.max(0, all.length() - 20_000));
      }
    } catch (SocketException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
    return all.toString();
  }
}
