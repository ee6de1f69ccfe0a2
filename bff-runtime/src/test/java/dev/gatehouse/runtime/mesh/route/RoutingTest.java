package dev.gatehouse.runtime.mesh.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.mesh.MeshCaller;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.policy.OutlierPolicy;
import dev.gatehouse.runtime.policy.RoutePolicy;
import dev.gatehouse.runtime.settings.RoutesJson;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.RequestOrigin;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoutingTest {
  private final MeshCaller caller = new MeshCaller();
  private final List<HttpServerRequest> hanging = new CopyOnWriteArrayList<>();
  private final List<String> copied = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() {
    caller.serve("pricing", says("one"));
    caller.serve("pricing-two", says("two"));
    caller.serve("pricing-three", says("three"));
    caller.serve("copies", request -> {
      copied.add(
          request.method() + " " + request.uri() + " " + request.getHeader("gatehouse-mirror"));
      request.response().end();
    });
    caller.serve("hanging", hanging::add);
    caller.serve("self", request -> {
      if (request.getHeader("gatehouse-mirror") == null) {
        request.response().end("self");
      } else {
        hanging.add(request);
      }
    });
    caller.serve("broken", request -> request.response().setStatusCode(500).end("broken"));
    caller.at("nowhere", 1);
    caller.open();
  }

  @AfterEach
  void close() {
    caller.close();
  }

  private static Handler<HttpServerRequest> says(String name) {
    return request -> request
        .response()
        .end(name + " " + request.uri() + " " + request.authority().host());
  }

  private void route(String service, String rules) {
    RoutesJson reader = new RoutesJson(service);
    RoutePolicy policy = reader.read(new JsonArray(rules.replace('\'', '"')));
    assertThat(reader.problems()).isEmpty();
    caller.policies().update(service, before -> before.withRoute(policy));
    caller.on(() -> null); // the mesh client has been told on its event loop by now
  }

  private static UpstreamRequest get(String uri, Map<String, String> headers, String subject) {
    return get(uri, origin(headers, subject, Map.of()));
  }

  private static UpstreamRequest get(String uri, RequestOrigin origin) {
    return new UpstreamRequest(
        LayerLoop.operation(Safety.SAFE, false),
        HttpMethod.GET,
        uri,
        List.of(),
        null,
        System.nanoTime() + Duration.ofSeconds(50).toNanos(),
        origin);
  }

  private static UpstreamRequest get() {
    return get("/things", Map.of(), null);
  }

  private static RequestOrigin origin(
      Map<String, String> headers, String subject, Map<String, Object> claims) {
    return new RequestOrigin() {
      @Override
      public String header(String name) {
        return headers.get(name);
      }

      @Override
      public String cookie(String name) {
        return headers.get("cookie-" + name);
      }

      @Override
      public String subject() {
        return subject;
      }

      @Override
      public Map<String, Object> claims() {
        return claims;
      }
    };
  }

  private String answeredBy(UpstreamRequest request) {
    return caller.text("pricing", request).split(" ")[0];
  }

  @Test
  void theFirstRuleThatFitsHolds() {
    route("pricing", """
        [{'match': {'headers': {'X-Canary': '1'}}, 'split': [{'service': 'pricing-two'}]},
         {'match': {'cookies': {'beta': {'prefix': 'y'}}}, 'split': [{'service': 'pricing-two'}]},
         {'match': {'subject': {'regex': 'staff-[0-9]+'}}, 'split': [{'service': 'pricing-three'}]},
         {'match': {'path': {'prefix': '/old/'}}, 'split': [{'service': 'pricing-three'}]},
         {'match': {'operation': ['GET /other']}, 'split': [{'service': 'nowhere'}]},
         {'match': {'headers': {'x-any': {'present': true}}}, 'split': [{'service': 'pricing-three'}]}]""");

    assertThat(answeredBy(get())).isEqualTo("one");
    assertThat(answeredBy(get("/things", Map.of("x-canary", "1"), null))).isEqualTo("two");
    assertThat(answeredBy(get("/things", Map.of("x-canary", "2"), null))).isEqualTo("one");
    assertThat(answeredBy(get("/things", Map.of("cookie-beta", "yes"), null))).isEqualTo("two");
    assertThat(answeredBy(get("/things", Map.of(), "staff-12"))).isEqualTo("three");
    assertThat(answeredBy(get("/things", Map.of(), "staff-12x"))).isEqualTo("one");
    assertThat(answeredBy(get("/old/things?x=1", Map.of(), null))).isEqualTo("three");
    assertThat(answeredBy(get("/things", Map.of("x-any", ""), null))).isEqualTo("three");
    assertThat(caller.count("gatehouse.mesh.routed", "rule", "0")).isEqualTo(1);
  }

  private static UpstreamRequest of(Map<String, Object> claims) {
    return get("/things", origin(Map.of(), "ada", claims));
  }

  @Test
  void whatIsKnownOfTheCallerDecides() {
    route("pricing", """
        [{'match': {'claims': {'tier': 'gold', 'age': {'regex': '[2-9][0-9]'}}}, 'split': [{'service': 'pricing-two'}]},
         {'match': {'claims': {'realm.roles': {'prefix': 'staff-'}}}, 'split': [{'service': 'pricing-three'}]},
         {'match': {'claims': {'https://shop.example/beta': 'true'}}, 'split': [{'service': 'pricing-three'}]},
         {'match': {'claims': {'tenant': {'present': true}}}, 'split': [{'service': 'pricing-two'}]}]""");

    assertThat(answeredBy(of(Map.of("tier", "gold", "age", 44)))).isEqualTo("two");
    assertThat(answeredBy(of(Map.of("tier", "gold", "age", 19)))).isEqualTo("one");
    assertThat(answeredBy(of(Map.of("tier", "gold")))).isEqualTo("one");
    assertThat(answeredBy(of(Map.of("realm", Map.of("roles", List.of("user", "staff-7"))))))
        .isEqualTo("three");
    assertThat(answeredBy(of(Map.of("realm.roles", "staff-7")))).isEqualTo("three");
    assertThat(answeredBy(of(Map.of("realm", Map.of("roles", List.of("user"))))))
        .isEqualTo("one");
    assertThat(answeredBy(of(Map.of("realm", "roles")))).isEqualTo("one");
    assertThat(answeredBy(of(Map.of("https://shop.example/beta", true)))).isEqualTo("three");
    assertThat(answeredBy(of(Map.of("tenant", Map.of("id", 7))))).isEqualTo("two");
    assertThat(answeredBy(of(Map.of("tenant", List.of())))).isEqualTo("one");
    assertThat(answeredBy(get("/things", Map.of("tier", "gold", "tenant", "t"), null)))
        .as("headers are no claims")
        .isEqualTo("one");
  }

  @Test
  void aRegularExpressionThatBacktracksForEverHoldsUpNobody() {
    route("pricing", """
        [{'match': {'headers': {'x-evil': {'regex': '(a+)+b'}}}, 'split': [{'service': 'pricing-two'}]}]""");

    assertThat(answeredBy(get("/things", Map.of("x-evil", "a".repeat(500)), null)))
        .isEqualTo("one");
    assertThat(answeredBy(get("/things", Map.of("x-evil", "aaab"), null))).isEqualTo("two");
  }

  @Test
  void callsAreSpreadByWeight() {
    route("pricing", """
        [{'split': [{'weight': 70}, {'weight': 20, 'service': 'pricing-two'}, {'weight': 10, 'service': 'pricing-three'}]}]""");

    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      seen.merge(answeredBy(get()), 1, Integer::sum);
    }
    assertThat(seen.get("one")).isCloseTo(700, within(80));
    assertThat(seen.get("two")).isCloseTo(200, within(80));
    assertThat(seen.get("three")).isCloseTo(100, within(60));
  }

  @Test
  void aCallerStaysOnOneSide() {
    route("pricing", """
        [{'split': [{'weight': 50}, {'weight': 50, 'service': 'pricing-two'}], 'sticky': 'caller'}]""");

    for (int user = 0; user < 20; user++) {
      String first = answeredBy(get("/things", Map.of(), "user-" + user));
      for (int i = 0; i < 5; i++) {
        assertThat(answeredBy(get("/things", Map.of(), "user-" + user))).isEqualTo(first);
      }
    }
  }

  @Test
  void pathAndHostAreRewritten() {
    route("pricing", """
        [{'split': [{'host': 'v2.pricing.example', 'path': {'from': '/v1', 'to': '/api/v2/'}}]}]""");

    assertThat(caller.text("pricing", get("/v1/prices?sku=1", Map.of(), null)))
        .isEqualTo("one /api/v2/prices?sku=1 v2.pricing.example");
    assertThat(caller.text("pricing", get("/v1?sku=1", Map.of(), null)))
        .isEqualTo("one /api/v2?sku=1 v2.pricing.example");
    assertThat(caller.text("pricing", get("/v10", Map.of(), null)))
        .isEqualTo("one /v10 v2.pricing.example");
  }

  @Test
  void whatCannotBeReachedGoesToAnotherService() {
    route("nowhere", "[{'failover': [{'service': 'pricing-two'}]}]");

    assertThat(caller.text("nowhere", get())).startsWith("two /things");
    assertThat(caller.text("nowhere", unsafe())).startsWith("two /things");
    assertThat(caller.count("gatehouse.mesh.failovers", "reason", "unreachable"))
        .isEqualTo(2);
  }

  private static UpstreamRequest unsafe() {
    return new UpstreamRequest(
        LayerLoop.operation(Safety.UNSAFE, false),
        HttpMethod.POST,
        "/things",
        List.of(),
        "{}".getBytes(StandardCharsets.UTF_8),
        System.nanoTime() + Duration.ofSeconds(50).toNanos());
  }

  @Test
  void anErrorGoesToAnotherServiceWhereTheRuleSaysSoAndTheCallIsSafe() {
    route("broken", "[{'failover': [{'on': ['server-error'], 'service': 'pricing-two'}]}]");
    assertThat(caller.text("broken", get())).startsWith("two");
    assertThat(caller.text("broken", unsafe())).isEqualTo("broken");

    route("broken", "[{'failover': [{'service': 'pricing-two'}]}]");
    assertThat(caller.text("broken", get())).isEqualTo("broken");
  }

  @Test
  void servicesThatFailOverToEachOtherDoNotLoop() {
    caller.at("elsewhere", 1);
    route("nowhere", "[{'failover': [{'service': 'broken'}]}]");
    route("broken", "[{'failover': [{'on': 'server-error', 'service': 'nowhere'}]}]");

    assertThat(caller.text("nowhere", get())).isEqualTo("broken");
    assertThat(caller.fail("broken", get()).failureClass()).isEqualTo(FailureClass.UNREACHABLE);
  }

  @Test
  void copiesAreMarkedAndOnlyOfSafeCalls() {
    route("pricing", "[{'mirror': {'service': 'copies', 'path': {'from': '/', 'to': '/copy'}}}]");

    assertThat(answeredBy(get())).isEqualTo("one");
    assertThat(caller.text("pricing", unsafe())).startsWith("one");
    caller.until(() -> copied.size() == 1);
    assertThat(copied).containsExactly("GET /copy/things true");

    route("pricing", "[{'mirror': {'service': 'copies', 'unsafe': true}}]");
    assertThat(caller.text("pricing", unsafe())).startsWith("one");
    caller.until(() -> copied.size() == 2);
    assertThat(copied).element(1).isEqualTo("POST /things true");
  }

  @Test
  void aMirrorThatHangsNeitherSlowsNorLeaks() {
    route("pricing", "[{'mirror': {'service': 'hanging', 'timeout': '1m', 'concurrency': 5}}]");

    List<Future<UpstreamResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(caller.start("pricing", get()));
    }
    LayerLoop.await(Future.all(calls));
    assertThat(caller.count("gatehouse.mesh.mirrored", "outcome", "dropped")).isEqualTo(45);
    caller.until(() -> hanging.size() == 5);
    hanging.forEach(request -> request.response().reset());
    caller.until(() -> caller.count("gatehouse.mesh.mirrored", "outcome", "failed") == 5);
    assertThat(answeredBy(get())).isEqualTo("one");
  }

  @Test
  void aCopyToTheServiceItselfKeepsNobodyFromClosingIt() {
    route("self", "[{'mirror': {'host': 'shadow', 'timeout': '1m'}}]");
    LayerLoop.await(caller.start("self", get()));
    caller.until(() -> hanging.size() == 1);

    caller.closeMesh();

    assertThat(caller.count("gatehouse.mesh.mirrored", "outcome", "failed")).isEqualTo(1);
  }

  @Test
  void aMirrorThatNeverAnswersIsGivenUp() {
    route("pricing", "[{'mirror': {'service': 'hanging', 'timeout': '50ms'}}]");
    assertThat(answeredBy(get())).isEqualTo("one");
    caller.until(() -> caller.count("gatehouse.mesh.mirrored", "outcome", "failed") == 1);
  }

  @Test
  void whatBecomesOfCopiesEjectsNobody() {
    HttpServer shadow =
        caller.serve("shadow", request -> request.response().setStatusCode(500).end());
    String url = "http://127.0.0.1:" + shadow.actualPort();
    try (MeshCaller another = new MeshCaller()) {
      another.serve("pricing", says("one"));
      another.at("shadow", url, url + "/again");
      another
          .policies()
          .update(
              "shadow",
              before -> before.withOutlier(OutlierPolicy.DEFAULT.withConsecutiveFailures(1)));
      RoutesJson reader = new RoutesJson("pricing");
      RoutePolicy mirrored =
          reader.read(new JsonArray("[{\"mirror\": {\"service\": \"shadow\"}}]"));
      another.policies().update("pricing", before -> before.withRoute(mirrored));
      another.open();
      for (int i = 0; i < 10; i++) {
        another.text("pricing", get());
      }
      another.until(() -> another.count("gatehouse.mesh.mirrored", "outcome", "answered") == 10);
      assertThat(another.count("gatehouse.mesh.ejections")).isZero();
      another.text("shadow", get());
      assertThat(another.count("gatehouse.mesh.ejections")).as("calls do").isEqualTo(1);
    }
  }

  @Test
  void aMirrorWhereNobodyListensHarmsNobody() {
    route("pricing", "[{'mirror': {'service': 'nowhere'}}]");
    for (int i = 0; i < 20; i++) {
      assertThat(answeredBy(get())).isEqualTo("one");
    }
    caller.until(() -> caller.count("gatehouse.mesh.mirrored", "outcome", "failed") == 20);
  }

  @Test
  void aCallIsCancelledWhereverItWasSent() {
    route("pricing", "[{'split': [{'service': 'hanging'}], 'failover': [{'service': 'broken'}]}]");
    UpstreamRequest request = get();
    Future<UpstreamResponse> answer = caller.start("pricing", request);
    caller.until(() -> !hanging.isEmpty());
    caller.on(() -> {
      request.cancel(new UpstreamException(FailureClass.CANCELLED, "gone"));
      return null;
    });
    assertThat(LayerLoop.await(answer.<Object>map(any -> any).otherwise(e -> e)))
        .isInstanceOfSatisfying(
            UpstreamException.class,
            e -> assertThat(e.failureClass()).isEqualTo(FailureClass.CANCELLED));
  }

  @Test
  void aRuleThatLeadsToAServiceNobodyKnowsIsLeftOut() {
    route("pricing", """
        [{'name': 'unknown', 'split': [{'service': 'not-there'}]}, {'split': [{'service': 'pricing-two'}]}]""");
    assertThat(answeredBy(get())).isEqualTo("two");
  }

  @Test
  void noCallIsLostWhileWeightsChange() {
    List<Future<UpstreamResponse>> calls = new ArrayList<>();
    for (int change = 0; change < 100; change++) {
      route(
          "pricing",
          "[{'split': [{'weight': " + change
              + "}, {'weight': 20, 'service': 'pricing-two'}, {'weight': " + (100 - change)
              + ", 'service': 'pricing-three'}]}]");
      for (int i = 0; i < 10; i++) {
        calls.add(caller.start("pricing", get()));
      }
    }
    LayerLoop.await(Future.all(calls));
    assertThat(calls).allSatisfy(call -> assertThat(call.result().status()).isEqualTo(200));
    assertThat(calls.stream()
            .map(call -> MeshCaller.text(call.result()).split(" ")[0])
            .distinct())
        .containsExactlyInAnyOrder("one", "two", "three");
  }
}
