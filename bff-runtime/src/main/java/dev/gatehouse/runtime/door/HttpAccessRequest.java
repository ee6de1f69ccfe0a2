package dev.gatehouse.runtime.door;

import dev.gatehouse.dsl.AccessRequest;
import dev.gatehouse.dsl.Caller;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** What access rules see of a request. */
public record HttpAccessRequest(HttpServerRequest request, Caller caller) implements AccessRequest {
  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String path() {
    String path = request.path();
    return path == null ? "/" : path;
  }

  @Override
  public @Nullable String header(String name) {
    return request.getHeader(name);
  }
}
