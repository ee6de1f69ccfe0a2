package dev.gatehouse.runtime.door;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.runtime.upstream.RequestOrigin;
import io.opentelemetry.context.Context;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as routing and balancing see it. Confined to its event loop. */
public final class HttpOrigin implements RequestOrigin {
  private final HttpServerRequest request;
  private final Caller caller;
  private final Context trace;

  public HttpOrigin(HttpServerRequest request, Caller caller, Context trace) {
    this.request = request;
    this.caller = caller;
    this.trace = trace;
  }

  @Override
  public @Nullable String header(String name) {
    return request.headers().get(name);
  }

  @Override
  public @Nullable String cookie(String name) {
    Cookie cookie = request.getCookie(name);
    return cookie == null ? null : cookie.getValue();
  }

  @Override
  public @Nullable String subject() {
    return caller.subject();
  }

  @Override
  public Map<String, Object> claims() {
    return caller.claims();
  }

  @Override
  public Context trace() {
    return trace;
  }
}
