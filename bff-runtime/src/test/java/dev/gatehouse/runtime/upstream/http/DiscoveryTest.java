package dev.gatehouse.runtime.upstream.http;

import static dev.gatehouse.runtime.upstream.http.Caller.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.mesh.Mesh;
import dev.gatehouse.runtime.policy.BalancePolicy;
import dev.gatehouse.runtime.policy.BalancePolicy.Algorithm;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.servicediscovery.types.HttpEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls follow the endpoints that Vert.x Service Discovery knows. */
class DiscoveryTest {
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    Caller.await(vertx.close());
  }

  /** In turn, so that it can be told who is called. */
  private static ServiceSettings inTurn(String... urls) {
    return ServiceSettings.at(urls).toBuilder()
        .connectTimeout(Caller.LONG)
        .policy(ServicePolicy.DEFAULT.withBalance(
            BalancePolicy.DEFAULT.withAlgorithm(Algorithm.ROUND_ROBIN)))
        .build();
  }

  private HttpServer service(String name) {
    return Caller.await(vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
        .requestHandler(request -> {
          if (request.path().equals("/held")) {
            held.add(request);
          } else {
            request.response().end(name);
          }
        })
        .listen());
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.actualPort();
  }

  private static Record record(HttpServer server) {
    return HttpEndpoint.createRecord("catalog", "127.0.0.1", server.actualPort(), "/");
  }

  private static List<String> answers(Caller caller, int calls) {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      answers.add(Caller.text(caller.call(get("/things"))));
    }
    return answers;
  }

  private static int endpoints(Caller caller) {
    return caller.pools().size();
  }

  @Test
  void callsGoToEachEndpointInTurn() {
    try (Caller caller =
        new Caller(vertx, inTurn(url(service("a")), url(service("b")), url(service("c"))))) {
      assertThat(answers(caller, 9))
          .containsOnly("a", "b", "c")
          .satisfies(all ->
              assertThat(all.subList(0, 3)).doesNotHaveDuplicates().isEqualTo(all.subList(6, 9)));
    }
  }

  @Test
  void endpointsThatOthersPublishAreUsedUntilTheyAreTakenBack() {
    ServiceDiscovery others = ServiceDiscovery.create(vertx);
    try (Caller caller = new Caller(vertx, inTurn(url(service("a"))))) {
      Record published = Caller.await(others.publish(record(service("b"))));
      caller.awaitTrue(() -> endpoints(caller) == 2);
      assertThat(answers(caller, 2)).containsExactlyInAnyOrder("a", "b");

      Caller.await(others.unpublish(published.getRegistration()));
      caller.awaitTrue(() -> endpoints(caller) == 1);
      assertThat(answers(caller, 2)).containsOnly("a");
    }
  }

  @Test
  void anEndpointTakenBackEndsItsCallsAndItsConnections() throws InterruptedException {
    ServiceDiscovery others = ServiceDiscovery.create(vertx);
    try (Caller caller = new Caller(vertx, inTurn(url(service("a"))))) {
      Record published = Caller.await(others.publish(record(service("b"))));
      caller.awaitTrue(() -> endpoints(caller) == 2);
      List<Future<UpstreamResponse>> answers =
          List.of(caller.start(get("/held?1")), caller.start(get("/held?2")));
      List<HttpServerRequest> requests = List.of(nextHeld(), nextHeld());

      Caller.await(others.unpublish(published.getRegistration()));
      caller.awaitTrue(() -> endpoints(caller) == 1);

      assertThat(caller.<Integer>on(
              () -> caller.upstreams().balanced("catalog").draining().size()))
          .isEqualTo(1);
      requests.forEach(request -> request.response().end("whole"));
      for (Future<UpstreamResponse> answer : answers) {
        assertThat(Caller.text(Caller.await(answer))).isEqualTo("whole");
      }
      caller.awaitTrue(() -> caller.upstreams().balanced("catalog").draining().isEmpty());
    }
  }

  @Test
  void withoutAnyEndpointCallsAreRefused() {
    try (Caller caller = new Caller(vertx, inTurn(url(service("a"))))) {
      ServiceDiscovery discovery = caller.upstreams().registry().discovery();
      List<Record> records = Caller.await(discovery.getRecords(record -> true));
      Caller.await(discovery.unpublish(records.get(0).getRegistration()));
      caller.awaitTrue(() -> endpoints(caller) == 0);

      UpstreamException failure = caller.fail(get("/things"));

      assertThat(failure.failureClass()).isEqualTo(FailureClass.REFUSED);
      assertThat(failure).hasMessage("catalog: GET /things: not sent, no endpoint is known");
    }
  }

  @Test
  void twoBffsInOneProcessDoNotSeeEachOthersConfiguration() {
    try (Caller one = new Caller(vertx, inTurn(url(service("a"))));
        Caller two = new Caller(vertx, inTurn(url(service("b"))))) {
      assertThat(answers(one, 3)).containsOnly("a");
      assertThat(answers(two, 3)).containsOnly("b");
    }
  }

  @Test
  void aClosedClientLeavesNothingInDiscovery() {
    Caller caller = new Caller(vertx, inTurn(url(service("a"))));
    ServiceDiscovery discovery = ServiceDiscovery.create(vertx);
    assertThat(Caller.await(discovery.getRecords(record -> true))).hasSize(1);

    caller.close();

    assertThat(Caller.await(discovery.getRecords(record -> true))).isEmpty();
  }

  @Test
  void recordsThatAreNoHttpEndpointsArePassedOver() {
    ServiceDiscovery others = ServiceDiscovery.create(vertx);
    try (Caller caller = new Caller(vertx, inTurn(url(service("a"))))) {
      Caller.await(others.publish(new Record().setName("catalog").setType("message-source")));
      Caller.await(others.publish(new Record()
          .setName("catalog")
          .setType(HttpEndpoint.TYPE)
          .setLocation(new io.vertx.core.json.JsonObject())));
      Caller.await(others.publish(record(service("b"))));
      caller.awaitTrue(() -> endpoints(caller) == 2);

      assertThat(answers(caller, 2)).containsExactlyInAnyOrder("a", "b");
    }
  }

  @Test
  void aServiceThatIsNotConfiguredIsNamedWithThoseThatAre() {
    try (Caller caller = new Caller(vertx, inTurn(url(service("a"))))) {
      assertThatThrownBy(() -> caller.upstreams().service("catlog"))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("services.catlog: not configured (expected: one of catalog;");
    }
  }

  @Test
  void settingsOutOfRangeStopTheStart() {
    assertThatThrownBy(() -> new Caller(
            vertx,
            ServiceSettings.at("http://catalog").toBuilder().maxConnections(0).build()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("services.catalog.max-connections: 0 (expected: 1 to 10000)");
  }

  @Test
  void upstreamsBelongToAnEventLoop() {
    Future<Mesh> made = Mesh.create(vertx, "test", new CompositeMeterRegistry(), Map.of());

    assertThat(made.failed()).isTrue();
    assertThat(made.cause())
        .hasMessageContaining("(expected: the event loop that makes the calls)");
  }

  private HttpServerRequest nextHeld() throws InterruptedException {
    HttpServerRequest request = held.poll(Caller.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(request).as("a request reached the service").isNotNull();
    return request;
  }
}
