package dev.gatehouse.runtime.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.SourceState;
import dev.gatehouse.runtime.discovery.SourceState.Status;
import dev.gatehouse.runtime.discovery.file.FileSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryMetersTest {
  @TempDir
  private Path directory;

  @Test
  void aServiceIsShownAsItsSourceTellsOfItUntilNobodyUsesIt() throws Exception {
    Path file = directory.resolve("services.yaml");
    Files.writeString(
        file, "services: {catalog: ['http://10.0.0.1:8080', 'http://10.0.0.2:8080']}");
    MeshCaller caller = new MeshCaller();
    try (caller) {
      caller.discovered(
          "catalog",
          ServiceLookup.of(
              new FileSettings(List.of(file.toString()), Duration.ofMillis(10)), "catalog"));
      caller.at("pricing", 1);
      caller.open();
      caller.until(() -> gauge(caller, "instances") == 2);
      assertThat(gauge(caller, "state", "state", "current")).isEqualTo(1);
      assertThat(gauge(caller, "state", "state", "stale")).isZero();
      assertThat(gauge(caller, "age")).isNotNegative();
      assertThat(counter(caller, "changes")).isEqualTo(1);
      assertThat(counter(caller, "failures")).isZero();

      rewrite(file, "services: {catalog: ['http://10.0.0.2:8080']}");
      caller.until(() -> gauge(caller, "instances") == 1);
      assertThat(counter(caller, "changes")).isEqualTo(2);

      Files.delete(file);
      caller.until(() -> gauge(caller, "state", "state", "stale") == 1);
      assertThat(gauge(caller, "state", "state", "current")).isZero();
      assertThat(gauge(caller, "instances")).isEqualTo(1);
      assertThat(counter(caller, "failures")).isPositive();
      assertThat(caller
              .meters()
              .find("gatehouse.mesh.discovery.state")
              .tag("service", "pricing")
              .gauge())
          .isNull();
    }
    assertThat(caller.meters().getMeters())
        .noneMatch(meter -> meter.getId().getName().startsWith("gatehouse.mesh.discovery"));
  }

  /** At once, so that no half of it is seen. */
  private void rewrite(Path file, String text) throws IOException {
    Path next = Files.writeString(directory.resolve("next"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static double gauge(MeshCaller caller, String name, String... tags) {
    return caller
        .meters()
        .get("gatehouse.mesh.discovery." + name)
        .tags("service", "catalog", "source", "file")
        .tags(tags)
        .gauge()
        .value();
  }

  private static double counter(MeshCaller caller, String name) {
    return caller
        .meters()
        .get("gatehouse.mesh.discovery." + name)
        .tags("service", "catalog", "source", "file")
        .functionCounter()
        .count();
  }

  @Test
  void severalWhoUseAServiceShowItOnce() {
    Vertx vertx = Vertx.vertx();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    AtomicReference<SourceState> state = new AtomicReference<>(
        new SourceState("dns", Status.WAITING, 0, false, 0, "timed out", 0, 0, 3));
    Runnable first = DiscoveryMeters.of(vertx).show(meters, "catalog", state::get);
    Runnable second = DiscoveryMeters.of(vertx).show(meters, "catalog", state::get);
    assertThat(meters.getMeters()).hasSize(8);
    assertThat(meters.get("gatehouse.mesh.discovery.age").gauge().value()).isNaN();
    assertThat(meters.get("gatehouse.mesh.discovery.failures").functionCounter().count())
        .isEqualTo(3);

    first.run();
    state.set(new SourceState("dns", Status.CURRENT, System.nanoTime(), true, 0, null, 7, 1, 3));
    assertThat(meters.get("gatehouse.mesh.discovery.instances").gauge().value()).isEqualTo(7);
    first.run();
    assertThat(meters.getMeters()).as("ended once").hasSize(8);
    second.run();
    assertThat(meters.getMeters()).isEmpty();
    vertx.close();
  }
}
