package dev.gatehouse.runtime.discovery.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.discovery.Registry;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.SourceState.Status;
import dev.gatehouse.runtime.discovery.TestProcess;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real Redis. */
class RedisSourceTest {
  private static final String KEY = RedisSettings.PREFIX + "catalog";

  private final Vertx vertx = Vertx.vertx();
  private final int port = TestProcess.freePort();
  private TestProcess server;
  private Redis redis;

  @BeforeEach
  void start() {
    TestProcess.needs("redis-server", "redis-server");
    server = TestProcess.listening(
        port,
        "redis-server",
        "--port",
        "" + port,
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no");
    redis = Redis.createClient(vertx, url());
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
    Registry.await(vertx.close());
  }

  private String url() {
    return "redis://127.0.0.1:" + port;
  }

  private ServiceLookup lookup() {
    return ServiceLookup.of(
            new RedisSettings(
                url(), RedisSettings.PREFIX, Duration.ofMillis(50), Duration.ofSeconds(30)),
            "catalog")
        .withStartTimeout(Duration.ofMillis(500));
  }

  private void command(Command command, Object... arguments) {
    Request request = Request.cmd(command);
    for (Object argument : arguments) {
      request.arg(String.valueOf(argument));
    }
    Registry.await(redis.send(request));
  }

  private static long inSeconds(int seconds) {
    return System.currentTimeMillis() / 1000 + seconds;
  }

  @Test
  void instancesLiveUntilTheirScore() {
    command(Command.ZADD, KEY, "+inf", "http://10.0.0.1:1");
    command(
        Command.ZADD,
        KEY,
        inSeconds(600),
        "{\"url\": \"http://10.0.0.2:2\", \"weight\": 3, \"zone\": \"a\", \"labels\": {\"v\": 2}, \"state\": \"draining\"}");
    command(Command.ZADD, KEY, inSeconds(-1), "http://10.0.0.3:3");
    command(Command.ZADD, KEY, inSeconds(600), "http://10.0.0.4:4");
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:1", "10.0.0.2:2", "10.0.0.4:4");
      var second = registry.instances().get(1);
      assertThat(second.weight()).isEqualTo(3);
      assertThat(second.zone()).isEqualTo("a");
      assertThat(second.labels()).isEqualTo(Map.of("v", "2"));
      assertThat(second.state()).isEqualTo(State.DRAINING);

      command(Command.ZADD, KEY, inSeconds(1), "http://10.0.0.4:4");
      registry.awaitAddresses("10.0.0.1:1", "10.0.0.2:2");
      command(Command.ZREM, KEY, "http://10.0.0.1:1");
      registry.awaitAddresses("10.0.0.2:2");
    }
  }

  @Test
  void aServerThatIsRestartedEmptyDoesNotEmptyASet() {
    command(Command.ZADD, KEY, "+inf", "http://10.0.0.1:1");
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:1");
      server.stop();
      registry.awaitStatus(Status.STALE);
      server.start();
      registry.awaitTrue(
          () -> "tells of no instance".equals(registry.state().problem()), "an empty answer");
      assertThat(registry.addresses()).containsExactly("10.0.0.1:1");
      redis = Redis.createClient(vertx, url());
      command(Command.ZADD, KEY, "+inf", "http://10.0.0.1:2");
      registry.awaitAddresses("10.0.0.1:2");
    }
  }

  @Test
  void nonsenseIsLeftOut() {
    command(Command.ZADD, KEY, "+inf", "http://10.0.0.1:1");
    command(Command.ZADD, KEY, "+inf", "{\"url\": 7}");
    command(Command.ZADD, KEY, "+inf", "{");
    command(Command.ZADD, KEY, "+inf", "x".repeat(100_000));
    command(Command.ZADD, KEY, "+inf", "http://10.0.0.1:70000");
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:1");
      assertThat(registry.state().leftOut()).isEqualTo(4);
    }
  }

  @Test
  void whatIsNullIsNotGiven() {
    command(Command.ZADD, KEY, "+inf", "http://10.0.0.1:1");
    command(
        Command.ZADD,
        KEY,
        "+inf",
        "{\"url\":\"http://10.0.0.2:2\",\"weight\":null,\"zone\":null,\"labels\":null,\"state\":null}");
    command(Command.ZADD, KEY, "+inf", "{\"url\":null}");
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:1", "10.0.0.2:2");
      assertThat(registry.instances().get(1).weight()).isEqualTo(1);
      assertThat(registry.instances().get(1).state()).isEqualTo(State.READY);
      assertThat(registry.state().leftOut()).isEqualTo(1);
      assertThat(registry.state().status()).isEqualTo(Status.CURRENT);
    }
  }

  @Test
  void aKeyOfAnotherTypeIsThatServicesFailure() {
    command(Command.ZADD, KEY, "+inf", "http://10.0.0.1:1");
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:1");
      command(Command.SET, KEY, "7");
      registry.awaitTrue(
          () -> String.valueOf(registry.state().problem()).contains("WRONGTYPE"), "a problem");
      assertThat(registry.addresses()).containsExactly("10.0.0.1:1");
    }
  }

  @Test
  void aServerThatIsNotThereYetIsWaitedForWithoutShowingThePassword() {
    server.stop();
    ServiceLookup lookup = ServiceLookup.of(
            new RedisSettings(
                "redis://:s3cret@127.0.0.1:" + port,
                RedisSettings.PREFIX,
                Duration.ofMillis(50),
                Duration.ofSeconds(30)),
            "catalog")
        .withStartTimeout(Duration.ofMillis(100));
    try (Registry registry = new Registry(vertx, lookup)) {
      registry.awaitTrue(() -> registry.state().problem() != null, "a problem");
      assertThat(registry.state().problem()).startsWith("Redis at redis://127.0.0.1:" + port);
      assertThat(registry.state().problem()).doesNotContain("s3cret");
    }
  }
}
