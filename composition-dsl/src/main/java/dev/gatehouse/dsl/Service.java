package dev.gatehouse.dsl;

import dev.gatehouse.dsl.graph.OperationSpec.Safety;

/** An upstream microservice, known by its logical name and never by an address. Immutable. */
public final class Service {
  private final String name;

  private Service(String name) {
    this.name = name;
  }

  /**
   * The service of that name in the mesh.
   *
   * @param name letters, digits, '.', '_' and '-', such as {@code catalog}
   */
  public static Service named(String name) {
    return new Service(name);
  }

  public String name() {
    return name;
  }

  /**
   * An operation on GET, safe by default.
   *
   * @param uri path and query as a template after RFC 6570, such as {@code /products/{id}}
   */
  public OperationBuilder get(String uri) {
    return OperationBuilder.of(name, "GET", uri, Safety.SAFE, false);
  }

  /** An operation on POST, unsafe by default, with a body; else as {@link #get}. */
  public OperationBuilder post(String uri) {
    return OperationBuilder.of(name, "POST", uri, Safety.UNSAFE, true);
  }

  /** An operation on PUT, idempotent by default, with a body; else as {@link #get}. */
  public OperationBuilder put(String uri) {
    return OperationBuilder.of(name, "PUT", uri, Safety.IDEMPOTENT, true);
  }

  /** An operation on PATCH, unsafe by default, with a body; else as {@link #get}. */
  public OperationBuilder patch(String uri) {
    return OperationBuilder.of(name, "PATCH", uri, Safety.UNSAFE, true);
  }

  /** An operation on DELETE, idempotent by default; else as {@link #get}. */
  public OperationBuilder delete(String uri) {
    return OperationBuilder.of(name, "DELETE", uri, Safety.IDEMPOTENT, false);
  }

  @Override
  public String toString() {
    return "service " + name;
  }
}
