package dev.gatehouse.benchmarks.mesh;

import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.BodyBinding;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.dsl.uri.UriTemplate;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;

/** The calls that are made. */
final class Calls {
  static final String SERVICE = "catalog";
  private static final long TIMEOUT = Duration.ofSeconds(10).toNanos();
  private static final OperationSpec OPERATION = new OperationSpec(
      SERVICE,
      "GET /products/{id}",
      new HttpTarget(
          "GET",
          new UriTemplate("/products/{id}", List.of()),
          List.of(),
          new BodyBinding.None(),
          List.of(),
          false),
      Safety.SAFE,
      new AnyType(Object.class),
      null,
      0,
      0,
      null,
      Place.UNKNOWN);

  private Calls() {}

  /** Each for another product, so that none is like another under way. */
  static UpstreamRequest call(long number) {
    return new UpstreamRequest(
        OPERATION,
        HttpMethod.GET,
        "/products/" + number,
        List.of(),
        null,
        System.nanoTime() + TIMEOUT);
  }
}
