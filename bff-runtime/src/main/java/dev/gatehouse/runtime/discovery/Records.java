package dev.gatehouse.runtime.discovery;

import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.types.HttpEndpoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Endpoints as service discovery's records and back. */
final class Records {
  private static final String PROTOCOL = "gatehouse.protocol";
  private static final String SCOPE = "gatehouse.scope";

  private Records() {}

  /**
   * @param scope the registry that alone may use it; null for all
   */
  static Record of(String service, Endpoint endpoint, @Nullable String scope) {
    JsonObject metadata = new JsonObject().put(PROTOCOL, endpoint.scheme().toString());
    if (scope != null) {
      metadata.put(SCOPE, scope);
    }
    return HttpEndpoint.createRecord(
        service,
        endpoint.scheme() == Scheme.HTTPS,
        endpoint.host(),
        endpoint.port(),
        endpoint.basePath().isEmpty() ? "/" : endpoint.basePath(),
        metadata);
  }

  /** Whether a registry may use a record: records published by others than a registry's own importer are for all. */
  static boolean isFor(Record record, String scope) {
    return HttpEndpoint.TYPE.equals(record.getType())
        && scope.equals(record.getMetadata().getString(SCOPE, scope));
  }

  /** Empty where the record lacks a host or a port. */
  static Optional<Endpoint> endpoint(Record record) {
    JsonObject location = record.getLocation();
    String host = location.getString("host");
    int port = location.getInteger("port", 0);
    if (host == null || port < 1 || port > 65535) {
      return Optional.empty();
    }
    Scheme scheme = location.getBoolean("ssl", false)
        ? Scheme.HTTPS
        : Scheme.H2C.toString().equals(record.getMetadata().getString(PROTOCOL))
            ? Scheme.H2C
            : Scheme.HTTP;
    return Optional.of(
        new Endpoint(scheme, host, port, Endpoint.basePath(location.getString("root", ""))));
  }
}
