package dev.gatehouse.runtime.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.servicediscovery.ServiceDiscoveryOptions;
import io.vertx.servicediscovery.spi.ServiceDiscoveryBackend;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another backend that is found on the class path, {@link DiallingBackend}, is chosen where none is named. */
class DiscoveryOptionsTest {
  private final Vertx vertx = Vertx.vertx();
  private final Thread thread = Thread.currentThread();
  private final ClassLoader before = thread.getContextClassLoader();

  @TempDir
  private Path files;

  /** Found by this test alone, as others use what Vert.x finds without it. */
  @BeforeEach
  void addBackend() throws IOException {
    Path services = Files.createDirectories(files.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(ServiceDiscoveryBackend.class.getName()), DiallingBackend.class.getName());
    thread.setContextClassLoader(new URLClassLoader(new URL[] {files.toUri().toURL()}, before));
  }

  @AfterEach
  void stop() {
    thread.setContextClassLoader(before);
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
