package dev.gatehouse.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.config.ManagementSettings;
import dev.gatehouse.runtime.policy.FaultPolicy;
import dev.gatehouse.runtime.policy.FaultPolicy.Abort;
import dev.gatehouse.runtime.policy.FaultPolicy.HeaderMatch;
import dev.gatehouse.runtime.policy.FaultPolicy.Rule;
import dev.gatehouse.runtime.policy.PolicyStore;
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
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultPagesTest {
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

  private HttpResponse<String> send(String method, String service, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(
                "http://127.0.0.1:" + management.port() + "/mesh/services/" + service + "/faults"))
            .header("content-type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private FaultPolicy faults() {
    return policies.current("catalog").policy().fault();
  }

  @Test
  void faultsAreSetShownAndCleared() throws Exception {
    Instant before = Instant.now();
    HttpResponse<String> set = send("PUT", "catalog", """
        {"for": "10m", "rules": [
          {"operation": "GET /products/{id}", "percent": 12.5, "delay": "200ms"},
          {"header": {"name": "X-Chaos", "value": "1"}, "abort": "connection"},
          {"abort": 503}]}
        """);

    assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
    assertThat(faults().rules())
        .containsExactly(
            new Rule("GET /products/{id}", null, 12.5, Duration.ofMillis(200), null),
            new Rule(null, new HeaderMatch("x-chaos", "1"), 100, Duration.ZERO, Abort.CONNECTION),
            new Rule(null, null, 100, Duration.ZERO, new Abort(503)));
    assertThat(faults().until())
        .isBetween(before.plusSeconds(600), Instant.now().plusSeconds(600));
    JsonObject shown = new JsonObject(send("GET", "catalog", null).body());
    assertThat(shown).isEqualTo(new JsonObject(set.body()));
    assertThat(shown.getJsonArray("rules")).isEqualTo(new JsonArray("""
            [{"operation": "GET /products/{id}", "percent": 12.5, "delay": "200ms"},
             {"header": {"name": "x-chaos", "value": "1"}, "percent": 100.0, "abort": "connection"},
             {"percent": 100.0, "abort": 503}]
            """));
    assertThat(policies.current("pricing").policy().fault()).isEqualTo(FaultPolicy.OFF);

    assertThat(send("DELETE", "catalog", null).statusCode()).isEqualTo(200);
    assertThat(faults()).isEqualTo(FaultPolicy.OFF);
  }

  @Test
  void faultsEndByThemselves() throws Exception {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    policies.listen((service, policy) -> {
      if (policy.fault().equals(FaultPolicy.OFF)) {
        ended.complete(null);
      }
    });
    send("PUT", "catalog", "{\"for\": \"300ms\", \"rules\": [{\"abort\": 503}]}");
    ended.get(60, TimeUnit.SECONDS);
    assertThat(faults()).isEqualTo(FaultPolicy.OFF);
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() throws Exception {
    HttpResponse<String> answer = send("PUT", "catalog", """
        {"for": "2h", "until": 1, "rules": [
          {},
          7,
          {"percent": 0, "delay": "2m", "abort": 200, "status": 503},
          {"operation": "", "header": {"name": "a b", "value": 1}, "abort": "tcp"}]}
        """);

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonObject problem = new JsonObject(answer.body());
    assertThat(problem.getString("code")).isEqualTo("invalid_faults");
    assertThat(problem.getJsonArray("errors").stream()
            .map(JsonObject.class::cast)
            .map(error -> error.getString("pointer") + ": " + error.getString("detail")))
        .containsExactlyInAnyOrder(
            "/until: unknown member (expected: one of for, rules)",
            "/for: \"2h\" (expected: a duration up to 60m, such as \"10m\")",
            "/rules/0: no fault (expected: delay, abort, or both)",
            "/rules/1: 7 (expected: an object such as {\"abort\": 503})",
            "/rules/2/status: unknown member (expected: one of operation, header, percent, delay, abort)",
            "/rules/2/percent: 0 (expected: a number above 0 and up to 100)",
            "/rules/2/delay: \"2m\" (expected: a duration up to 1m, such as \"200ms\")",
            "/rules/2/abort: 200 (expected: a status from 400 to 599, or \"connection\")",
            "/rules/3/operation: \"\" (expected: an operation's name, such as GET /products/{id})",
            "/rules/3/header: {\"name\":\"a b\",\"value\":1} (expected: a name and a value, such as"
                + " {\"name\": \"x-chaos\", \"value\": \"1\"})",
            "/rules/3/abort: \"tcp\" (expected: a status from 400 to 599, or \"connection\")");
    assertThat(faults()).isEqualTo(FaultPolicy.OFF);
  }

  @Test
  void faultsWithoutAnEndAreNotTaken() throws Exception {
    assertThat(send("PUT", "catalog", "{\"rules\": [{\"abort\": 503}]}").body())
        .contains("\"/for\"")
        .contains("nothing (expected: a duration up to 60m");
    assertThat(send("PUT", "catalog", "{\"for\": \"1m\"}").body()).contains("\"/rules\"");
  }

  @Test
  void whatIsNoJsonObjectIsNotTaken() throws Exception {
    for (String body : new String[] {null, "", "[]", "{", "1", "null"}) {
      assertThat(send("PUT", "catalog", body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(send("PUT", "catalog", "[" + "1,".repeat(100_000) + "1]").statusCode())
        .isEqualTo(413);
  }

  @Test
  void anotherContentTypeIsNotTaken() throws Exception {
    HttpResponse<String> answer = client.send(
        HttpRequest.newBuilder(URI.create(
                "http://127.0.0.1:" + management.port() + "/mesh/services/catalog/faults"))
            .header("content-type", "text/plain")
            .PUT(BodyPublishers.ofString("{\"for\": \"1m\", \"rules\": [{\"abort\": 503}]}"))
            .build(),
        BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(faults()).isEqualTo(FaultPolicy.OFF);
  }

  @Test
  void anUnknownServiceAndAnotherMethodAreTold() throws Exception {
    HttpResponse<String> unknown =
        send("PUT", "catalogue", "{\"for\": \"1m\", \"rules\": [{\"abort\": 503}]}");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body())
        .contains("There is no service catalogue (expected: one of catalog, pricing).");
    HttpResponse<String> post = send("POST", "catalog", "{}");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("allow")).hasValue("GET, PUT, DELETE");
  }
}
