package dev.gatehouse.runtime.discovery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.discovery.Registry;
import dev.gatehouse.runtime.discovery.ScriptedRegistry;
import dev.gatehouse.runtime.discovery.ServiceInstance;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.SourceState.Status;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that lists and watches as an API server does: chunks of lines that hold one event each. */
class KubernetesSourceTest {
  private final Vertx vertx = Vertx.vertx();
  private final ScriptedRegistry server = new ScriptedRegistry(vertx);
  private final TreeMap<String, JsonObject> slices = new TreeMap<>();
  private final List<HttpServerResponse> watches = new ArrayList<>();
  private long version = 100;

  @TempDir
  private Path directory;

  @AfterEach
  void stop() {
    server.close();
    Registry.await(vertx.close());
  }

  private ServiceLookup lookup() {
    return ServiceLookup.of(
            new KubernetesSettings(
                server.url(), "shop", null, null, Duration.ofSeconds(60), Duration.ofSeconds(30)),
            "catalog")
        .withStartTimeout(Duration.ofMillis(500));
  }

  private static JsonObject endpoint(String address) {
    return new JsonObject().put("addresses", new JsonArray().add(address));
  }

  private static JsonObject slice(String name, JsonObject... endpoints) {
    return new JsonObject()
        .put("metadata", new JsonObject().put("name", name))
        .put("addressType", "IPv4")
        .put("endpoints", new JsonArray(List.of(endpoints)))
        .put(
            "ports",
            new JsonArray()
                .add(new JsonObject().put("name", "http").put("port", 8080))
                .add(new JsonObject().put("name", "admin").put("port", 9090)));
  }

  private synchronized void serve(HttpServerRequest request) {
    if (request.getParam("watch") == null) {
      request
          .response()
          .end(new JsonObject()
              .put("metadata", new JsonObject().put("resourceVersion", "" + version))
              .put("items", new JsonArray(List.copyOf(slices.values())))
              .toBuffer());
    } else {
      HttpServerResponse response = request.response().setChunked(true);
      response.writeHead();
      watches.add(response);
    }
  }

  private synchronized void event(String type, JsonObject object) {
    version++;
    object.getJsonObject("metadata").put("resourceVersion", "" + version);
    String name = object.getJsonObject("metadata").getString("name");
    if (type.equals("DELETED")) {
      slices.remove(name);
    } else if (name != null) {
      slices.put(name, object);
    }
    send(new JsonObject().put("type", type).put("object", object).encode() + "\n");
  }

  /** In pieces, as a network may deliver it. */
  private synchronized void send(String line) {
    for (HttpServerResponse watch : watches) {
      Buffer whole = Buffer.buffer(line);
      int half = whole.length() / 2;
      watch.write(whole.getBuffer(0, half));
      watch.write(whole.getBuffer(half, whole.length()));
    }
  }

  private synchronized void endWatches() {
    watches.forEach(HttpServerResponse::end);
    watches.clear();
  }

  private synchronized int watching() {
    return watches.size();
  }

  private Registry watchedRegistry(ServiceLookup lookup) {
    server.answer(this::serve);
    Registry registry = new Registry(vertx, lookup);
    registry.awaitTrue(() -> watching() == 1, "a watch");
    return registry;
  }

  @Test
  void slicesAreListedThenWatched() {
    slices.put("a", slice("a", endpoint("10.0.0.1")));
    slices.put("b", slice("b", endpoint("10.0.0.2")));
    try (Registry registry = watchedRegistry(lookup())) {
      registry.awaitAddresses("10.0.0.1:8080", "10.0.0.2:8080");
      event("ADDED", slice("c", endpoint("10.0.0.3")));
      registry.awaitAddresses("10.0.0.1:8080", "10.0.0.2:8080", "10.0.0.3:8080");
      event("MODIFIED", slice("a", endpoint("10.0.0.4")));
      registry.awaitAddresses("10.0.0.2:8080", "10.0.0.3:8080", "10.0.0.4:8080");
      event("DELETED", slice("b"));
      registry.awaitAddresses("10.0.0.3:8080", "10.0.0.4:8080");

      assertThat(server.asked().get(0))
          .isEqualTo("/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices"
              + "?labelSelector=kubernetes.io%2Fservice-name%3Dcatalog&limit=500");
      assertThat(server.asked().get(1))
          .contains("&watch=1&allowWatchBookmarks=true&resourceVersion=100&timeoutSeconds=60");
    }
  }

  @Test
  void conditionsZonesAndPortsAreRead() {
    slices.put(
        "a",
        slice(
            "a",
            endpoint("10.0.0.1")
                .put("zone", "eu-1a")
                .put("nodeName", "n1")
                .put("targetRef", new JsonObject().put("name", "catalog-1")),
            endpoint("10.0.0.2").put("conditions", new JsonObject().put("ready", false)),
            endpoint("10.0.0.3")
                .put(
                    "conditions",
                    new JsonObject()
                        .put("ready", false)
                        .put("serving", true)
                        .put("terminating", true)),
            endpoint("10.0.0.4")
                .put(
                    "conditions",
                    new JsonObject()
                        .put("ready", false)
                        .put("serving", false)
                        .put("terminating", true))));
    slices.put("six", slice("six", endpoint("fd00::1")).put("addressType", "IPv6"));
    try (Registry registry = watchedRegistry(lookup().withPort("admin"))) {
      registry.awaitAddresses("10.0.0.1:9090", "10.0.0.2:9090", "10.0.0.3:9090", "10.0.0.4:9090");
      assertThat(registry.instances().stream().map(ServiceInstance::state))
          .containsExactly(State.READY, State.NOT_READY, State.DRAINING, State.NOT_READY);
      assertThat(registry.instances().get(0).zone()).isEqualTo("eu-1a");
      assertThat(registry.instances().get(0).labels())
          .containsEntry("node", "n1")
          .containsEntry("pod", "catalog-1");
    }
  }

