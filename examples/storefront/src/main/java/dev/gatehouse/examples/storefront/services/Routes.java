package dev.gatehouse.examples.storefront.services;

import static java.util.stream.Collectors.joining;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which endpoint answers which method and path. A segment such as {@code {id}} matches any one segment. */
final class Routes {
  private static final Logger LOG = System.getLogger(Routes.class.getName());

  private final List<Route> routes = new ArrayList<>();

  private record Route(
      HttpMethod method, String[] template, Function<Call, Future<Reply>> endpoint) {

    /** The path's variables; empty where the path is not this route's. */
    Optional<Map<String, String>> match(String[] path) {
      if (path.length != template.length) {
        return Optional.empty();
      }
      Map<String, String> variables = new HashMap<>();
      for (int i = 0; i < template.length; i++) {
        if (template[i].startsWith("{")) {
          variables.put(template[i].substring(1, template[i].length() - 1), decoded(path[i]));
        } else if (!template[i].equals(path[i])) {
          return Optional.empty();
        }
      }
      return Optional.of(variables);
    }
  }

  Routes on(HttpMethod method, String template, Function<Call, Reply> endpoint) {
    return onAsync(method, template, call -> Future.succeededFuture(endpoint.apply(call)));
  }

  Routes onAsync(HttpMethod method, String template, Function<Call, Future<Reply>> endpoint) {
    routes.add(new Route(method, template.split("/"), endpoint));
    return this;
  }

  /** Always succeeds: what goes wrong is a reply that says so. */
  Future<Reply> answer(Call call) {
    try {
      return route(call).recover(failure -> Future.succeededFuture(failed(call, failure)));
    } catch (RuntimeException e) {
      return Future.succeededFuture(failed(call, e));
    }
  }

  private Future<Reply> route(Call call) {
    String[] path = call.path().split("/");
    List<HttpMethod> allowed = new ArrayList<>();
    for (Route route : routes) {
      Optional<Map<String, String>> variables = route.match(path);
      if (variables.isPresent()) {
        if (route.method().equals(call.request().method())) {
          return route.endpoint().apply(call.with(variables.get()));
        }
        allowed.add(route.method());
      }
    }
    if (allowed.isEmpty()) {
      throw Problem.notFound("path", call.path());
    }
    String methods = allowed.stream().map(HttpMethod::name).collect(joining(", "));
    return Future.succeededFuture(
        Reply.problem(405, call.request().method() + " (expected: " + methods + ")")
            .with("Allow", methods));
  }

  private static Reply failed(Call call, Throwable failure) {
    if (failure instanceof Problem problem) {
      return problem.toReply();
    }
    LOG.log(
        Level.ERROR,
        () -> call.request().method() + " " + call.request().uri() + " failed",
        failure);
    return Reply.problem(500, "the service failed; its log says why");
  }

  private static String decoded(String segment) {
    try {
      return QueryStringDecoder.decodeComponent(segment.replace("+", "%2B"));
    } catch (IllegalArgumentException e) {
      throw new Problem(400, "path: not properly percent-encoded");
    }
  }
}
