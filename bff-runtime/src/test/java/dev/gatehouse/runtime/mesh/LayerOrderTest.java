package dev.gatehouse.runtime.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.policy.BreakerPolicy;
import dev.gatehouse.runtime.policy.CachePolicy;
import dev.gatehouse.runtime.policy.FaultPolicy;
import dev.gatehouse.runtime.policy.FaultPolicy.Abort;
import dev.gatehouse.runtime.policy.FaultPolicy.Rule;
import dev.gatehouse.runtime.policy.LimitPolicy;
import dev.gatehouse.runtime.policy.LimitPolicy.Adaptive;
import dev.gatehouse.runtime.policy.LimitPolicy.Concurrency;
import dev.gatehouse.runtime.policy.LimitPolicy.Rate;
import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.policy.RoutePolicy;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.settings.RoutesJson;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The layers of a real client stand in the order that the documentation gives, which shows in what each makes of the others' work. */
class LayerOrderTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "mesh.md");
  /** What each layer that tells of itself is called where it does. */
  private static final Map<String, String> TOLD_AS = Map.of(
      "routing", "routes",
      "cache", "cache",
      "fault", "faults",
      "limit", "limit",
      "breaker", "breaker",
      "retry", "retry",
      "endpoint", "balance");

  private static final LimitPolicy ONE_AT_ONCE =
      new LimitPolicy(Rate.OFF, new Concurrency(1, 0), Adaptive.OFF);

  private final MeshCaller caller = new MeshCaller();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile int status = 200;

  @AfterEach
  void close() {
    caller.close();
  }

  private static FaultPolicy aborting() {
    return new FaultPolicy(List.of(new Rule(null, null, 100, Duration.ZERO, new Abort(503))), null);
  }

  private static RoutePolicy failingOver(String on) {
    RoutesJson reader = new RoutesJson("pricing");
    RoutePolicy route = reader.read(
        new JsonArray("[{\"failover\": [{\"on\": [\"" + on + "\"], \"service\": \"backup\"}]}]"));
    assertThat(reader.problems()).isEmpty();
    return route;
  }

  private void open(ServicePolicy policy) {
    caller.serve("pricing", request -> {
      requests.incrementAndGet();
      request
          .response()
          .setStatusCode(status)
          .putHeader("cache-control", "max-age=0")
          .end("pricing");
    });
    caller.serve("backup", request -> request.response().end("backup"));
    set(policy);
    caller.open();
  }

  private void set(ServicePolicy policy) {
    caller.policies().update("pricing", before -> policy);
  }

  private static ServicePolicy standingIn() {
    return ServicePolicy.DEFAULT.withCache(
        CachePolicy.DEFAULT.withStored(true).withStaleIfError(Duration.ofHours(1)));
  }

  private String text() {
    return caller.text("pricing", LayerLoop.safe());
  }

  private JsonObject state() {
    return LayerLoop.await(caller.on(() -> caller.mesh().describe()))
        .getJsonObject("services")
        .getJsonObject("pricing");
  }

  private double retries() {
    return caller
        .meters()
        .find("gatehouse.mesh.retries")
        .tag("service", "pricing")
        .counters()
        .stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Test
  void layersTellOfThemselvesInTheOrderOfTheDocumentation() throws IOException {
    open(standingIn()
        .withRoute(failingOver("server-error"))
        .withFault(new FaultPolicy(
            List.of(new Rule("GET /other", null, 1, Duration.ZERO, new Abort(503))), null))
        .withLimit(ONE_AT_ONCE));
    text();

    List<String> documented = Files.readAllLines(DOCUMENT).stream()
        .dropWhile(line -> !line.startsWith("| layer |"))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split("\\|")[1].strip())
        .filter(TOLD_AS::containsKey)
        .map(TOLD_AS::get)
        .toList();

    assertThat(documented).hasSize(TOLD_AS.size());
    assertThat(state().fieldNames().stream().filter(TOLD_AS::containsValue).toList())
        .containsExactlyElementsOf(documented);
  }

  @Test
  void anInjectedFaultIsNotTriedAgainNorHeldAgainstTheServiceButFailsOver() {
    open(ServicePolicy.DEFAULT.withFault(aborting()).withRoute(failingOver("server-error")));
    for (int i = 0; i < 30; i++) {
      assertThat(text()).isEqualTo("backup");
    }
    assertThat(requests).hasValue(0);
    assertThat(retries()).isZero();
    JsonObject breaker = state().getJsonObject("breaker");
    assertThat(breaker.getString("state")).isEqualTo("closed");
    assertThat(breaker.getInteger("calls")).isZero();
  }

  @Test
  void aStaleAnswerStandsInForAnInjectedFault() {
    open(standingIn());
    assertThat(text()).isEqualTo("pricing");
    set(standingIn().withFault(aborting()));
    UpstreamResponse stale = LayerLoop.await(caller.start("pricing", LayerLoop.safe()));
    assertThat(MeshCaller.text(stale)).isEqualTo("pricing");
    assertThat(stale.standsInFor()).isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(requests).hasValue(1);
  }

  @Test
  void anInjectedFaultTakesNoPlace() {
    open(ServicePolicy.DEFAULT
        .withLimit(ONE_AT_ONCE)
        .withFault(new FaultPolicy(
            List.of(new Rule(null, null, 100, Duration.ofMillis(50), new Abort(503))), null))
        .withCache(CachePolicy.OFF));
    List<Future<UpstreamResponse>> delayed = List.of(
        caller.start("pricing", LayerLoop.safe()), caller.start("pricing", LayerLoop.safe()));
    delayed.forEach(call -> assertThat(LayerLoop.await(call).status()).isEqualTo(503));
    assertThat(caller.count("gatehouse.mesh.limit.refused", "service", "pricing"))
        .isZero();
  }

  @Test
  void whatALimitRefusesTheBreakerDoesNotCountAndNothingTriesAgain() {
    List<HttpServerRequest> held = new CopyOnWriteArrayList<>();
    caller.serve("pricing", held::add);
    set(ServicePolicy.DEFAULT.withLimit(ONE_AT_ONCE).withCache(CachePolicy.OFF));
    caller.open();
    Future<UpstreamResponse> first = caller.start("pricing", LayerLoop.safe());
    caller.until(() -> held.size() == 1);
    for (int i = 0; i < 5; i++) {
      assertThat(caller.fail("pricing", LayerLoop.safe()).failureClass())
          .isEqualTo(FailureClass.REFUSED);
    }
    assertThat(retries()).isZero();
    assertThat(state().getJsonObject("breaker").getInteger("calls")).isZero();
    held.get(0).response().end();
    LayerLoop.await(first);
    assertThat(state().getJsonObject("breaker").getInteger("calls")).isEqualTo(1);
  }

  @Test
  void theBreakerCountsACallOnceHoweverOftenItIsTriedAndWhatItRefusesIsNotTried() {
    Duration unending = Duration.ofMinutes(10);
    status = 503;
    open(ServicePolicy.DEFAULT
        .withCache(CachePolicy.OFF)
        .withLimit(ONE_AT_ONCE)
        .withRetry(RetryPolicy.DEFAULT.withBudget(new RetryPolicy.Budget(100, 100)))
        .withBreaker(new BreakerPolicy(50, 2, unending, unending, unending, 1)));
    for (int i = 0; i < 2; i++) {
      caller.text("pricing", LayerLoop.safe());
    }
    assertThat(requests).hasValue(6);
    assertThat(retries()).isEqualTo(4);
    assertThat(caller.fail("pricing", LayerLoop.safe()))
        .hasMessageContaining("the circuit breaker is open");
    assertThat(requests).hasValue(6);
    assertThat(retries()).isEqualTo(4);
    assertThat(caller
            .meters()
            .get("gatehouse.mesh.limit.active")
            .tag("service", "pricing")
            .gauge()
            .value())
        .isZero();
  }
}
