package dev.gatehouse.benchmarks.jmh;

import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import dev.gatehouse.runtime.upstream.Upstreams;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.util.Map;

/** Services that have answered before they are asked: what is left is the engine. */
final class MemoryUpstreams implements Upstreams {
  private final Map<String, Upstream> services;

  MemoryUpstreams(PageBodies bodies) {
    services = Map.of(
        "products", new Fixed(bodies.product()),
        "prices", new Fixed(bodies.price()),
        "stock", new Fixed(bodies.stock()),
        "reviews", new Fixed(bodies.reviews()),
        "users", new Fixed(bodies.users()),
        "recommendations", new Fixed(bodies.recommendations()));
  }

  @Override
  public Upstream service(String name) {
    Upstream service = services.get(name);
    if (service == null) {
      throw new IllegalArgumentException(
          "service: " + name + " (expected: one of " + services.keySet() + ")");
    }
    return service;
  }

  private static final class Fixed implements Upstream {
    private final Future<UpstreamResponse> answer;

    Fixed(byte[] body) {
      MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("content-type", "application/json");
      answer = Future.succeededFuture(new UpstreamResponse(200, headers, body, 0, body.length));
    }

    @Override
    public Future<UpstreamResponse> send(UpstreamRequest request) {
      return answer;
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
