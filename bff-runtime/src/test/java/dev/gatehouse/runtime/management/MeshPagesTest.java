package dev.gatehouse.runtime.management;

import static dev.gatehouse.runtime.testdoor.TestDoor.test;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Access;
import dev.gatehouse.dsl.Bff;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import dev.gatehouse.runtime.BffVerticle;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.BffSettings.Listener;
import dev.gatehouse.runtime.config.ManagementSettings;
import dev.gatehouse.runtime.policy.FaultPolicy;
import dev.gatehouse.runtime.policy.PolicyStore;
import dev.gatehouse.runtime.policy.RoutePolicy;
import dev.gatehouse.runtime.policy.RoutePolicy.Match;
import dev.gatehouse.runtime.policy.RoutePolicy.Rule;
import dev.gatehouse.runtime.policy.RoutePolicy.Side;
import dev.gatehouse.runtime.policy.RoutePolicy.Target;
import dev.gatehouse.runtime.policy.RoutePolicy.TextMatch;
import dev.gatehouse.runtime.policy.RoutePolicy.TextMatch.Kind;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.settings.GatehouseSettings;
import dev.gatehouse.runtime.telemetry.Metrics;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeshPagesTest {
  record Product(String id) {}

  private static final Operation<String, Product> PRODUCT =
      Service.named("catalog").get("/products/{id}").returns(Product.class);
  private static final Composite<String, Product> PAGE =
      Composite.named("Page", String.class, PRODUCT::call);

  private final Vertx vertx = Vertx.vertx();
  private final Metrics metrics = Metrics.prometheus();
  private final PolicyStore policies = new PolicyStore();
  private final Management management = new Management(vertx, metrics, policies);

  @BeforeEach
  void deploy() {
    await(management.listen(new ManagementSettings(true, "127.0.0.1", 0)));
    Bff bff = Bff.named("web").open(test().opening(PAGE, Access.anyone()));
    GatehouseSettings settings = GatehouseSettings.DEFAULT
        .withBff(BffSettings.named("web").toBuilder()
            .listener(Listener.DEFAULT.withHost("127.0.0.1").withPort(0))
            .build())
        .withService("catalog", ServiceSettings.at("http://127.0.0.1:1", "http://127.0.0.1:2"));
    await(vertx.deployVerticle(
        BffVerticle.of(bff)
            .withSettings(settings)
            .withMetrics(metrics)
            .withManagement(management)
            .withPolicies(policies),
        new DeploymentOptions().setInstances(2)));
  }

  @AfterEach
  void close() {
    await(vertx.close());
    metrics.close();
  }

  @Test
  void everyInstanceTellsHowItCallsEachService() throws Exception {
    JsonObject mesh = new JsonObject(get("/mesh").body());

    assertThat(mesh.getJsonObject("web").getJsonArray("instances")).hasSize(2).allSatisfy(one -> {
      JsonObject catalog = ((JsonObject) one).getJsonObject("services").getJsonObject("catalog");
      assertThat(catalog.getString("shape")).isEqualTo("direct");
      assertThat(catalog.getLong("policyVersion")).isNotNull();
      assertThat(catalog.containsKey("retry")).isTrue();
      assertThat(catalog.containsKey("breaker")).isTrue();
    });
  }

  @Test
  void aBrowserGetsAPage() throws Exception {
    HttpResponse<String> page = get("/mesh", "accept", "text/html,*/*;q=0.8");

    assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
    assertThat(page.body())
        .contains(
            "<td>catalog</td><td>direct</td><td>static</td><td>2</td><td>0</td><td>closed</td>")
        .contains("<summary>catalog ");
  }

  @Test
  void aBrowserGetsAPageOfAnExplanationToo() throws Exception {
    HttpResponse<String> page =
        get("/mesh/explain?service=catalog", "accept", "text/html,*/*;q=0.8");

    assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
    assertThat(page.body())
        .contains("<h1>A call to catalog</h1>")
        .contains("<dt>algorithm</dt><dd>least-requests</dd>");
  }

  @Test
  void aCallIsExplainedByEachInstance() throws Exception {
    JsonObject explained = new JsonObject(
        get("/mesh/explain?service=catalog&header=x-canary:1&cookie=side:b").body());

    assertThat(explained.getJsonObject("web").getJsonArray("instances"))
        .hasSize(2)
        .allSatisfy(
            one -> assertThat(((JsonObject) one).getJsonObject("balance").getJsonArray("oneOf"))
                .containsExactlyInAnyOrder("http://127.0.0.1:1", "http://127.0.0.1:2"));
  }

  @Test
  void aRuleIsExplainedForTheRequestsItFits() throws Exception {
    Match canaries = new Match(
        Set.of(),
        null,
        Map.of("x-canary", new TextMatch(Kind.EXACT, "1")),
        Map.of(),
        null,
        Map.of("https://shop.example/roles", new TextMatch(Kind.EXACT, "staff")));
    Target v2 = new Target(null, Map.of("version", "v2"), null, null);
    Rule rule = new Rule("canary", canaries, List.of(new Side(1, v2)), null, null, List.of());
    policies.update("catalog", before -> before.withRoute(new RoutePolicy(List.of(rule))));

    JsonObject fits = new JsonObject(get("/mesh/explain?service=catalog&header=x-canary:1"
            + "&claim=https://shop.example/roles:user&claim=https://shop.example/roles:staff")
        .body());
    JsonObject others = new JsonObject(
        get("/mesh/explain?service=catalog&header=x-canary:1&claim=https://shop.example/roles:user")
            .body());

    JsonObject explained = fits.getJsonObject("web").getJsonArray("instances").getJsonObject(0);
    assertThat(explained.getJsonObject("routes").getString("rule")).isEqualTo("canary");
    assertThat(explained.getJsonObject("balance").getString("because"))
        .contains("the call would be refused");
    assertThat(others
            .getJsonObject("web")
            .getJsonArray("instances")
            .getJsonObject(0)
            .containsKey("routes"))
        .isFalse();
  }

  @Test
  void whatCannotBeExplainedIsRefusedWithTheMend() throws Exception {
    assertThat(problem("/mesh/explain"))
        .isEqualTo("400 service: missing (expected: a service's"
            + " logical name, as in /mesh/explain?service=pricing)");
    assertThat(problem("/mesh/explain?service=catalog&header=x-canary"))
        .isEqualTo("400 header: x-canary (expected: NAME:VALUE)");
    assertThat(problem("/mesh/explain?service=catalog&claim=https://shop.example/roles"))
        .isEqualTo("400 claim: https://shop.example/roles (expected: NAME:VALUE)");
    assertThat(problem("/mesh/explain?service=pricing"))
        .isEqualTo("404 No BFF calls a service pricing.");
  }

  @Test
  void rulesThatLeadToServicesOrNameOperationsThatTheBffDoesNotHaveAreRefused() throws Exception {
    policies.begin("pricing", ServicePolicy.DEFAULT);

    HttpResponse<String> answer = put("/mesh/services/catalog/routes", """
        [{"split": [{"weight": 1}, {"weight": 1, "service": "pricing"}]},
         {"match": {"operation": ["GET /products/{id}", "GET /product/{id}"]},
          "mirror": {"service": "catalogue"},
          "failover": [{"service": "pricing"}]}]""");

    assertThat(answer.statusCode()).isEqualTo(400);
    String noClient =
        "leads to pricing, for which web had no client when it started (expected: one of catalog;"
            + " or have a rule in services.catalog.routes lead there, with weight 0, and restart)";
    assertThat(errors(answer))
        .containsExactly(
            "/0/split/1/service: " + noClient,
            "/1/match/operation: GET /product/{id}: no call to catalog is called so (did you mean"
                + " GET /products/{id}? known: GET /products/{id})",
            "/1/mirror/service: leads to catalogue, which is not configured (did you mean catalog?"
                + " known: catalog)",
            "/1/failover/0/service: " + noClient);
    assertThat(policies.current("catalog").policy().route()).isEqualTo(RoutePolicy.OFF);

    assertThat(put("/mesh/services/catalog/routes", """
                [{"match": {"operation": "GET /products/{id}"}, "split": [{"subset": {"v": "2"}}]}]""").statusCode()).isEqualTo(200);
    assertThat(put("/mesh/services/pricing/routes", "[{\"split\": [{\"service\": \"catalog\"}]}]")
            .statusCode())
        .as("nobody calls it")
        .isEqualTo(200);
  }

  @Test
  void aFaultForAnOperationThatNobodyCallsIsRefused() throws Exception {
    HttpResponse<String> answer = put("/mesh/services/catalog/faults", """
        {"for": "10m", "rules": [{"operation": "GET /products/{id}", "abort": 503},
                                 {"operation": "GET /prices", "abort": 503}]}""");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(errors(answer))
        .containsExactly("/rules/1/operation: GET /prices: no call to catalog is called so"
            + " (known: GET /products/{id})");
    assertThat(policies.current("catalog").policy().fault()).isEqualTo(FaultPolicy.OFF);

    Target pricing = new Target("pricing", Map.of(), null, null);
    Rule rule = new Rule("all", Match.ALL, List.of(new Side(1, pricing)), null, null, List.of());
    policies.begin("pricing", ServicePolicy.DEFAULT);
    policies.update("catalog", before -> before.withRoute(new RoutePolicy(List.of(rule))));
    assertThat(put("/mesh/services/pricing/faults", """
                {"for": "10m", "rules": [{"operation": "GET /products/{id}", "abort": 503}]}""").statusCode())
        .as("calls that are led there keep their names")
        .isEqualTo(200);
  }

  private static List<String> errors(HttpResponse<String> answer) {
    return new JsonObject(answer.body())
        .getJsonArray("errors").stream()
            .map(JsonObject.class::cast)
            .map(error -> error.getString("pointer") + ": " + error.getString("detail"))
            .toList();
  }

  private HttpResponse<String> put(String path, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management.port() + path))
                .PUT(BodyPublishers.ofString(body))
                .header("content-type", "application/json")
                .build(),
            BodyHandlers.ofString());
  }

  @Test
  void aBffThatHasStoppedIsNotAsked() throws Exception {
    for (String deployment : vertx.deploymentIDs()) {
      await(vertx.undeploy(deployment));
    }

    assertThat(get("/mesh").body()).isEqualTo("{ }");
  }

  private String problem(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    return answer.statusCode() + " " + new JsonObject(answer.body()).getString("detail");
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
