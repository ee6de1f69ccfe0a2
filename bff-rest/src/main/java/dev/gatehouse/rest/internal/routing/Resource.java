package dev.gatehouse.rest.internal.routing;

import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands at one shape of path: a route per method.
 *
 * @param <R> a route
 */
public final class Resource<R> {
  private final List<HttpMethod> methods = new ArrayList<>(4);
  private final List<R> routes = new ArrayList<>(4);
  private String allow = "OPTIONS";

  Resource() {}

  void add(HttpMethod method, R route) {
    if (methods.contains(method)) {
      throw new IllegalArgumentException(
          "two routes for " + method + " on one path (expected: one)");
    }
    methods.add(method);
    routes.add(route);
    StringBuilder names = new StringBuilder();
    for (HttpMethod allowed : methods) {
      names.append(allowed.name()).append(", ");
      if (allowed.equals(HttpMethod.GET)) {
        names.append("HEAD, ");
      }
    }
    allow = names.append("OPTIONS").toString();
  }

  /**
   * The route for a method; {@code HEAD} is served by {@code GET}'s.
   *
   * @return null where the method is not allowed
   */
  public @Nullable R route(HttpMethod method) {
    HttpMethod wanted = method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
    for (int i = 0; i < methods.size(); i++) {
      if (methods.get(i).equals(wanted)) {
        return routes.get(i);
      }
    }
    return null;
  }

  /** The value of the {@code Allow} header. */
  public String allow() {
    return allow;
  }
}
