package dev.gatehouse.runtime.discovery;

import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.types.HttpEndpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Instances as service discovery's records and back. Records that other code publishes may say in their metadata what ours say:
 * {@code gatehouse.protocol}, {@code .weight}, {@code .zone}, {@code .labels} (an object of texts) and {@code .state}.
 */
final class Records {
  private static final String PROTOCOL = "gatehouse.protocol";
  private static final String SCOPE = "gatehouse.scope";
  private static final String WEIGHT = "gatehouse.weight";
  private static final String ZONE = "gatehouse.zone";
  private static final String LABELS = "gatehouse.labels";
  private static final String STATE = "gatehouse.state";

  /** The scope of what is for all registries. */
  static final String FOR_ALL = "";

  private Records() {}

  /**
   * @param scope only registries that look for it may use the record; null for all
   */
  static Record of(String service, ServiceInstance instance, @Nullable String scope) {
    Endpoint endpoint = instance.endpoint();
    JsonObject metadata = new JsonObject().put(PROTOCOL, endpoint.scheme().toString());
    if (scope != null) {
      metadata.put(SCOPE, scope);
    }
    if (instance.weight() != 1) {
      metadata.put(WEIGHT, instance.weight());
    }
    if (!instance.zone().isEmpty()) {
      metadata.put(ZONE, instance.zone());
    }
    if (!instance.labels().isEmpty()) {
      JsonObject labels = new JsonObject();
      instance.labels().forEach(labels::put);
      metadata.put(LABELS, labels);
    }
    if (instance.state() != State.READY) {
      metadata.put(STATE, instance.state().name());
    }
    return HttpEndpoint.createRecord(
        service,
        endpoint.scheme() == Scheme.HTTPS,
        endpoint.host(),
        endpoint.port(),
        endpoint.basePath().isEmpty() ? "/" : endpoint.basePath(),
        metadata);
  }

  /** Who may use a record; {@link #FOR_ALL} where it does not say. */
  static String scope(Record record) {
    return record.getMetadata().getValue(SCOPE) instanceof String scope ? scope : FOR_ALL;
  }

  /** Empty where the record is of another type, lacks a host or a port, or says something that cannot be. */
  static Optional<ServiceInstance> instance(Record record) {
    if (!HttpEndpoint.TYPE.equals(record.getType())) {
      return Optional.empty();
    }
    try {
      return endpoint(record.getLocation(), record.getMetadata())
          .map(endpoint -> instance(endpoint, record.getMetadata()));
    } catch (ClassCastException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ServiceInstance instance(Endpoint endpoint, JsonObject metadata) {
    Map<String, String> labels = new HashMap<>();
    JsonObject told = metadata.getJsonObject(LABELS);
    if (told != null) {
      told.forEach(label -> labels.put(label.getKey(), String.valueOf(label.getValue())));
    }
    return new ServiceInstance(
        endpoint,
        metadata.getInteger(WEIGHT, 1),
        metadata.getString(ZONE, ""),
        labels,
        State.valueOf(metadata.getString(STATE, State.READY.name())));
  }

  private static Optional<Endpoint> endpoint(JsonObject location, JsonObject metadata) {
    String host = location.getString("host");
    int port = location.getInteger("port", 0);
    if (host == null || port < 1 || port > 65535) {
      return Optional.empty();
    }
    Scheme scheme = location.getBoolean("ssl", false)
        ? Scheme.HTTPS
        : Scheme.H2C.toString().equals(metadata.getString(PROTOCOL)) ? Scheme.H2C : Scheme.HTTP;
    return Optional.of(
        new Endpoint(scheme, host, port, Endpoint.basePath(location.getString("root", ""))));
  }
}
