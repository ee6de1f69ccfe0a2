package dev.gatehouse.runtime.mesh.trace;

import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Records a client span for each attempt, as a child of the request's, and tells the service by headers, after OpenTelemetry's
 * semantic conventions for HTTP. A query is not recorded: it may hold what a trace should not.
 */
public final class TracedCalls implements Upstream {
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
  private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  private static final AttributeKey<Long> RESENDS =
      AttributeKey.longKey("http.request.resend_count");
  private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
  private static final AttributeKey<String> TEMPLATE = AttributeKey.stringKey("url.template");
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("gatehouse.service");

  private final Upstream next;
  private final String service;
  private final Tracer tracer;
  private final TextMapPropagator propagator;

  public TracedCalls(Upstream next, String service, OpenTelemetry openTelemetry) {
    this.next = next;
    this.service = service;
    this.tracer = openTelemetry.getTracer("dev.gatehouse");
    this.propagator = openTelemetry.getPropagators().getTextMapPropagator();
  }

  @Override
  public Future<UpstreamResponse> send(UpstreamRequest request) {
    Context parent = request.origin().trace();
    OperationSpec operation = request.operation();
    Span span = tracer
        .spanBuilder(operation.name())
        .setParent(parent)
        .setSpanKind(SpanKind.CLIENT)
        .setAttribute(METHOD, request.method().name())
        .setAttribute(SERVICE, service)
        .startSpan();
    if (request.resends() > 0) {
      span.setAttribute(RESENDS, (long) request.resends());
    }
    if (operation.target() instanceof HttpTarget http) {
      span.setAttribute(TEMPLATE, http.uri().source());
    }
    List<Header> headers = new ArrayList<>(2);
    propagator.inject(parent.with(span), headers, TracedCalls::add);
    request.attemptHeaders(headers);
    return next.send(request)
        .onComplete((response, failure) -> end(span, request, response, failure));
  }

  private static void add(@Nullable List<Header> headers, String name, String value) {
    if (headers != null) {
      headers.add(new Header(name.toLowerCase(Locale.ROOT), value));
    }
  }

  private static void end(
      Span span,
      UpstreamRequest request,
      @Nullable UpstreamResponse response,
      @Nullable Throwable failure) {
    Endpoint endpoint = request.endpoint();
    if (endpoint != null) {
      span.setAttribute(HOST, endpoint.host());
      span.setAttribute(PORT, (long) endpoint.port());
      span.setAttribute(URL, endpoint + path(request.uri()));
    }
    if (response != null) {
      span.setAttribute(STATUS, (long) response.status());
      if (response.status() >= 400) {
        span.setAttribute(ERROR_TYPE, Integer.toString(response.status()));
        span.setStatus(StatusCode.ERROR);
      }
    } else {
      String type =
          failure instanceof UpstreamException known ? known.failureClass().label() : "_OTHER";
      span.setAttribute(ERROR_TYPE, type);
      span.setStatus(StatusCode.ERROR, failure == null ? "" : String.valueOf(failure.getMessage()));
    }
    span.end();
  }

  private static String path(String uri) {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  @Override
  public void describe(JsonObject into) {
    next.describe(into);
  }

  @Override
  public void explain(UpstreamRequest request, JsonObject into) {
    next.explain(request, into);
  }

  @Override
  public Future<Void> close() {
    return next.close();
  }
}
