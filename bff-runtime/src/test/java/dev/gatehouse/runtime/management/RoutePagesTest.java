package dev.gatehouse.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.config.ManagementSettings;
import dev.gatehouse.runtime.policy.PolicyStore;
import dev.gatehouse.runtime.policy.RoutePolicy;
import dev.gatehouse.runtime.policy.RoutePolicy.Match;
import dev.gatehouse.runtime.policy.RoutePolicy.Rule;
import dev.gatehouse.runtime.policy.RoutePolicy.Side;
import dev.gatehouse.runtime.policy.RoutePolicy.Target;
import dev.gatehouse.runtime.policy.ServicePolicy;
import dev.gatehouse.runtime.telemetry.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoutePagesTest {
  private static final String CANARY = """
      [{"name": "canary", "split": [{"weight": 95}, {"weight": 5, "service": "pricing"}]}]""";

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final PolicyStore policies = new PolicyStore();
  private final Management management = new Management(vertx, Metrics.prometheus(), policies);

  @BeforeEach
  void open() throws Exception {
    policies.begin("catalog", ServicePolicy.DEFAULT);
    policies.begin("pricing", ServicePolicy.DEFAULT);
    get(management.listen(new ManagementSettings(true, "127.0.0.1", 0)));
  }

  @AfterEach
  void close() throws Exception {
    get(management.close());
    get(vertx.close());
  }

  private static void get(Future<?> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private HttpResponse<String> send(String method, String service, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
            "http://127.0.0.1:" + management.port() + "/mesh/services/" + service + "/routes"))
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .header("content-type", "application/json");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private RoutePolicy routes() {
    return policies.current("catalog").policy().route();
  }

  @Test
  void rulesAreSetAndShown() throws Exception {
    HttpResponse<String> set = send("PUT", "catalog", CANARY);
    assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
    assertThat(set.headers().firstValue("etag")).contains("\"2\"");
    assertThat(routes().rules()).hasSize(1);
    assertThat(policies.current("catalog").policy().withRoute(RoutePolicy.OFF))
        .isEqualTo(ServicePolicy.DEFAULT);

    HttpResponse<String> shown = send("GET", "catalog", null);
    assertThat(new JsonArray(shown.body())).isEqualTo(new JsonArray(set.body()));
    assertThat(send("PUT", "catalog", shown.body()).headers().firstValue("etag"))
        .as("setting what is set changes nothing")
        .contains("\"2\"");
    assertThat(send("PUT", "catalog", "[]").statusCode()).isEqualTo(200);
    assertThat(routes()).isEqualTo(RoutePolicy.OFF);
  }

  @Test
  void ofTwoWhoChangeThemOneIsTold() throws Exception {
    assertThat(send("PUT", "catalog", CANARY, "if-match", "\"1\"").statusCode()).isEqualTo(200);
    HttpResponse<String> late = send("PUT", "catalog", "[]", "if-match", "\"1\"");
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(new JsonObject(late.body()).getString("detail")).contains("if-match: \"2\"");
    assertThat(routes().rules()).hasSize(1);
    assertThat(policies.current("catalog").version()).isEqualTo(2);
  }

  @Test
  void rulesThatAreTakenBackLeaveThoseOfTheConfiguration() throws Exception {
    RoutePolicy configured = new RoutePolicy(List.of(
        new Rule("own", Match.ALL, List.of(new Side(1, Target.SAME)), null, null, List.of())));
    policies.configure("catalog", ServicePolicy.DEFAULT.withRoute(configured));
    send("PUT", "catalog", CANARY);
    assertThat(routes()).isNotEqualTo(configured);

    assertThat(send("DELETE", "catalog", null, "if-match", "\"1\"").statusCode())
        .isEqualTo(412);
    assertThat(send("DELETE", "catalog", null).statusCode()).isEqualTo(200);
    assertThat(routes()).isEqualTo(configured);
  }

  @Test
  void whatIsWrongChangesNothing() throws Exception {
    HttpResponse<String> answer = send("PUT", "catalog", """
        [{"split": [{"weight": -3, "service": "nobody"}]}]""");
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonArray errors = new JsonObject(answer.body()).getJsonArray("errors");
    assertThat(errors.getJsonObject(0).getString("pointer")).isEqualTo("/0/split/0/weight");
    assertThat(errors.getJsonObject(0).getString("detail"))
        .isEqualTo("-3 (expected: 0 to 1000000)");
    assertThat(errors.getJsonObject(1).getString("detail")).startsWith("leads to nobody");
    assertThat(routes()).isEqualTo(RoutePolicy.OFF);

    assertThat(send("PUT", "catalog", "{}").statusCode()).isEqualTo(400);
    assertThat(send("PUT", "unknown", "[]").statusCode()).isEqualTo(404);
    assertThat(send("POST", "catalog", null).statusCode()).isEqualTo(405);
  }
}
