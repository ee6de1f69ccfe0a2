package dev.gatehouse.rest;

import dev.gatehouse.dsl.Access;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Opening;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.Place;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The only door there is: its routes as written, in order. */
final class RestRoutes implements RestRoute {
  private final List<RouteSpec> routes;
  private final Place place;

  private RestRoutes(List<RouteSpec> routes, Place place) {
    this.routes = List.copyOf(routes);
    this.place = place;
  }

  /** A door without routes, written where this is called from. */
  static RestRoutes none() {
    return new RestRoutes(List.of(), here());
  }

  private static Place here() {
    return Place.outside("dev.gatehouse.dsl", RestRoutes.class.getPackageName());
  }

  DoorCompiler compile() {
    return new DoorCompiler(routes, place);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public List<Opening> openings() {
    return routes.stream().map(RouteSpec::opening).toList();
  }

  @Override
  public List<Finding> findings() {
    return compile().findings();
  }

  @Override
  public RestRoute get(String path, Composite<?, ?> composite) {
    return add(HttpMethod.GET, path, composite);
  }

  @Override
  public RestRoute post(String path, Composite<?, ?> composite) {
    return add(HttpMethod.POST, path, composite);
  }

  @Override
  public RestRoute put(String path, Composite<?, ?> composite) {
    return add(HttpMethod.PUT, path, composite);
  }

  @Override
  public RestRoute patch(String path, Composite<?, ?> composite) {
    return add(HttpMethod.PATCH, path, composite);
  }

  @Override
  public RestRoute delete(String path, Composite<?, ?> composite) {
    return add(HttpMethod.DELETE, path, composite);
  }

  @Override
  public RestRoute allow(Access access) {
    Objects.requireNonNull(access, "access");
    return changeLast(route -> route.withAccess(access));
  }

  @Override
  public RestRoute select(String fields) {
    Objects.requireNonNull(fields, "fields");
    return changeLast(route -> route.withSelect(fields));
  }

  @Override
  public RestRoute answers(int status) {
    return changeLast(route -> route.withStatus(status));
  }

  @Override
  public RestRoute header(String header, String component) {
    Objects.requireNonNull(component, "component");
    String name = header.toLowerCase(Locale.ROOT);
    return changeLast(route -> route.withHeader(name, component));
  }

  @Override
  public RestRoute byDefault(String component, Object value) {
    Objects.requireNonNull(component, "component");
    Objects.requireNonNull(value, "value");
    return changeLast(route -> route.withDefault(component, value));
  }

  private RestRoute add(HttpMethod method, String path, Composite<?, ?> composite) {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(composite, "composite");
    List<RouteSpec> more = new ArrayList<>(routes);
    more.add(new RouteSpec(method, path, composite, here()));
    return new RestRoutes(more, place);
  }

  private RestRoute changeLast(UnaryOperator<RouteSpec> change) {
    List<RouteSpec> changed = new ArrayList<>(routes);
    changed.set(changed.size() - 1, change.apply(changed.get(changed.size() - 1)));
    return new RestRoutes(changed, place);
  }

  @Override
  public String toString() {
    return "REST door of " + routes.size() + " routes";
  }
}
