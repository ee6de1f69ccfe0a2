package dev.gatehouse.runtime.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request's place in a distributed trace: its span, where spans are recorded, else the trace that its headers name
 * (W3C Trace Context). Confined to one event loop.
 */
public final class RequestTrace {
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  private static final AttributeKey<Long> CALLS = AttributeKey.longKey("gatehouse.calls");
  private static final AttributeKey<Long> LOSSES = AttributeKey.longKey("gatehouse.losses");

  private final @Nullable HttpServerRequest request;
  private final @Nullable Span span;
  private final Context context;

  private RequestTrace(@Nullable HttpServerRequest request, @Nullable Span span, Context context) {
    this.request = request;
    this.span = span;
    this.context = context;
  }

  /** Of a request that is not recorded. */
  static RequestTrace unrecorded(HttpServerRequest request) {
    return new RequestTrace(request, null, Context.root());
  }

  static RequestTrace recorded(Span span, Context context) {
    return new RequestTrace(null, span, context);
  }

  /** What the spans of its calls belong to. */
  public Context context() {
    return context;
  }

  /** 32 lower-case hexadecimal digits; null where the request belongs to no trace. */
  @Nullable String traceId() {
    if (span != null) {
      return span.getSpanContext().getTraceId();
    }
    return request == null ? null : TraceParent.traceId(request.headers().get(TraceParent.HEADER));
  }

  void end(AccessEntry entry) {
    Span ended = span;
    if (ended == null) {
      return;
    }
    // A semantic convention: the name is the method and the template, never the path.
    ended.updateName(entry.method() + " " + entry.route());
    ended.setAttribute(ROUTE, entry.route());
    ended.setAttribute(STATUS, (long) entry.status());
    ended.setAttribute(CALLS, (long) entry.calls());
    ended.setAttribute(LOSSES, (long) entry.losses().size());
    if (entry.status() >= 500) {
      ended.setAttribute(ERROR_TYPE, Integer.toString(entry.status()));
      ended.setStatus(StatusCode.ERROR);
    }
    ended.end();
  }
}
