package dev.gatehouse.runtime.mesh.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.file.FileSettings;
import dev.gatehouse.runtime.mesh.MeshCaller;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.policy.RoutePolicy;
import dev.gatehouse.runtime.settings.RoutesJson;
import dev.gatehouse.runtime.upstream.RequestOrigin;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that are split between the versions of one service, whose instances are told apart by their labels. */
class SubsetRoutingTest {
  private static final int CALLS = 1000;

  private final MeshCaller caller = new MeshCaller();

  @TempDir
  private Path files;

  @BeforeEach
  void open() throws IOException {
    Path list = Files.writeString(
        files.resolve("services.yaml"),
        "services: {pricing: [" + instance("v1") + ", " + instance("v1") + ", " + instance("v2")
            + "]}");
    caller.discovered(
        "pricing",
        ServiceLookup.of(
            new FileSettings(List.of(list.toString()), Duration.ofMillis(50)), "pricing"));
    caller.serve("copies", request -> request.response().end());
    caller.open();
  }

  private String instance(String version) {
    HttpServer server = LayerLoop.await(caller
        .vertx()
        .createHttpServer()
        .requestHandler(request -> request.response().end(version))
        .listen(0, "127.0.0.1"));
    return "{url: 'http://127.0.0.1:" + server.actualPort() + "', labels: {version: " + version
        + "}}";
  }

  @AfterEach
  void close() {
    caller.close();
  }

  private void route(String rules) {
    RoutesJson reader = new RoutesJson("pricing");
    RoutePolicy policy = reader.read(new JsonArray(rules.replace('\'', '"')));
    assertThat(reader.problems()).isEmpty();
    caller.policies().update("pricing", before -> before.withRoute(policy));
    caller.on(() -> null); // the mesh client has been told on its event loop by now
  }

  private String answeredBy(@Nullable String header, @Nullable String cookie) {
    RequestOrigin origin = new RequestOrigin() {
      @Override
      public @Nullable String header(String name) {
        return name.equals("x-side") ? header : null;
      }

      @Override
      public @Nullable String cookie(String name) {
        return name.equals("side") ? cookie : null;
      }

      @Override
      public @Nullable String subject() {
        return null;
      }
    };
    return caller.text(
        "pricing",
        new UpstreamRequest(
            LayerLoop.operation(Safety.SAFE, false),
            HttpMethod.GET,
            "/things",
            List.of(),
            null,
            System.nanoTime() + Duration.ofSeconds(50).toNanos(),
            origin));
  }

  @Test
  void callsAreSplitBetweenVersionsByWeight() {
    route("""
        [{'split': [{'weight': 90, 'subset': {'version': 'v1'}}, {'weight': 10, 'subset': {'version': 'v2'}}]}]""");

    Map<String, Integer> answers = new HashMap<>();
    for (int i = 0; i < CALLS; i++) {
      answers.merge(answeredBy(null, null), 1, Integer::sum);
    }

    // Six standard deviations to each side.
    assertThat(answers.get("v2")).isBetween(40, 160);
    assertThat(answers.get("v1")).isEqualTo(CALLS - answers.get("v2"));
  }

  @Test
  void aVersionThatNobodyRunsIsRefusedAndSaysSo() {
    route("[{'split': [{'subset': {'version': 'v3'}}]}]");

    assertThat(caller.fail("pricing", LayerLoop.safe()))
        .hasMessageContaining("no instance has the labels {version=v3}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cookie", "header"})
  void theSameValueStaysOnOneSide(String kind) {
    boolean cookie = kind.equals("cookie");
    route("""
        [{'split': [{'weight': 50, 'subset': {'version': 'v1'}}, {'weight': 50, 'subset': {'version': 'v2'}}],
          'sticky': {'%s': '%s'}}]""".formatted(kind, cookie ? "side" : "x-side"));

    Map<String, Integer> sides = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      String value = "value-" + i;
      String first = cookie ? answeredBy(null, value) : answeredBy(value, null);
      sides.merge(first, 1, Integer::sum);
      for (int again = 0; again < 3; again++) {
        assertThat(cookie ? answeredBy(null, value) : answeredBy(value, null)).isEqualTo(first);
      }
    }

    assertThat(sides).containsOnlyKeys("v1", "v2");
    Map<String, Integer> without = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      without.merge(answeredBy(null, null), 1, Integer::sum);
    }
    assertThat(without).containsOnlyKeys("v1", "v2");
  }

  @Test
  void aShareOfTheCallsIsMirrored() {
    route("[{'mirror': {'service': 'copies', 'percent': 20, 'concurrency': 1000}}]");

    for (int i = 0; i < CALLS; i++) {
      assertThat(answeredBy(null, null)).isIn("v1", "v2");
    }

    // Six standard deviations to each side; each copy is counted when it has ended.
    caller.until(() -> mirrored() >= 124);
    assertThat(mirrored()).isBetween(124.0, 276.0);
  }

  private double mirrored() {
    return caller.count("gatehouse.mesh.mirrored", "outcome", "answered")
        + caller.count("gatehouse.mesh.mirrored", "outcome", "failed")
        + caller.count("gatehouse.mesh.mirrored", "outcome", "dropped");
  }
}
