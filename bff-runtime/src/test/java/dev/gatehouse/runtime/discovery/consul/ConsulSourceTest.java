package dev.gatehouse.runtime.discovery.consul;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.discovery.Registry;
import dev.gatehouse.runtime.discovery.ScriptedRegistry;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.SourceState.Status;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that answers health questions as an agent does: at once, or when the index has moved on. */
class ConsulSourceTest {
  private final Vertx vertx = Vertx.vertx();
  private final ScriptedRegistry agent = new ScriptedRegistry(vertx);
  private final List<HttpServerRequest> waiting = new ArrayList<>();
  private long index = 10;
  private JsonArray entries = new JsonArray();

  @AfterEach
  void stop() {
    agent.close();
    Registry.await(vertx.close());
  }

  private ServiceLookup lookup() {
    return ServiceLookup.of(
            new ConsulSettings(
                agent.url(),
                "s3cret",
                "dc 1",
                null,
                Duration.ofSeconds(20),
                Duration.ofSeconds(30)),
            "cata log")
        .withStartTimeout(Duration.ofMillis(500));
  }

  private static JsonObject entry(String address, int port) {
    return new JsonObject()
        .put("Node", new JsonObject().put("Address", "10.9.9.9"))
        .put("Service", new JsonObject().put("Address", address).put("Port", port));
  }

  private synchronized void serve(HttpServerRequest request) {
    String known = request.getParam("index");
    if (known != null && Long.parseLong(known) >= index) {
      waiting.add(request);
    } else {
      send(request);
    }
  }

  private void send(HttpServerRequest request) {
    request.response().putHeader("X-Consul-Index", String.valueOf(index)).end(entries.toBuffer());
  }

  private synchronized void change(JsonObject... all) {
    index++;
    entries = new JsonArray(List.of(all));
    waiting.forEach(this::send);
    waiting.clear();
  }

  @Test
  void healthyInstancesAreFollowedByQuestionsThatWait() {
    agent.answer(this::serve);
    change(entry("10.0.0.1", 1));
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:1");
      change(entry("10.0.0.1", 1), entry("", 2));
      registry.awaitAddresses("10.0.0.1:1", "10.9.9.9:2");

      assertThat(agent.asked().get(0))
          .isEqualTo("/v1/health/service/cata%20log?passing=1&dc=dc%201");
      assertThat(agent.asked().get(1)).endsWith("&index=11&wait=20000ms");
      assertThat(agent.tokens()).containsOnly("s3cret");
    }
  }

  @Test
  void weightsZonesTagsAndMetadataArrive() {
    agent.answer(this::serve);
    JsonObject entry = entry("10.0.0.1", 1);
    entry
        .getJsonObject("Service")
        .put("Weights", new JsonObject().put("Passing", 7))
        .put("Locality", new JsonObject().put("Zone", "eu-1a"))
        .put("Tags", new JsonArray().add("version=v2").add("canary"))
        .put("Meta", new JsonObject().put("team", "shop"));
    change(entry);
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:1");
      var instance = registry.instances().get(0);
      assertThat(instance.weight()).isEqualTo(7);
      assertThat(instance.zone()).isEqualTo("eu-1a");
      assertThat(instance.labels())
          .isEqualTo(Map.of("version", "v2", "canary", "true", "team", "shop"));
    }
  }

  @Test
  void anIndexThatGoesBackIsForgotten() {
    agent.answer(this::serve);
    change(entry("10.0.0.1", 1));
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:1");
      registry.awaitTrue(() -> agent.asked().size() >= 2, "a question that waits");
      synchronized (this) {
        index = 2;
      }
      change(entry("10.0.0.1", 2));
      registry.awaitAddresses("10.0.0.1:2");
      registry.awaitTrue(
          () -> agent.asked().subList(2, agent.asked().size()).stream()
                  .noneMatch(uri -> uri.contains("index=11"))
              && agent.asked().stream().filter(uri -> !uri.contains("index")).count() >= 2,
          "a question without an index");
    }
  }

  @Test
  void anAgentThatGoesAwayLeavesTheLastKnownGoodUntilItIsBack() {
    agent.answer(this::serve);
    change(entry("10.0.0.1", 1));
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:1");
      agent.stop();
      registry.awaitStatus(Status.STALE);
      assertThat(registry.addresses()).containsExactly("10.0.0.1:1");
      assertThat(registry.state().problem()).doesNotContain("s3cret");
      waiting.clear();
      agent.start();
      change(entry("10.0.0.1", 2));
      registry.awaitAddresses("10.0.0.1:2");
      assertThat(registry.state().isStale()).isFalse();
    }
  }

  @Test
  void aServiceThatIsUnknownHasNoInstances() {
    agent.answer(this::serve);
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitStatus(Status.EMPTY);
      change(entry("10.0.0.1", 1));
      registry.awaitAddresses("10.0.0.1:1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "[1, 2]", "not json", "[{\"Service\": {\"Port\": \"x\"}}]", "[{}]", "null"})
  void nonsenseLeavesTheLastKnownGood(String nonsense) {
    agent.answer(this::serve);
    change(entry("10.0.0.1", 1));
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:1");
      agent.answer(
          request -> request.response().putHeader("X-Consul-Index", "13").end(nonsense));
      change(entry("10.0.0.1", 2));
      registry.awaitStatus(Status.STALE);
      assertThat(registry.addresses()).hasSize(1);
      agent.answer(this::serve);
      synchronized (this) {
        index = 50;
      }
      change(entry("10.0.0.1", 3));
      registry.awaitAddresses("10.0.0.1:3");
    }
  }

  @Test
  void aRefusalIsToldWithoutTheToken() {
    agent.answer(request -> request.response().setStatusCode(403).end("ACL not found"));
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitTrue(() -> registry.state().problem() != null, "a problem");
      assertThat(registry.state().problem()).contains("answered 403: ACL not found");
      assertThat(registry.endpoints().describe().encode()).doesNotContain("s3cret");
    }
  }

  @Test
  void anAgentThatAnswersAtOnceWithoutAnIndexIsNotStormed() {
    agent.answer(request ->
        request.response().end(new JsonArray().add(entry("10.0.0.1", 1)).toBuffer()));
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:1");
      int before = agent.asked().size();
      long began = System.nanoTime();
      registry.awaitTrue(() -> agent.asked().size() >= before + 3, "three more questions");
      // Between any two of them lies half a second.
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }
}
