package dev.gatehouse.runtime.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.discovery.SourceState.Status;
import dev.gatehouse.runtime.discovery.consul.ConsulSettings;
import dev.gatehouse.runtime.discovery.kubernetes.KubernetesSettings;
import dev.gatehouse.runtime.discovery.redis.RedisSettings;
import dev.gatehouse.runtime.discovery.zookeeper.ZookeeperSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Registries that take a question and say nothing, or say it so slowly that they never end. */
class SlowRegistryTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger open = new AtomicInteger();

  @AfterEach
  void stop() {
    Registry.await(vertx.close());
  }

  private static ServiceLookup lookup(SourceSettings source) {
    return ServiceLookup.of(source, "catalog").withStartTimeout(Duration.ofMillis(1));
  }

  /** Holds what comes, for as long as whoever sent it likes. */
  private void hold(HttpServerRequest request) {
    open.incrementAndGet();
    request.connection().closeHandler(closed -> open.decrementAndGet());
  }

  private void trickle(HttpServerRequest request) {
    hold(request);
    HttpServerResponse response = request.response().setChunked(true);
    long timer = vertx.setPeriodic(20, tick -> response.write(" "));
    response.closeHandler(closed -> vertx.cancelTimer(timer));
  }

  private static void instances(HttpServerRequest request, String index, String... addresses) {
    JsonArray entries = new JsonArray();
    for (String address : addresses) {
      entries.add(new JsonObject()
          .put("Node", new JsonObject().put("Address", address))
          .put("Service", new JsonObject().put("Address", address).put("Port", 80)));
    }
    request.response().putHeader("X-Consul-Index", index).end(entries.toBuffer());
  }

  @Test
  void anAgentThatSaysNothingLeavesWhatIsKnown() {
    try (ScriptedRegistry agent = new ScriptedRegistry(vertx)) {
      agent.answer(request -> instances(request, "7", "10.0.0.1"));
      try (Registry registry = new Registry(
          vertx,
          lookup(
              new ConsulSettings(agent.url(), null, null, null, Duration.ofMillis(100), SHORT)))) {
        registry.awaitAddresses("10.0.0.1:80");

        agent.answer(this::hold);
        registry.awaitStatus(Status.STALE);
        assertThat(registry.state().problem()).contains("no answer within 4").endsWith(" ms");
        assertThat(registry.addresses()).containsExactly("10.0.0.1:80");

        agent.answer(this::trickle);
        int before = agent.asked().size();
        registry.awaitTrue(() -> agent.asked().size() > before + 2, "questions though none ends");
        assertThat(registry.addresses()).containsExactly("10.0.0.1:80");

        agent.answer(request -> instances(request, "8", "10.0.0.2"));
        registry.awaitAddresses("10.0.0.2:80");
        registry.awaitStatus(Status.CURRENT);
      }
      awaitNoneOpen();
    }
  }

  @Test
  void aServerWhoseWatchFallsSilentIsAskedAgain() {
    try (ScriptedRegistry server = new ScriptedRegistry(vertx)) {
      server.answer(request -> {
        if (request.getParam("watch") == null) {
          request.response().end(slices("10.0.0.1").toBuffer());
        } else {
          hold(request);
          request.response().setChunked(true).writeHead();
        }
      });
      try (Registry registry = new Registry(
          vertx,
          lookup(new KubernetesSettings(
              server.url(), "shop", null, null, Duration.ofSeconds(1), SHORT)))) {
        registry.awaitAddresses("10.0.0.1:80");
        registry.awaitStatus(Status.STALE);
        assertThat(registry.state().problem()).endsWith("no answer within 1300 ms");
        assertThat(registry.addresses()).containsExactly("10.0.0.1:80");

        server.answer(request -> request
            .response()
            .end(
                request.getParam("watch") == null
                    ? slices("10.0.0.2").toBuffer()
                    : new JsonObject()
                        .put("type", "ADDED")
                        .put("object", slice("10.0.0.2"))
                        .toBuffer()
                        .appendString("\n")));
        registry.awaitAddresses("10.0.0.2:80");
        registry.awaitStatus(Status.CURRENT);
      }
      awaitNoneOpen();
    }
  }

  @Test
  void aServerThatNeverListsIsNoReasonToWaitWithTheStart() {
    try (ScriptedRegistry server = new ScriptedRegistry(vertx)) {
      server.answer(this::trickle);
      try (Registry registry = new Registry(
          vertx,
          lookup(new KubernetesSettings(
              server.url(), "shop", null, null, Duration.ofSeconds(1), SHORT)))) {
        assertThat(registry.addresses()).isEmpty();
        registry.awaitTrue(
            () -> String.valueOf(registry.state().problem()).endsWith("no answer within 300 ms"),
            "a problem");
        assertThat(registry.state().status()).isEqualTo(Status.WAITING);

        server.answer(request -> request.response().end(slices("10.0.0.1").toBuffer()));
        registry.awaitAddresses("10.0.0.1:80");
      }
      awaitNoneOpen();
    }
  }

  private static JsonObject slices(String address) {
    return new JsonObject()
        .put("metadata", new JsonObject().put("resourceVersion", "1"))
        .put("items", new JsonArray().add(slice(address)));
  }

  private static JsonObject slice(String address) {
    return new JsonObject()
        .put("metadata", new JsonObject().put("name", "catalog-a").put("resourceVersion", "2"))
        .put("ports", new JsonArray().add(new JsonObject().put("name", "http").put("port", 80)))
        .put(
            "endpoints",
            new JsonArray().add(new JsonObject().put("addresses", new JsonArray().add(address))));
  }

  @Test
  void aRedisThatSaysNothingIsAFailureAndLeavesNoConnection() {
    NetServer silent = silent();
    try (Registry registry = new Registry(
        vertx,
        lookup(new RedisSettings(
            "redis://127.0.0.1:" + silent.actualPort(),
            RedisSettings.PREFIX,
            Duration.ofMillis(50),
            SHORT)))) {
      registry.awaitTrue(() -> registry.state().failures() > 1, "failures");
      assertThat(registry.state().status()).isEqualTo(Status.WAITING);
      assertThat(registry.state().problem())
          .startsWith("Redis at redis://127.0.0.1:" + silent.actualPort());
    }
    awaitNoneOpen();
  }

  @Test
  void aZookeeperThatSaysNothingIsAFailureAndLeavesNoConnection() {
    NetServer silent = silent();
    try (Registry registry = new Registry(
        vertx,
        lookup(new ZookeeperSettings(
            "127.0.0.1:" + silent.actualPort(), "/services", Duration.ofSeconds(1))))) {
      registry.awaitTrue(() -> registry.state().problem() != null, "a problem");
      assertThat(registry.state().problem()).endsWith("no answer within 1000 ms");
      assertThat(registry.state().status()).isEqualTo(Status.WAITING);
      assertThat(registry.addresses()).isEmpty();
    }
    awaitNoneOpen();
  }

  private NetServer silent() {
    return Registry.await(vertx
        .createNetServer()
        .connectHandler(socket -> {
          open.incrementAndGet();
          socket.closeHandler(closed -> open.decrementAndGet());
        })
        .listen(0, "127.0.0.1"));
  }

  private void awaitNoneOpen() {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (open.get() > 0 && System.nanoTime() < end) {
      Registry.await(vertx.timer(10, java.util.concurrent.TimeUnit.MILLISECONDS));
    }
    assertThat(open).hasValue(0);
  }
}
