package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.allowedIf;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.SubscriptionSettings;
import dev.gatehouse.testing.HttpClients.Reply;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks over a WebSocket whose page can set no headers. */
class SocketInitTest {
  private static final GraphqlDoor DOOR = graphql()
      .query("slow", Ticker.SLOW)
      .allow(allowedIf("signed in", request -> request.caller().known()))
      .argument("ms")
      .subscription("never", Ticker.NEVER, Ticker.SAME)
      .allow(allowedIf("signed in", request -> request.caller().known()));

  private record Known(String subject, Map<String, Object> claims) implements Caller {
    Known(String subject) {
      this(subject, Map.of("exp", 4_000_000_000L));
    }

    @Override
    public Locale locale() {
      return Locale.ROOT;
    }
  }

  private final BlockingQueue<Promise<Caller>> late = new LinkedBlockingQueue<>();
  private OpenedDoor door = open(List.of("authorization"));

  @AfterEach
  void close() {
    door.close();
  }

  private OpenedDoor open(List<String> initHeaders) {
    return OpenedDoor.open(
        DOOR,
        settings -> with(
            settings,
            settings
                .graphql()
                .subscriptions()
                .withTimes(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60))
                .withInitHeaders(initHeaders)),
        this::resolve);
  }

  private static BffSettings with(BffSettings settings, SubscriptionSettings subscriptions) {
    return settings.toBuilder()
        .graphql(settings.graphql().toBuilder().subscriptions(subscriptions).build())
        .build();
  }

  private Future<Caller> resolve(HttpServerRequest request) {
    String token = request.getHeader("authorization");
    if (token == null) {
      return Future.succeededFuture(Caller.ANONYMOUS);
    }
    assertThat(request.headers().get("Authorization")).isEqualTo(token);
    return switch (token) {
      case "Bearer ada" -> Future.succeededFuture(new Known("ada"));
      case "Bearer old" -> Future.succeededFuture(new Known("ada", Map.of("exp", 1_000_000_000)));
      case "Bearer late" -> {
        Promise<Caller> promise = Promise.promise();
        late.add(promise);
        yield promise.future();
      }
      default -> Future.failedFuture("no such token");
    };
  }

  private SocketClient init(String payload) {
    SocketClient client = SocketClient.connect(door);
    client.send("{\"type\":\"connection_init\",\"payload\":" + payload + "}");
    return client;
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization", "Authorization"})
  void aTokenInThePayloadTellsWhoAsks(String name) throws Exception {
    SocketClient client = init("{\"" + name + "\":\"Bearer ada\",\"other\":{\"any\":1}}");
    client.next("connection_ack");

    client.subscribe("1", "{ slow(ms: 1) }");

    assertThat(client.data().getInteger("slow")).isEqualTo(1);
  }

  @Test
  void withoutATokenNobodyKnownAsks() throws Exception {
    SocketClient client = init("{}");
    client.next("connection_ack");

    client.subscribe("1", "{ slow(ms: 1) }");

    assertThat(client.errorCode()).isEqualTo("FORBIDDEN");
  }

  @Test
  void aTokenThatIsRefusedClosesTheSocketAsForbidden() throws Exception {
    assertThat(init("{\"authorization\":\"Bearer eve\"}").closed()).isEqualTo(4403);
  }

  @Test
  void aSocketDoesNotOutlastWhatItsCallerHasProven() throws Exception {
    assertThat(init("{\"authorization\":\"Bearer old\"}").closed()).isEqualTo(4403);
  }

  @Test
  void anEventStreamDoesNotOutlastItEither() {
    Reply reply = door.client()
        .send(
            "POST",
            "/graphql",
            "{\"query\":\"subscription { never }\"}",
            "content-type",
            "application/json",
            "accept",
            "text/event-stream",
            "authorization",
            "Bearer old");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).doesNotContain("event: complete").doesNotContain("errors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "{}", "\"a\\nb\"", "\"caf\\u00e9\""})
  void whatCannotBeAHeaderIsABadRequest(String value) throws Exception {
    assertThat(init("{\"authorization\":" + value + "}").closed()).isEqualTo(4400);
  }

  @Test
  void operationsWaitForTheAcknowledgement() throws Exception {
    SocketClient client = init("{\"authorization\":\"Bearer late\"}");
    assertThat(late.poll(60, TimeUnit.SECONDS)).isNotNull();

    client.subscribe("1", "{ slow(ms: 1) }");

    assertThat(client.closed()).isEqualTo(4401);
  }

  @Test
  void aClientMayLeaveBeforeItIsKnownWhoItIs() throws Exception {
    SocketClient leaving = init("{\"authorization\":\"Bearer late\"}");
    Promise<Caller> promise = late.poll(60, TimeUnit.SECONDS);
    assertThat(promise).isNotNull();
    leaving.close();
    leaving.closed();
    promise.complete(new Known("ada"));

    SocketClient client = init("{\"authorization\":\"Bearer ada\"}");
    client.next("connection_ack");
  }

  @Test
  void initialisingTwiceIsRefusedEvenWhileTheFirstIsLookedInto() throws Exception {
    SocketClient client = init("{\"authorization\":\"Bearer late\"}");
    assertThat(late.poll(60, TimeUnit.SECONDS)).isNotNull();

    client.send("{\"type\":\"connection_init\"}");

    assertThat(client.closed()).isEqualTo(4429);
  }

  @Test
  void withoutTheSettingThePayloadTellsNothing() throws Exception {
    door.close();
    door = open(List.of());
    SocketClient client = init("{\"authorization\":\"Bearer eve\"}");
    client.next("connection_ack");

    client.subscribe("1", "{ slow(ms: 1) }");

    assertThat(client.errorCode()).isEqualTo("FORBIDDEN");
  }
}
