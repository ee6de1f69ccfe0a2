package dev.gatehouse.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Caller;
import dev.gatehouse.runtime.BffVerticle;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.BffSettings.Listener;
import dev.gatehouse.runtime.config.SubscriptionSettings;
import dev.gatehouse.runtime.settings.GatehouseSettings;
import dev.gatehouse.testing.HttpClients;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketFrame;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the suites do not look at: rubbish, limits, origins, time, and the end. */
class SocketTest {
  private OpenedDoor door = OpenedDoor.open(Ticker.door());

  @AfterEach
  void close() {
    door.close();
  }

  private void reopen(UnaryOperator<SubscriptionSettings> change) {
    door.close();
    door = OpenedDoor.open(
        Ticker.door(),
        settings -> with(settings, change.apply(settings.graphql().subscriptions())));
  }

  private static BffSettings with(BffSettings settings, SubscriptionSettings subscriptions) {
    return settings.toBuilder()
        .graphql(settings.graphql().toBuilder().subscriptions(subscriptions).build())
        .build();
  }

  @Test
  void aBinaryMessageIsNoMessage() throws Exception {
    SocketClient client = SocketClient.ready(door);

    client.sendBinary("{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(client.closed()).isEqualTo(4400);
  }

  @Test
  void textThatIsNoUtf8IsNoMessage() throws Exception {
    byte[] text = "{\"type\":\"ping\",\"payload\":{\"a\":\"?\"}}".getBytes(StandardCharsets.UTF_8);
    text[text.length - 4] = (byte) 0xFF;

    assertThat(rawClose(RawSocket.frame(RawSocket.TEXT, text))).isEqualTo(4400);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void bytesAtRandomEndTheConnectionAndNothingElse(long seed) throws Exception {
    byte[] rubbish = new byte[4_000];
    new Random(seed).nextBytes(rubbish);

    try (RawSocket socket = RawSocket.open(door)) {
      socket.send(rubbish);
      socket.end();
    }

    SocketClient client = SocketClient.ready(door);
    client.subscribe("1", "{ __typename }");
    client.next("next");
  }

  @Test
  void aMessageMayComeInManyFrames() throws Exception {
    SocketClient client = SocketClient.ready(door);

    client.socket().writeFrame(WebSocketFrame.textFrame("{\"type\":", false));
    client.socket().writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("\"pi"), false));
    client.socket().writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("ng\"}"), true));

    client.next("pong");
  }

  @Test
  void aMessageThatIsTooLargeClosesTheSocket() throws Exception {
    door.close();
    door = OpenedDoor.open(
        Ticker.door(),
        settings -> settings.toBuilder()
            .limits(settings.limits().withMaxBodyBytes(10_000))
            .build());
    SocketClient client = SocketClient.ready(door);

    client.send("{\"type\":\"ping\",\"payload\":{\"a\":\"" + "x".repeat(10_000) + "\"}}");

    assertThat(client.closed()).isEqualTo(1009);
  }

  @Test
  void aDocumentThatIsTooLargeIsAnErrorOfItsOperation() throws Exception {
    SocketClient client = SocketClient.ready(door);

    client.subscribe("1", "{ __typename } #" + "x".repeat(40_000));

    assertThat(client.errorCode()).isEqualTo("LIMIT_EXCEEDED");
  }

  @Test
  void moreOperationsThanAllowedAreRefusedAndTheOthersGoOn() throws Exception {
    reopen(settings -> settings.withLimits(10, 2, 16));
    SocketClient client = SocketClient.ready(door);
    client.subscribe("1", "subscription { never }");
    client.subscribe("2", "subscription { never }");

    client.subscribe("3", "subscription { never }");

    assertThat(client.errorCode()).isEqualTo("LIMIT_EXCEEDED");
    client.complete("1");
    client.subscribe("3", "{ __typename }");
    client.next("next");
  }

  @Test
  void moreSocketsThanAllowedAreRefused() throws Exception {
    reopen(settings -> settings.withLimits(1, 10, 16));
    SocketClient first = SocketClient.ready(door);

    assertThat(refusal("http://127.0.0.1:" + door.client().port())).isEqualTo(503);

    first.close();
    first.closed();
    SocketClient.ready(door);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:PORT, 101",
    "https://evil.example, 403",
    "http://127.0.0.1:1, 403",
    "http://127.0.0.1, 403",
    "null, 403",
    "https://shop.example, 101",
    "HTTPS://Shop.example, 101",
    "https://shop.example:8443, 403",
    "http://shop.example, 403"
  })
  void pagesOfOtherOriginsAreRefused(String origin, int status) {
    reopen(settings -> settings.withAllowedOrigins(List.of("https://shop.example")));

    assertThat(refusal(origin.replace("PORT", Integer.toString(door.client().port()))))
        .isEqualTo(status);
  }

  @Test
  void allOriginsCanBeAllowed() {
    reopen(settings -> settings.withAllowedOrigins(List.of("*")));

    assertThat(refusal("https://evil.example")).isEqualTo(101);
  }

  /** The status of a handshake. */
  private int refusal(String origin) {
    HttpClients client = door.client();
    return client
        .raw(RawSocket.handshake(client.port(), "origin: " + origin + "\r\n"))
        .status();
  }

  @Test
  void aCallerWhoCannotBeFoundOutIsUnauthorized() throws Exception {
    door.close();
    door = OpenedDoor.open(
        Ticker.door(), settings -> settings, request -> Future.failedFuture("no token"));

    assertThat(SocketClient.connect(door).closed()).isEqualTo(4401);
  }

  @Test
  void aCallerWhoIsFoundOutLaterIsWaitedFor() throws Exception {
    door.close();
    door = OpenedDoor.open(
        Ticker.door(),
        settings -> settings,
        request -> request.response() == null
            ? Future.failedFuture("never")
            : io.vertx.core.Vertx.currentContext().owner().timer(50).map(Caller.ANONYMOUS));

    SocketClient client = SocketClient.ready(door);

    client.subscribe("1", "{ __typename }");
    client.next("next");
  }

  @Test
  void aSocketWithoutOperationsIsClosedAfterAWhile() throws Exception {
    reopen(settings ->
        settings.withTimes(Duration.ofSeconds(3), Duration.ofSeconds(12), Duration.ofMillis(100)));

    assertThat(SocketClient.ready(door).closed()).isEqualTo(1000);
  }

  @Test
  void aClientThatAnswersPingsIsKeptAndOneThatIsSilentIsNot() throws Exception {
    reopen(settings ->
        settings.withTimes(Duration.ofSeconds(3), Duration.ofMillis(100), Duration.ofMinutes(1)));
    SocketClient silent = SocketClient.ready(door);
    silent.subscribe("1", "subscription { never }");
    SocketClient lively = SocketClient.ready(door);
    lively.subscribe("1", "subscription { never }");
    long pongs = door.vertx.setPeriodic(50, tick -> lively.send("{\"type\":\"pong\"}"));

    assertThat(silent.closed()).isEqualTo(1008);

    lively.subscribe("2", "{ __typename }");
    lively.next("next");
    door.vertx.cancelTimer(pongs);
  }

  @Test
  void anInstanceThatStopsAnswersWhatIsUnderWayAndClosesItsSockets() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Bff bff = Bff.named("ticker").open(Ticker.door());
    GatehouseSettings settings = GatehouseSettings.DEFAULT
        .withWarmUp(Duration.ZERO)
        .withBff(BffSettings.named("ticker").toBuilder()
            .listener(Listener.DEFAULT.withHost("127.0.0.1").withPort(port))
            .build());
    String deployment = door.vertx
        .deployVerticle(BffVerticle.of(bff).withSettings(settings), new DeploymentOptions())
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
    SocketClient idle = SocketClient.connect(door, SocketClient.options(port));
    SocketClient busy = SocketClient.connect(door, SocketClient.options(port));
    idle.send("{\"type\":\"connection_init\"}");
    idle.next("connection_ack");
    idle.subscribe("1", "subscription { never }");
    busy.send("{\"type\":\"connection_init\"}");
    busy.next("connection_ack");
    busy.subscribe("1", "{ slow(ms: 700) }");
    busy.subscribe("2", "{ __typename }");
    busy.next("next");
    busy.next("complete");

    Future<Void> stopped = door.vertx.undeploy(deployment);

    assertThat(idle.closed()).isEqualTo(1001);
    assertThat(busy.data().getInteger("slow")).isEqualTo(700);
    busy.next("complete");
    assertThat(busy.closed()).isEqualTo(1001);
    stopped.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  @Test
  void socketsAreNoRequestsUnderWayAndARequestIsNoSocketByItsHeadersAlone() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Bff bff = Bff.named("ticker").open(Ticker.door());
    GatehouseSettings settings = GatehouseSettings.DEFAULT
        .withWarmUp(Duration.ZERO)
        .withBff(BffSettings.named("ticker").toBuilder()
            .listener(Listener.DEFAULT.withHost("127.0.0.1").withPort(port))
            .limits(BffSettings.named("ticker").limits().withMaxConcurrentRequests(1))
            .build());
    door.vertx
        .deployVerticle(BffVerticle.of(bff).withSettings(settings), new DeploymentOptions())
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
    SocketClient.connect(door, SocketClient.options(port));
    SocketClient.connect(door, SocketClient.options(port));
    String query = "{\"query\":\"{ __typename }\"}";

    assertThat(new HttpClients(port).post("/graphql", query).status()).isEqualTo(200);
    assertThat(new HttpClients(port)
            .get("/", "upgrade", "websocket", "connection", "upgrade")
            .status())
        .isEqualTo(404);
    assertThat(new HttpClients(port).post("/graphql", query).status()).isEqualTo(200);
  }

  @Test
  void aHandshakeElsewhereIsNoHandshake() {
    assertThatThrownBy(() -> SocketClient.connect(
            door, SocketClient.options(door.client().port()).setURI("/elsewhere")))
        .hasCauseInstanceOf(UpgradeRejectedException.class);
  }

  /** The code of the close frame that is sent after these bytes. */
  private int rawClose(byte[] bytes) throws Exception {
    try (RawSocket socket = RawSocket.open(door)) {
      socket.send("{\"type\":\"connection_init\"}");
      socket.send(bytes);
      return socket.closed();
    }
  }
}
