package dev.gatehouse.runtime.mesh;

import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.BodyBinding;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.dsl.uri.UriTemplate;
import dev.gatehouse.runtime.upstream.RequestOrigin;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** A call that is only asked about. */
final class ExplainedCall {
  private ExplainedCall() {}

  static UpstreamRequest of(String service, String uri, RequestOrigin origin) {
    OperationSpec operation = new OperationSpec(
        service,
        "GET " + uri,
        new HttpTarget(
            "GET",
            new UriTemplate(uri, List.of()),
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
    return new UpstreamRequest(
        operation, HttpMethod.GET, uri, List.of(), null, Long.MAX_VALUE, origin);
  }
}
