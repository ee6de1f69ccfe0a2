package dev.gatehouse.runtime.mesh.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.mesh.MeshCaller;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.policy.CachePolicy;
import dev.gatehouse.runtime.policy.RetryPolicy;
import dev.gatehouse.runtime.policy.RetryPolicy.Budget;
import dev.gatehouse.runtime.policy.RoutePolicy;
import dev.gatehouse.runtime.settings.RoutesJson;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where calls go that fail at one place, with what other layers make of them. */
class FailOverTest {
  private final MeshCaller caller = new MeshCaller();
  private volatile Handler<HttpServerRequest> one = says("one");
  private volatile Handler<HttpServerRequest> two = says("two");

  @AfterEach
  void close() {
    caller.close();
  }

  private static Handler<HttpServerRequest> says(String name) {
    return request -> request.response().putHeader("cache-control", "max-age=0").end(name);
  }

  private static Handler<HttpServerRequest> status(int status) {
    return request -> request.response().setStatusCode(status).end("failed");
  }

  private void open(String failOver) {
    caller.serve("pricing", request -> one.handle(request));
    caller.serve("backup", request -> two.handle(request));
    RoutesJson reader = new RoutesJson("pricing");
    RoutePolicy policy = reader.read(new JsonArray(failOver.replace('\'', '"')));
    assertThat(reader.problems()).isEmpty();
    caller
        .policies()
        .update(
            "pricing",
            before -> before
                .withRoute(policy)
                .withCache(
                    CachePolicy.DEFAULT.withStored(true).withStaleIfError(Duration.ofHours(1))));
    caller.open();
  }

  private UpstreamResponse call() {
    return LayerLoop.await(caller.start("pricing", get()));
  }

  private static UpstreamRequest get() {
    return LayerLoop.request(Safety.SAFE, false, Duration.ofSeconds(20));
  }

  @Test
  void anotherPlaceComesBeforeAStaleAnswer() {
    open("[{'failover': [{'on': ['server-error'], 'service': 'backup'}]}]");
    assertThat(MeshCaller.text(call())).isEqualTo("one");
    one = status(500);
    UpstreamResponse fresh = call();
    assertThat(MeshCaller.text(fresh)).isEqualTo("two");
    assertThat(fresh.standsInFor()).isNull();
    assertThat(caller.count("gatehouse.mesh.failovers", "reason", "server_error"))
        .isEqualTo(1);
  }

  @Test
  void aStaleAnswerComesBeforeAFailureOfAllPlaces() {
    open("[{'failover': [{'on': ['server-error'], 'service': 'backup'}]}]");
    call();
    one = status(500);
    two = status(503);
    UpstreamResponse stale = call();
    assertThat(MeshCaller.text(stale)).isEqualTo("one");
    assertThat(stale.standsInFor()).isEqualTo(FailureClass.SERVER_ERROR);
  }

  @Test
  void aStaleAnswerStandsInForWhatLeadsNowhereElse() {
    open("[{'failover': [{'on': ['refused'], 'service': 'backup'}]}]");
    call();
    one = status(500);
    assertThat(MeshCaller.text(call())).isEqualTo("one");
  }

  @Test
  void anAnswerThatBreaksOffIsAskedForElsewhereAndComesWhole() {
    one = request -> request
        .response()
        .putHeader("content-length", "100")
        .write("half of")
        .onComplete(written -> request.response().reset());
    open("[{'failover': [{'on': ['server-error'], 'service': 'backup'}]}]");
    assertThat(MeshCaller.text(call())).isEqualTo("two");
    one = says("one");
    assertThat(MeshCaller.text(call())).isEqualTo("one");
  }

  @Test
  void whatLimitsAttemptsAtOnePlaceDoesNotAtTheNext() {
    open("[{'failover': [{'on': ['server-error'], 'service': 'backup'}]}]");
    caller
        .policies()
        .update(
            "pricing",
            before -> before
                .withCache(CachePolicy.OFF)
                .withRetry(RetryPolicy.DEFAULT.withBudget(new Budget(0, 0))));
    caller.on(() -> null);
    one = status(500);
    UpstreamRequest request = get();
    caller.text("pricing", request);
    assertThat(request.replay(true))
        .as("one more connection at the other place")
        .isTrue();
  }

  @Test
  void rewritesStandBelowAnEndpointsOwnPathForCallsAndCopiesAlike() {
    List<String> asked = new CopyOnWriteArrayList<>();
    int port = caller
        .serve("any", request -> {
          asked.add(request.uri());
          request.response().end();
        })
        .actualPort();
    caller.at("pricing", "http://127.0.0.1:" + port + "/base/v0");
    caller.at("shadow", "http://127.0.0.1:" + port + "/shadow");
    RoutesJson reader = new RoutesJson("pricing");
    RoutePolicy policy = reader.read(new JsonArray("""
        [{"split": [{"path": {"from": "/things", "to": "/v2/parts"}}],
          "mirror": {"service": "shadow", "path": {"from": "/", "to": "/copy"}}}]"""));
    caller.policies().update("pricing", before -> before.withRoute(policy));
    caller.open();
    caller.text("pricing", get());
    caller.until(() -> asked.size() == 2);
    assertThat(asked).containsExactlyInAnyOrder("/base/v0/v2/parts", "/shadow/copy/things");
  }
}
