package dev.gatehouse.runtime.discovery.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.discovery.Registry;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.SourceState.Status;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSourceTest {
  private final Vertx vertx = Vertx.vertx();

  @TempDir
  private Path directory;

  @AfterEach
  void stop() {
    Registry.await(vertx.close());
  }

  private Path file(String name, String text) {
    try {
      Path written = Files.writeString(directory.resolve("new"), text);
      return Files.move(written, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private ServiceLookup lookup(Path... files) {
    return ServiceLookup.of(
            new FileSettings(
                Arrays.stream(files).map(Path::toString).toList(), Duration.ofMillis(20)),
            "catalog")
        .withStartTimeout(Duration.ofSeconds(50));
  }

  @Test
  void instancesAreThereAtTheStartWithAllThatIsSaidOfThem() {
    Path file = file("services.yaml", """
        services:
          other: [http://10.9.9.9:1]
          catalog:
            - http://10.0.0.1:8080
            - {url: "https://10.0.0.2:8443/v2", weight: 3, zone: a, labels: {version: v2}, state: draining}
        """);
    try (Registry registry = new Registry(vertx, lookup(file))) {
      assertThat(registry.addresses()).containsExactly("10.0.0.1:8080", "10.0.0.2:8443");
      var second = registry.instances().get(1);
      assertThat(second.endpoint()).hasToString("https://10.0.0.2:8443/v2");
      assertThat(second.weight()).isEqualTo(3);
      assertThat(second.zone()).isEqualTo("a");
      assertThat(second.labels()).isEqualTo(Map.of("version", "v2"));
      assertThat(second.state()).isEqualTo(State.DRAINING);
    }
  }

  @Test
  void changesAreFollowedInJsonToo() {
    Path file = file("services.json", "{\"services\": {\"catalog\": [\"http://10.0.0.1:1\"]}}");
    try (Registry registry = new Registry(vertx, lookup(file))) {
      registry.awaitAddresses("10.0.0.1:1");
      file(
          "services.json",
          "{\"services\": {\"catalog\": [\"http://10.0.0.1:2\", \"http://10.0.0.1:3\"]}}");
      registry.awaitAddresses("10.0.0.1:2", "10.0.0.1:3");
    }
  }

  @Test
  void severalFilesAddUp() {
    Path one = file("one.yaml", "services: {catalog: [http://10.0.0.1:1]}");
    Path two = file("two.yaml", "services: {catalog: [http://10.0.0.1:2]}");
    try (Registry registry = new Registry(vertx, lookup(one, two))) {
      registry.awaitAddresses("10.0.0.1:1", "10.0.0.1:2");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "services: [ | not YAML",
        "services: {catalog: http://x} | services.catalog: not a list",
        "[1, 2] | no services",
        "services: {catalog: [http://10.0.0.1:70000, 7, {url: http://h, weight: x}]} | none of 3 entries can be used",
        "services: &a {catalog: [*a]} | entries can be used"
      })
  void aBrokenFileLeavesTheLastKnownGood(String text, String problem) {
    Path file = file("services.yaml", "services: {catalog: [http://10.0.0.1:1]}");
    try (Registry registry = new Registry(vertx, lookup(file))) {
      registry.awaitAddresses("10.0.0.1:1");
      file("services.yaml", text);
      registry.awaitStatus(Status.STALE);
      assertThat(registry.addresses()).containsExactly("10.0.0.1:1");
      assertThat(registry.state().problem()).contains(problem);

      file("services.yaml", "services: {catalog: [http://10.0.0.1:2]}");
      registry.awaitAddresses("10.0.0.1:2");
    }
  }

  @Test
  void aFileThatIsNotThereYetIsWaitedFor() throws IOException {
    Path file = directory.resolve("later.yaml");
    try (Registry registry =
        new Registry(vertx, lookup(file).withStartTimeout(Duration.ofMillis(50)))) {
      registry.awaitTrue(() -> registry.state().problem() != null, "a problem");
      assertThat(registry.state().problem()).endsWith("later.yaml: no such file");
      file("later.yaml", "services: {catalog: [http://10.0.0.1:1]}");
      registry.awaitAddresses("10.0.0.1:1");
      Files.delete(file);
      registry.awaitStatus(Status.STALE);
      assertThat(registry.addresses()).containsExactly("10.0.0.1:1");
    }
  }
}
