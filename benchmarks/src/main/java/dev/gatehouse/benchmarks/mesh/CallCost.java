package dev.gatehouse.benchmarks.mesh;

import dev.gatehouse.runtime.mesh.Mesh;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import dev.gatehouse.runtime.upstream.Upstream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One service, called through the mesh client and by the bare client. Confined to one event loop. */
final class CallCost {
  private static final int CALLS = 20_000;
  private static final int UNDER_WAY = 32;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Vertx vertx;
  private final int port;
  private @Nullable Mesh mesh;
  private @Nullable Upstream service;
  private @Nullable HttpClient bare;
  private long number;

  CallCost(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
  }

  Future<Void> open() {
    bare = vertx.createHttpClient(
        new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(UNDER_WAY));
    return Mesh.create(
            vertx,
            "benchmark",
            new SimpleMeterRegistry(),
            Map.of(Calls.SERVICE, ServiceSettings.at("http://127.0.0.1:" + port)))
        .onSuccess(made -> {
          mesh = made;
          service = made.service(Calls.SERVICE);
        })
        .mapEmpty();
  }

  /** Microseconds of this thread for one call, of many. */
  Future<Double> round(boolean byMesh) {
    Promise<Double> done = Promise.promise();
    long start = THREADS.getCurrentThreadCpuTime();
    int[] left = {CALLS, CALLS};
    for (int i = 0; i < UNDER_WAY; i++) {
      next(byMesh, left, start, done);
    }
    return done.future();
  }

  private void next(boolean byMesh, int[] left, long start, Promise<Double> done) {
    if (left[0]-- <= 0) {
      return;
    }
    Future<?> answer = byMesh ? mesh() : bare();
    answer.onComplete((ok, failure) -> {
      if (failure != null) {
        done.tryFail(failure);
      } else if (--left[1] == 0) {
        done.complete((THREADS.getCurrentThreadCpuTime() - start) / 1e3 / CALLS);
      } else {
        next(byMesh, left, start, done);
      }
    });
  }

  private Future<?> mesh() {
    Upstream to = service;
    return to == null ? Future.failedFuture("not open") : to.send(Calls.call(number++));
  }

  private Future<?> bare() {
    HttpClient client = bare;
    return client == null
        ? Future.failedFuture("not open")
        : client
            .request(HttpMethod.GET, port, "127.0.0.1", "/products/" + number++)
            .compose(request -> request.putHeader("accept", "application/json").send())
            .compose(HttpClientResponse::body);
  }

  Future<Void> close() {
    Mesh opened = mesh;
    HttpClient client = bare;
    return (opened == null ? Future.<Void>succeededFuture() : opened.close())
        .eventually(() -> client == null ? Future.succeededFuture() : client.close());
  }
}
