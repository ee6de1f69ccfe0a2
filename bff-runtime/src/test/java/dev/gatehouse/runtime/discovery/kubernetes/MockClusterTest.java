package dev.gatehouse.runtime.discovery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.discovery.Registry;
import dev.gatehouse.runtime.discovery.ServiceInstance;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.SourceState.Status;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Against fabric8's mock of an API server, which keeps what its own client creates, edits and deletes, numbers the versions, selects by
 * labels and tells those who watch.
 */
class MockClusterTest {
  private final Vertx vertx = Vertx.vertx();
  private final KubernetesMockServer cluster = new KubernetesMockServer(
      new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
  private NamespacedKubernetesClient client;
  private WatchBridge bridge;

  @BeforeEach
  void start() {
    cluster.init();
    client = cluster.createClient().inNamespace("shop");
    bridge = new WatchBridge(vertx, cluster.getPort());
  }

  @AfterEach
  void stop() {
    bridge.close();
    client.close();
    cluster.destroy();
    Registry.await(vertx.close());
  }

  private Registry registry() {
    Registry registry = new Registry(
        vertx,
        ServiceLookup.of(
            new KubernetesSettings(
                bridge.url(), "shop", null, null, Duration.ofSeconds(60), Duration.ofSeconds(30)),
            "catalog"));
    registry.awaitTrue(() -> bridge.watches() == 1, "a watch");
    return registry;
  }

  private static EndpointSlice slice(String name, String service, String address, boolean ready) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("kubernetes.io/service-name", service)
        .endMetadata()
        .withAddressType("IPv4")
        .withEndpoints(new EndpointBuilder()
            .withAddresses(address)
            .withZone("eu-1a")
            .withNewConditions()
            .withReady(ready)
            .withServing(true)
            .withTerminating(!ready)
            .endConditions()
            .build())
        .withPorts(new EndpointPortBuilder().withName("http").withPort(8080).build())
        .build();
  }

  /** The mock server breaks a request off after it did what was asked for where a watch has just left it: the second time finds it there. */
  private void create(EndpointSlice slice) {
    client.resource(slice).createOr(NonDeletingOperation::update);
  }

  @Test
  void slicesThatAreCreatedEditedAndDeletedAreFollowed() {
    create(slice("catalog-a", "catalog", "10.0.0.1", true));
    create(slice("pricing-a", "pricing", "10.9.9.9", true));
    try (Registry registry = registry()) {
      registry.awaitAddresses("10.0.0.1:8080");
      assertThat(registry.instances().get(0).zone()).isEqualTo("eu-1a");

      create(slice("catalog-b", "catalog", "10.0.0.2", true));
      registry.awaitAddresses("10.0.0.1:8080", "10.0.0.2:8080");

      client.resource(slice("catalog-a", "catalog", "10.0.0.1", false)).update();
      registry.awaitTrue(
          () -> registry.instances().stream()
              .map(ServiceInstance::state)
              .toList()
              .equals(List.of(State.DRAINING, State.READY)),
          "one draining");

      client.resource(slice("catalog-a", "catalog", "10.0.0.1", true)).delete();
      registry.awaitAddresses("10.0.0.2:8080");
      assertThat(registry.state().status()).isEqualTo(Status.CURRENT);
    }
  }

  @Test
  void whatChangesWhileNobodyWatchesIsSeenByTheNextWatch() {
    create(slice("catalog-a", "catalog", "10.0.0.1", true));
    try (Registry registry = registry()) {
      registry.awaitAddresses("10.0.0.1:8080");

      bridge.endWatches();
      create(slice("catalog-b", "catalog", "10.0.0.2", true));
      registry.awaitTrue(() -> bridge.watches() == 1, "a watch again");
      create(slice("catalog-c", "catalog", "10.0.0.3", true));

      registry.awaitAddresses("10.0.0.1:8080", "10.0.0.2:8080", "10.0.0.3:8080");
    }
  }
}
