package dev.gatehouse.rest;

import dev.gatehouse.dsl.Access;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Opening;
import dev.gatehouse.dsl.graph.Place;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A route as written. Immutable.
 *
 * @param access null where none was said
 * @param rules how often a rule was said
 * @param select null where none was said
 * @param status 0 where none was said
 * @param headers component by header, in lower case
 * @param defaults value by component
 */
record RouteSpec(
    HttpMethod method,
    String path,
    Composite<?, ?> composite,
    @Nullable Access access,
    int rules,
    @Nullable String select,
    int status,
    Map<String, String> headers,
    Map<String, Object> defaults,
    Place place) {

  RouteSpec(HttpMethod method, String path, Composite<?, ?> composite, Place place) {
    this(method, path, composite, null, 0, null, 0, Map.of(), Map.of(), place);
  }

  String label() {
    return method + " " + path;
  }

  Opening opening() {
    return new Opening(label(), composite, access, place);
  }

  /** Whether the method takes a body. */
  boolean hasBody() {
    return method.equals(HttpMethod.POST)
        || method.equals(HttpMethod.PUT)
        || method.equals(HttpMethod.PATCH);
  }

  RouteSpec withAccess(Access rule) {
    return new RouteSpec(
        method, path, composite, rule, rules + 1, select, status, headers, defaults, place);
  }

  RouteSpec withSelect(String fields) {
    return new RouteSpec(
        method, path, composite, access, rules, fields, status, headers, defaults, place);
  }

  RouteSpec withStatus(int success) {
    return new RouteSpec(
        method, path, composite, access, rules, select, success, headers, defaults, place);
  }

  RouteSpec withHeader(String header, String component) {
    return new RouteSpec(
        method,
        path,
        composite,
        access,
        rules,
        select,
        status,
        with(headers, header, component),
        defaults,
        place);
  }

  RouteSpec withDefault(String component, Object value) {
    return new RouteSpec(
        method,
        path,
        composite,
        access,
        rules,
        select,
        status,
        headers,
        with(defaults, component, value),
        place);
  }

  private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
    Map<String, V> more = new LinkedHashMap<>(map);
    more.put(key, value);
    return more;
  }
}
