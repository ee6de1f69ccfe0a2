package dev.gatehouse.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.SubscriptionSettings;
import dev.gatehouse.runtime.door.CallerResolver;
import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sockets of clients that mean no good, or break off where one least expects it: what they held is free again. */
@Timeout(60)
class SocketAbuseTest {
  private static final CallerResolver ANYBODY = request -> Future.succeededFuture(Caller.ANONYMOUS);

  private OpenedDoor door;

  @AfterEach
  void close() {
    door.close();
  }

  private void open(UnaryOperator<SubscriptionSettings> change, CallerResolver callers) {
    door = OpenedDoor.open(
        Ticker.door(),
        settings -> with(settings, change.apply(settings.graphql().subscriptions())).toBuilder()
            .limits(settings.limits().withRequestTimeout(Duration.ofMillis(300)))
            .build(),
        callers);
  }

  private static BffSettings with(BffSettings settings, SubscriptionSettings subscriptions) {
    return settings.toBuilder()
        .graphql(settings.graphql().toBuilder().subscriptions(subscriptions).build())
        .build();
  }

  @Test
  void aClientThatPingsAndDoesNotReadIsNotReadFromAndGivenUp() throws Exception {
    open(
        settings ->
            settings.withTimes(Duration.ofSeconds(3), Duration.ofMillis(200), Duration.ofHours(1)),
        ANYBODY);
    byte[] ping = RawSocket.frame(RawSocket.PING, new byte[120]);
    byte[] pings = new byte[1_000 * ping.length];
    for (int at = 0; at < pings.length; at += ping.length) {
      System.arraycopy(ping, 0, pings, at, ping.length);
    }
    try (RawSocket socket = RawSocket.open(door)) {
      socket.send("{\"type\":\"connection_init\"}");

      assertThatThrownBy(() -> {
            for (int i = 0; i < 500; i++) {
              socket.send(pings);
            }
          })
          .isInstanceOf(IOException.class);
    }
    SocketClient other = SocketClient.ready(door);
    other.subscribe("1", "{ __typename }");
    other.next("next");
  }

  @Test
  void aHandshakeWhoseCallerCannotBeFoundOutForAFaultHoldsNoPlace() throws Exception {
    boolean[] faulty = {true};
    open(settings -> settings.withLimits(1, 10, 16), request -> {
      if (faulty[0]) {
        throw new IllegalStateException("on purpose");
      }
      return Future.succeededFuture(Caller.ANONYMOUS);
    });

    assertThat(SocketClient.connect(door).closed()).isEqualTo(4401);

    faulty[0] = false;
    SocketClient.ready(door);
  }

  @Test
  void aHandshakeWhoseCallerIsNeverFoundOutHoldsItsPlaceForTheTimeOfARequest() throws Exception {
    Promise<Caller> never = Promise.promise();
    open(settings -> settings.withLimits(1, 10, 16), request -> never.future());

    assertThat(SocketClient.connect(door).closed()).isEqualTo(4401);
    assertThat(SocketClient.connect(door).closed()).isEqualTo(4401);
  }

  @Test
  void aClientThatLeavesWhileItsCallerIsLookedForHoldsNoPlace() throws Exception {
    BlockingQueue<Promise<Caller>> asked = new LinkedBlockingQueue<>();
    CompletableFuture<Void> left = new CompletableFuture<>();
    open(settings -> settings.withLimits(1, 10, 16), request -> {
      Promise<Caller> promise = Promise.promise();
      request.connection().closeHandler(closed -> left.complete(null));
      asked.add(promise);
      return promise.future();
    });
    Promise<Caller> first;
    try (RawSocket socket = RawSocket.asked(door)) {
      first = asked.poll(60, TimeUnit.SECONDS);
    }
    left.get(60, TimeUnit.SECONDS);
    first.complete(Caller.ANONYMOUS);

    CompletableFuture<SocketClient> second =
        CompletableFuture.supplyAsync(() -> SocketClient.connect(door));
    asked.poll(60, TimeUnit.SECONDS).complete(Caller.ANONYMOUS);

    SocketClient client = second.get(60, TimeUnit.SECONDS);
    client.send("{\"type\":\"connection_init\"}");
    client.next("connection_ack");
  }
}