  @Test
  void aPortThatIsNotThereIsToldWithThoseThatAre() {
    slices.put("a", slice("a", endpoint("10.0.0.1")));
    try (Registry registry = watchedRegistry(lookup().withPort("grpc"))) {
      registry.awaitTrue(() -> registry.state().problem() != null, "a problem");
      assertThat(registry.state().problem())
          .contains("EndpointSlice a: port grpc (expected: one of http, admin)");
    }
  }

  @Test
  void aWatchThatEndsIsBegunAnewFromTheVersionOfItsLastBookmark() {
    slices.put("a", slice("a", endpoint("10.0.0.1")));
    try (Registry registry = watchedRegistry(lookup())) {
      registry.awaitAddresses("10.0.0.1:8080");
      send(new JsonObject()
              .put("type", "BOOKMARK")
              .put(
                  "object",
                  new JsonObject().put("metadata", new JsonObject().put("resourceVersion", "777")))
              .encode()
          + "\n");
      endWatches();
      registry.awaitTrue(() -> watching() == 1, "another watch");
      assertThat(server.asked().get(2)).contains("resourceVersion=777");
      assertThat(registry.state().status()).isEqualTo(Status.CURRENT);
      event("MODIFIED", slice("a", endpoint("10.0.0.2")));
      registry.awaitAddresses("10.0.0.2:8080");
    }
  }

  @Test
  void aVersionThatIsGoneHasEverythingListedAgain() {
    slices.put("a", slice("a", endpoint("10.0.0.1")));
    try (Registry registry = watchedRegistry(lookup())) {
      registry.awaitAddresses("10.0.0.1:8080");
      synchronized (this) {
        slices.put("a", slice("a", endpoint("10.0.0.2")));
      }
      send(
          "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\"}}\n");
      registry.awaitAddresses("10.0.0.2:8080");
      assertThat(registry.state().status()).isEqualTo(Status.CURRENT);
    }
  }

  @Test
  void aServerThatGoesAwayLeavesTheLastKnownGoodUntilItIsBack() {
    slices.put("a", slice("a", endpoint("10.0.0.1")));
    try (Registry registry = watchedRegistry(lookup())) {
      registry.awaitAddresses("10.0.0.1:8080");
      server.stop();
      registry.awaitStatus(Status.STALE);
      assertThat(registry.addresses()).hasSize(1);
      synchronized (this) {
        watches.clear();
      }
      server.start();
      registry.awaitTrue(() -> watching() == 1, "another watch");
      event("MODIFIED", slice("a", endpoint("10.0.0.2")));
      registry.awaitAddresses("10.0.0.2:8080");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "{\"type\":\"ADDED\",\"object\":7}",
        "{\"type\":\"ADDED\",\"object\":{}}",
        "{\"type\":\"SURPRISE\",\"object\":{}}",
        "{}"
      })
  void anEventThatIsNoneHasEverythingListedAgain(String nonsense) {
    slices.put("a", slice("a", endpoint("10.0.0.1")));
    try (Registry registry = watchedRegistry(lookup())) {
      registry.awaitAddresses("10.0.0.1:8080");
      synchronized (this) {
        send(nonsense + "\n");
        watches.clear();
      }
      registry.awaitTrue(() -> watching() == 1, "another watch");
      assertThat(registry.addresses()).hasSize(1);
      event("MODIFIED", slice("a", endpoint("10.0.0.2")));
      registry.awaitAddresses("10.0.0.2:8080");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "nothing", "{\"items\": 3}", "{\"items\": [3]}", "{\"items\": [{}]}"})
  void aListThatIsNoneIsAFailure(String nonsense) {
    server.answer(request -> request.response().end(nonsense));
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitTrue(() -> registry.state().problem() != null, "a problem");
      assertThat(registry.state().problem()).contains("not a list of EndpointSlices");
    }
  }

  @Test
  void aTokenThatIsRotatedIsReadAgain() throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "one\n");
    server.answer(this::serve);
    ServiceLookup lookup = ServiceLookup.of(
            new KubernetesSettings(
                server.url(),
                null,
                token.toString(),
                null,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30)),
            "shop/catalog")
        .withStartTimeout(Duration.ofSeconds(10));
    try (Registry registry = new Registry(vertx, lookup)) {
      registry.awaitTrue(() -> watching() == 1, "a watch");
      Files.writeString(token, "two");
      endWatches();
      registry.awaitTrue(() -> watching() == 1, "another watch");
      assertThat(server.tokens()).containsExactly("Bearer one", "Bearer one", "Bearer two");
    }
  }

  @Test
  void pagesOfAListAreReadToTheEnd() {
    server.answer(request -> {
      if (request.getParam("watch") != null) {
        serve(request);
      } else {
        boolean second = request.getParam("continue") != null;
        JsonObject metadata = new JsonObject().put("resourceVersion", "5");
        if (!second) {
          metadata.put("continue", "to/be=continued");
        }
        request
            .response()
            .end(new JsonObject()
                .put("metadata", metadata)
                .put(
                    "items",
                    new JsonArray()
                        .add(slice(second ? "b" : "a", endpoint(second ? "10.0.0.2" : "10.0.0.1"))))
                .toBuffer());
      }
    });
    try (Registry registry = new Registry(vertx, lookup())) {
      registry.awaitAddresses("10.0.0.1:8080", "10.0.0.2:8080");
      assertThat(server.asked().get(1)).endsWith("&continue=to%2Fbe%3Dcontinued");
    }
  }
}
