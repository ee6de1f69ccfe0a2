package dev.gatehouse.runtime.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.servicediscovery.ServiceDiscoveryOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Another backend on the class path, {@link DiallingBackend}, is chosen where none is named. */
class DiscoveryOptionsTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void anotherBackendOnTheClassPathIsNotUsed() {
    assertThatThrownBy(() -> ServiceDiscovery.create(vertx, new ServiceDiscoveryOptions()))
        .as("the backend of this test is on the class path")
        .hasMessage(DiallingBackend.DIALLED);

    ServiceDiscovery discovery = DiscoveryOptions.discovery(vertx);

    assertThat(discovery
            .getRecords(record -> true)
            .toCompletionStage()
            .toCompletableFuture()
            .join())
        .isEmpty();
    discovery.close();
  }
}
