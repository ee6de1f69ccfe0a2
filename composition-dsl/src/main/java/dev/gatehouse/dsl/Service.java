package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.graph.EventSpec.Protocol;
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

  /**
   * A stream of events over HTTP ({@code text/event-stream}, WHATWG HTML), on GET.
   *
   * @param uri path and query as a template after RFC 6570, such as {@code /prices/{id}/changes}
   */
  public EventBuilder<Nothing> events(String uri) {
    return EventBuilder.of(name, uri, Protocol.EVENT_STREAM);
  }

  /** Events over a WebSocket (RFC 6455): each message is the JSON of one; else as {@link #events}. */
  public EventBuilder<Nothing> webSocket(String uri) {
    return EventBuilder.of(name, uri, Protocol.WEB_SOCKET);
  }

  @Override
  public String toString() {
    return "service " + name;
  }
}
