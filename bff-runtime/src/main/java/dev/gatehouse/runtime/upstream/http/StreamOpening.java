package dev.gatehouse.runtime.upstream.http;

import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What streams of both protocols are opened with.
 *
 * @param endpoint which was chosen
 * @param uri path and query below the endpoint, encoded
 */
record StreamOpening(OperationSpec operation, Endpoint endpoint, String uri, List<Header> headers) {

  /** Path and query as they are sent. */
  String target() {
    return endpoint.basePath().isEmpty() ? uri : endpoint.basePath() + uri;
  }

  UpstreamException failure(
      FailureClass failureClass, String what, int status, @Nullable Throwable cause) {
    return new UpstreamException(
        failureClass,
        operation.service() + ": " + operation.name() + " at " + endpoint + ": " + what,
        status,
        cause);
  }

  UpstreamException notConnected(Throwable cause) {
    return failure(
        FailureClass.UNREACHABLE,
        "no connection: " + Failures.connecting(cause, endpoint.scheme() == Scheme.HTTPS),
        0,
        cause);
  }

  /** A status that is no stream, for an operation that asked for one. */
  UpstreamException refused(int status) {
    FailureClass failureClass = status == 404 ? FailureClass.ABSENT : FailureClass.of(status);
    return failure(failureClass, "status " + status, status, null);
  }
}
