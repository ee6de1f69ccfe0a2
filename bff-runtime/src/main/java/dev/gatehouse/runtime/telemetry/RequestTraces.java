package dev.gatehouse.runtime.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Begins a server span for each request, after OpenTelemetry's semantic conventions for HTTP, version 1.23 and later. */
final class RequestTraces {
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
  private static final AttributeKey<String> PROTOCOL =
      AttributeKey.stringKey("network.protocol.version");
  private static final AttributeKey<String> BFF = AttributeKey.stringKey("gatehouse.bff");

  private static final TextMapGetter<HttpServerRequest> HEADERS = new TextMapGetter<>() {
    @Override
    public Iterable<String> keys(HttpServerRequest request) {
      return request.headers().names();
    }

    @Override
    public @Nullable String get(@Nullable HttpServerRequest request, String key) {
      return request == null ? null : request.headers().get(key);
    }
  };

  private final String bff;
  private final boolean recording;
  private final Tracer tracer;
  private final TextMapPropagator propagator;

  RequestTraces(OpenTelemetry openTelemetry, String bff) {
    this.bff = bff;
    this.recording = openTelemetry.getTracerProvider() != TracerProvider.noop();
    this.tracer = openTelemetry.getTracer("dev.gatehouse");
    this.propagator = openTelemetry.getPropagators().getTextMapPropagator();
  }

  RequestTrace begin(HttpServerRequest request) {
    if (!recording) {
      return RequestTrace.unrecorded(request);
    }
    Context parent = propagator.extract(Context.root(), request, HEADERS);
    String method = request.method().name();
    SpanBuilder builder = tracer
        .spanBuilder(method)
        .setParent(parent)
        .setSpanKind(SpanKind.SERVER)
        .setAttribute(METHOD, method)
        .setAttribute(SCHEME, request.isSSL() ? "https" : "http")
        .setAttribute(PROTOCOL, version(request))
        .setAttribute(BFF, bff);
    String path = request.path();
    if (path != null) {
      builder.setAttribute(PATH, path);
    }
    Span span = builder.startSpan();
    return RequestTrace.recorded(span, parent.with(span));
  }

  private static String version(HttpServerRequest request) {
    return switch (request.version()) {
      case HTTP_1_0 -> "1.0";
      case HTTP_1_1 -> "1.1";
      case HTTP_2 -> "2";
    };
  }
}
