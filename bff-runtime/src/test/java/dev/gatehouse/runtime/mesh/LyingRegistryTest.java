package dev.gatehouse.runtime.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.file.FileSettings;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.policy.CachePolicy;
import dev.gatehouse.runtime.policy.OutlierPolicy;
import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that tells, in good form, of instances that are none. */
class LyingRegistryTest {
  private static final Duration UNENDING = Duration.ofMinutes(30);
  /** Four attempts, for four instances; and as many of the instances may be ejected as fail. */
  private static final ServicePolicy POLICY = ServicePolicy.DEFAULT
      .withCache(CachePolicy.OFF)
      .withRetry(RetryPolicy.DEFAULT
          .withAttempts(4)
          .withBackoff(Duration.ZERO, Duration.ZERO)
          .withBudget(new RetryPolicy.Budget(100, 1000)))
      .withOutlier(
          new OutlierPolicy(2, Duration.ZERO, 5, 100, 1900, UNENDING, UNENDING, 3, 100, 0));

  @TempDir
  private Path directory;

  private final MeshCaller caller = new MeshCaller();
  private final List<Socket> dead = new ArrayList<>();
  private final AtomicInteger answers = new AtomicInteger();

  @AfterEach
  void close() throws IOException {
    caller.close();
    for (Socket holder : dead) {
      holder.close();
    }
  }

  /** Where nobody listens, and nobody else can meanwhile. */
  private String dead() throws IOException {
    Socket holder = new Socket();
    holder.bind(new InetSocketAddress("127.0.0.1", 0));
    dead.add(holder);
    return "'http://127.0.0.1:" + holder.getLocalPort() + "'";
  }

  private void open(List<String> urls) throws IOException {
    Path file = directory.resolve("services.yaml");
    Files.writeString(file, "services: {catalog: [" + String.join(", ", urls) + "]}");
    caller.discovered(
        "catalog",
        ServiceLookup.of(
            new FileSettings(List.of(file.toString()), Duration.ofMillis(50)), "catalog"));
    caller.policies().update("catalog", before -> POLICY);
    caller.open();
    caller.until(() -> level("gatehouse.mesh.discovery.instances") == urls.size());
  }

  private double level(String name) {
    return caller.meters().get(name).tag("service", "catalog").gauge().value();
  }

  private double retries() {
    return caller
        .meters()
        .find("gatehouse.mesh.retries")
        .tag("service", "catalog")
        .counters()
        .stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Test
  void instancesThatAreNotThereCostNoCallAndAreEjected() throws IOException {
    HttpServer good = caller.serve("good", request -> {
      answers.incrementAndGet();
      request.response().end("good");
    });
    open(List.of(dead(), "'http://127.0.0.1:" + good.actualPort() + "'", dead(), dead()));

    int calls = 0;
    while (level("gatehouse.mesh.instances.ejected") < 3) {
      assertThat(calls).as("calls until those that are not there are ejected").isLessThan(1000);
      assertThat(caller.text("catalog", calls % 2 == 0 ? LayerLoop.safe() : LayerLoop.unsafe()))
          .isEqualTo("good");
      calls++;
    }
    assertThat(answers).hasValue(calls);
    assertThat(caller
            .meters()
            .get("gatehouse.mesh.ejections")
            .tags("service", "catalog", "reason", "consecutive")
            .counter()
            .count())
        .isEqualTo(3);

    double before = retries();
    for (int i = 0; i < 20; i++) {
      assertThat(caller.text("catalog", LayerLoop.unsafe())).isEqualTo("good");
    }
    assertThat(retries()).isEqualTo(before);
    assertThat(level("gatehouse.mesh.instances")).isEqualTo(4);
  }

  @Test
  void anotherServiceAtAnAddressIsAnInstanceThatFails() throws IOException {
    HttpServer good = caller.serve("good", request -> request.response().end("good"));
    HttpServer other =
        caller.serve("other", request -> request.response().setStatusCode(503).end("who are you?"));
    open(List.of(
        "'http://127.0.0.1:" + other.actualPort() + "'",
        "'http://127.0.0.1:" + good.actualPort() + "'"));

    for (int i = 0; level("gatehouse.mesh.instances.ejected") < 1; i++) {
      assertThat(i).as("calls until the other one is ejected").isLessThan(1000);
      assertThat(caller.text("catalog", LayerLoop.safe())).isEqualTo("good");
    }
    for (int i = 0; i < 20; i++) {
      assertThat(caller.text("catalog", LayerLoop.unsafe())).isEqualTo("good");
    }
  }
}
