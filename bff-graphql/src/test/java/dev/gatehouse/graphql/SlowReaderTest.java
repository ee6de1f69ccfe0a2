package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static dev.gatehouse.graphql.WhenSlow.dropOldest;
import static dev.gatehouse.graphql.WhenSlow.latestOnly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.EventSource;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers are slow where a composite takes its time, or where a client does not read. */
class SlowReaderTest {
  private static final int BUFFER = 4;
  private static final String CHANGED =
      "subscription { changed(id: \"p1\") { version price { amount } } }";

  private final BlockingQueue<HttpServerRequest> prices = new LinkedBlockingQueue<>();
  private OpenedDoor door;

  @AfterEach
  void close() {
    door.close();
  }

  /** A client that is subscribed to a field whose composite waits for the test. */
  private SocketClient subscribed(GraphqlSubscription field) throws Exception {
    return subscribed(field, 1 << 20);
  }

  private SocketClient subscribed(GraphqlSubscription field, int bufferBytes) throws Exception {
    door = open(field, bufferBytes);
    door.services.at("/prices/p1", prices::add);
    SocketClient client = SocketClient.ready(door);
    client.subscribe("1", CHANGED);
    client.subscribe("2", "{ __typename }");
    client.next("next");
    client.next("complete");
    return client;
  }

  private static OpenedDoor open(GraphqlDoor field) {
    return open(field, 1 << 20);
  }

  private static OpenedDoor open(GraphqlDoor field, int bufferBytes) {
    return OpenedDoor.open(
        field.query("who", Shop.WHO).allow(anyone()),
        settings -> settings.toBuilder()
            .graphql(settings.graphql().toBuilder()
                .subscriptions(settings
                    .graphql()
                    .subscriptions()
                    .withLimits(10, 10, BUFFER)
                    .withBufferBytes(bufferBytes))
                .build())
            .build());
  }

  private static GraphqlSubscription ofBus() {
    return graphql().subscription("changed", Feeds.OF_BUS, Feeds.CHANGED).allow(anyone());
  }

  private void publish(int from, int to) throws Exception {
    // On an event loop, so that all of them are delivered in this order.
    CompletableFuture<Void> done = new CompletableFuture<>();
    door.vertx.runOnContext(on -> {
      for (int version = from; version <= to; version++) {
        door.vertx
            .eventBus()
            .publish("changes.p1", new JsonObject().put("productId", "p1").put("version", version));
      }
      done.complete(null);
    });
    done.get(60, TimeUnit.SECONDS);
  }

  private void answer() throws InterruptedException {
    HttpServerRequest request = prices.poll(60, TimeUnit.SECONDS);
    assertThat(request).isNotNull();
    request.response().end("{\"amount\":1,\"currency\":\"EUR\"}");
  }

  private static int version(SocketClient client) throws InterruptedException {
    return client.data().getJsonObject("changed").getInteger("version");
  }

  /** Publishes one event and waits until its run is under way, and then publishes more. */
  private void publishWhileBusy(int to) throws Exception {
    publish(1, 1);
    HttpServerRequest first = prices.poll(60, TimeUnit.SECONDS);
    assertThat(first).isNotNull();
    prices.add(first);
    publish(2, to);
  }

  /** Returns once everything that was published has reached the subscription. */
  private static void arrived(SocketClient client) throws InterruptedException {
    client.subscribe("arrived", "{ __typename }");
    client.next("next");
    client.next("complete");
  }

