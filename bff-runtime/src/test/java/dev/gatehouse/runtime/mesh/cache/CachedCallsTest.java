package dev.gatehouse.runtime.mesh.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.runtime.mesh.MeshCaller;
import dev.gatehouse.runtime.mesh.layer.LayerLoop;
import dev.gatehouse.runtime.policy.CachePolicy;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On real connections. */
class CachedCallsTest {
  private final MeshCaller caller = new MeshCaller();
  private final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    caller.close();
  }

  private void use(CachePolicy policy) {
    caller.policies().update("catalog", before -> before.withCache(policy));
    caller.open();
  }

  @Test
  void anAnswerIsKeptAndStandsInWhenTheServiceIsGone() {
    HttpServer server = caller.serve("catalog", request -> {
      requests.add(request);
      request.response().putHeader("cache-control", "max-age=0").end("one");
    });
    use(CachePolicy.DEFAULT.withStored(true).withStaleIfError(Duration.ofMinutes(1)));

    assertThat(caller.text("catalog", LayerLoop.safe())).isEqualTo("one");
    assertThat(caller.text("catalog", LayerLoop.safe())).isEqualTo("one");
    assertThat(requests).hasSize(2);
    LayerLoop.await(server.close());
    assertThat(caller.text("catalog", LayerLoop.safe())).isEqualTo("one");
    assertThat(caller.count("gatehouse.mesh.cache", "outcome", "stale_if_error"))
        .isEqualTo(1);
  }

  @Test
  void theSameCallsAtTheSameTimeAreOneRequest() {
    caller.serve("catalog", requests::add);
    use(CachePolicy.DEFAULT);

    List<Future<UpstreamResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      calls.add(caller.start("catalog", LayerLoop.safe()));
    }
    caller.until(() -> !requests.isEmpty());
    requests.get(0).response().end("shared");
    LayerLoop.await(Future.all(calls));
    assertThat(calls).allMatch(call -> MeshCaller.text(call.result()).equals("shared"));
    assertThat(requests).hasSize(1);
    assertThat(caller.count("gatehouse.mesh.shared")).isEqualTo(19);
  }

  @Test
  void callersAtTheSameTimeShareNothingThatDependsOnThem() {
    caller.serve("catalog", requests::add);
    use(CachePolicy.DEFAULT.withStored(true));

    Map<String, List<Future<UpstreamResponse>>> calls = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      String token = "Bearer " + i % 4;
      calls
          .computeIfAbsent(token, any -> new ArrayList<>())
          .add(caller.start("catalog", as(token)));
    }
    caller.until(() -> requests.size() == 4);
    requests.forEach(request -> request
        .response()
        .putHeader("cache-control", "public, max-age=60")
        .end("of " + request.getHeader("authorization")));

    calls.forEach((token, own) -> {
      LayerLoop.await(Future.all(own));
      assertThat(own).allMatch(call -> MeshCaller.text(call.result()).equals("of " + token));
      assertThat(caller.text("catalog", as(token))).isEqualTo("of " + token);
    });
    assertThat(caller.count("gatehouse.mesh.shared")).isEqualTo(16);
  }

  private static UpstreamRequest as(String token) {
    UpstreamRequest like = LayerLoop.safe();
    return new UpstreamRequest(
        like.operation(),
        like.method(),
        like.uri(),
        List.of(new Header("authorization", token)),
        null,
        like.deadlineNanos());
  }
}