  @Test
  void theOldestOfThoseThatWaitAreGivenUp() throws Exception {
    SocketClient client = subscribed(ofBus().whenSlow(dropOldest(3)));

    publishWhileBusy(10);
    arrived(client);

    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      answer();
      seen.add(version(client));
    }
    assertThat(seen).containsExactly(1, 8, 9, 10);
    assertThat(door.metrics.scrape().orElseThrow())
        .contains(
            "gatehouse_subscriptions_events_total{bff=\"test\",door=\"graphql\",outcome=\"dropped\",route=\"subscription changed\"} 6");
  }

  @Test
  void onlyTheLatestOfThoseThatWaitIsTold() throws Exception {
    SocketClient client = subscribed(ofBus().whenSlow(latestOnly()));

    publishWhileBusy(10);
    arrived(client);

    answer();
    assertThat(version(client)).isEqualTo(1);
    answer();
    assertThat(version(client)).isEqualTo(10);
  }

  @Test
  void noMoreBytesWaitThanMayHoweverFewTheEvents() throws Exception {
    int two = new JsonObject().put("productId", "p1").put("version", 1).encode().length() + 1;
    SocketClient client = subscribed(ofBus().whenSlow(dropOldest(100)), two);

    publishWhileBusy(9);
    arrived(client);

    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      answer();
      seen.add(version(client));
    }
    assertThat(seen).containsExactly(1, 8, 9);
  }

  @Test
  void eventsThatMayNotBeGivenUpAndTakeTooManyBytesEndTheSubscription() throws Exception {
    SocketClient client = subscribed(ofBus(), 1);

    publishWhileBusy(3);

    assertThat(client.errorCode()).isEqualTo("TOO_SLOW");
  }

  @Test
  void aSubscriptionWhoseEventsMayNotBeGivenUpIsClosed() throws Exception {
    SocketClient client = subscribed(ofBus().whenSlow(WhenSlow.close()));

    publishWhileBusy(10);

    assertThat(client.errorCode()).isEqualTo("TOO_SLOW");
    client.subscribe("3", "{ __typename }");
    client.next("next");
  }

  @Test
  void theEventBusCannotWait() throws Exception {
    SocketClient client = subscribed(ofBus());

    publishWhileBusy(10);

    assertThat(client.errorCode()).isEqualTo("TOO_SLOW");
  }

  @Test
  void asManyAsTheBufferHoldsWait() throws Exception {
    SocketClient client = subscribed(ofBus());

    publishWhileBusy(1 + BUFFER);
    arrived(client);

    for (int version = 1; version <= 1 + BUFFER; version++) {
      answer();
      assertThat(version(client)).isEqualTo(version);
    }
  }

  @Test
  void aServiceIsNotReadFromWhileEventsWait() throws Exception {
    Feeds.Stream stream = new Feeds.Stream();
    door =
        open(graphql().subscription("changed", Feeds.OF_SERVICE, Feeds.CHANGED).allow(anyone()));
    door.services.at("/prices/p1", prices::add);
    door.services.at("/changes/p1", stream::accept);
    SocketClient client = SocketClient.ready(door);
    client.subscribe("1", CHANGED);
    HttpServerRequest upstream = stream.opened();
    String padding = ":" + "x".repeat(8_000) + "\n";
    int many = 2_000;
    CompletableFuture<Boolean> full = new CompletableFuture<>();
    for (int version = 1; version <= many; version++) {
      upstream.response().write(padding + Feeds.event(version));
    }
    // More than what the buffers of two sockets hold stays where it came from.
    door.vertx.setTimer(300, later -> full.complete(upstream.response().writeQueueFull()));
    assertThat(full.get(60, TimeUnit.SECONDS)).isTrue();

    door.services.json("/prices/p1", "{\"amount\":1,\"currency\":\"EUR\"}");
    answer();

    for (int version = 1; version <= many; version++) {
      assertThat(version(client)).isEqualTo(version);
    }
  }

  @Test
  void aPublisherIsNotAskedForMoreThanIsReadAndEverythingArrivesInTheEnd() throws Exception {
    Numbers numbers = new Numbers();
    EventSource<Nothing, String> source =
        EventSource.inJava("numbers", String.class, () -> numbers);
    Composite<String, String> same = Composite.named("Same", String.class, text -> text);
    door = open(graphql().subscription("text", source, same).allow(anyone()));
    SocketClient client = SocketClient.ready(door);
    client.socket().pause();
    client.subscribe("1", "subscription { text }");

    // Sockets hold some megabytes; then nothing more is asked for.
    long before = -1;
    for (long asked = numbers.given.get(); asked != before || asked < 20; ) {
      before = asked;
      CompletableFuture<Void> later = new CompletableFuture<>();
      door.vertx.setTimer(300, on -> later.complete(null));
      later.get(60, TimeUnit.SECONDS);
      asked = numbers.given.get();
    }
    long stuck = numbers.given.get();
    assertThat(stuck).isLessThan(Numbers.MOST);

    client.socket().resume();
    for (int i = 0; i < Numbers.MOST; i++) {
      assertThat(client.data().getString("text")).startsWith(i + ":");
    }
    client.next("complete");
  }

  @Test
  void aClientThatNeverReadsIsGivenUp() throws Exception {
    Numbers numbers = new Numbers();
    EventSource<Nothing, String> source =
        EventSource.inJava("numbers", String.class, () -> numbers);
    Composite<String, String> same = Composite.named("Same", String.class, text -> text);
    door = OpenedDoor.open(
        graphql()
            .query("who", Shop.WHO)
            .allow(anyone())
            .subscription("text", source, same)
            .allow(anyone()),
        settings -> settings.toBuilder()
            .graphql(settings.graphql().toBuilder()
                .subscriptions(settings
                    .graphql()
                    .subscriptions()
                    .withTimes(
                        java.time.Duration.ofSeconds(3),
                        java.time.Duration.ofMillis(200),
                        java.time.Duration.ofMinutes(1)))
                .build())
            .build());
    SocketClient client = SocketClient.ready(door);
    client.socket().pause();
    client.subscribe("1", "subscription { text }");

    numbers.cancelled.get(60, TimeUnit.SECONDS);
  }

  /** Large events with numbers, given as soon as they are asked for. */
  private static final class Numbers implements Flow.Publisher<String> {
    static final int MOST = 400;
    private static final String PADDING = "x".repeat(100_000);

    final AtomicLong given = new AtomicLong();
    final CompletableFuture<Void> cancelled = new CompletableFuture<>();

    @Override
    public void subscribe(Flow.Subscriber<? super String> subscriber) {
      subscriber.onSubscribe(new Flow.Subscription() {
        @Override
        public void request(long more) {
          for (long i = 0; i < more; i++) {
            long number = given.getAndIncrement();
            if (number < MOST) {
              subscriber.onNext(number + ":" + PADDING);
            }
            if (number == MOST - 1) {
              subscriber.onComplete();
            }
          }
        }

        @Override
        public void cancel() {
          cancelled.complete(null);
        }
      });
    }
  }
}
