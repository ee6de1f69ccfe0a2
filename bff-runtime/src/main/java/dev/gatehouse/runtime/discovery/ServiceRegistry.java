package dev.gatehouse.runtime.discovery;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.servicediscovery.ServiceDiscoveryOptions;
import io.vertx.servicediscovery.impl.DefaultServiceDiscoveryBackend;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which endpoints each service has, as Vert.x Service Discovery tells: looked up at the start, and again after each announcement,
 * so that a call only reads what is in memory.
 *
 * <p>The services of the configuration are seen by this registry only; records that others publish (an importer registered with
 * {@link #discovery()}, or any other code on the same Vert.x) are seen by all registries.
 *
 * <p>Confined to the event loop it was made on.
 */
public final class ServiceRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceRegistry.class);

  private final String scope = UUID.randomUUID().toString();
  private final Map<String, ServiceEndpoints> services = new HashMap<>();
  private final StaticServiceImporter importer = new StaticServiceImporter();
  private final Context context;
  private final ServiceDiscovery discovery;
  private final MessageConsumer<JsonObject> announcements;
  private boolean closed;

  private ServiceRegistry(Vertx vertx) {
    this.context = vertx.getOrCreateContext();
    ServiceDiscoveryOptions options = new ServiceDiscoveryOptions()
        .setUsageAddress(null)
        // Named, because any other backend on the classpath would be chosen instead, and some dial
        // a server at once.
        .setBackendConfiguration(
            new JsonObject().put("backend-name", DefaultServiceDiscoveryBackend.class.getName()));
    this.discovery = ServiceDiscovery.create(vertx, options);
    this.announcements = vertx.eventBus().localConsumer(options.getAnnounceAddress());
  }

  /**
   * Makes a registry and fills it.
   *
   * @param services the configured endpoints of each service, by logical name
   * @return completes when every service has been looked up
   */
  public static Future<ServiceRegistry> create(Vertx vertx, Map<String, List<Endpoint>> services) {
    ServiceRegistry registry = new ServiceRegistry(vertx);
    return registry.start(services).map(registry);
  }

  private Future<Void> start(Map<String, List<Endpoint>> configured) {
    JsonObject urls = new JsonObject();
    configured.forEach((service, endpoints) -> {
      services.put(service, new ServiceEndpoints(service));
      urls.put(service, new JsonArray(endpoints.stream().map(Endpoint::toString).toList()));
    });
    return discovery
        .registerServiceImporter(
            importer,
            new JsonObject()
                .put(StaticServiceImporter.SERVICES, urls)
                .put(StaticServiceImporter.SCOPE, scope))
        .compose(imported -> {
          announcements.handler(announcement -> announced(new Record(announcement.body())));
          return refresh();
        });
  }

  /** Where a service is; null where the configuration does not name it. */
  public @Nullable ServiceEndpoints find(String service) {
    return services.get(service);
  }

  /** The discovery that feeds this registry, for further importers. */
  public ServiceDiscovery discovery() {
    return discovery;
  }

  /** Takes back what the configuration published and stops listening. Closing twice is harmless. */
  public Future<Void> close() {
    if (closed) {
      return Future.succeededFuture();
    }
    closed = true;
    Promise<Void> withdrawn = Promise.promise();
    // On the loop, after the announcements of what is withdrawn, which the event bus would complain
    // of otherwise.
    importer.close(done -> context.runOnContext(then -> withdrawn.complete()));
    return withdrawn
        .future()
        .eventually(announcements::unregister)
        .onComplete(done -> discovery.close());
  }

  private void announced(Record record) {
    if (!closed && services.containsKey(record.getName()) && Records.isFor(record, scope)) {
      refresh()
          .onFailure(e ->
              LOG.warn("service {}: not looked up again, its endpoints stay", record.getName(), e));
    }
  }

  private Future<Void> refresh() {
    return discovery
        .getRecords(record -> services.containsKey(record.getName()))
        .map(records -> {
          if (!closed) {
            services.forEach(
                (service, endpoints) -> endpoints.update(instancesOf(service, records)));
          }
          return null;
        });
  }

  private List<ServiceInstance> instancesOf(String service, List<Record> records) {
    return records.stream()
        .filter(record -> service.equals(record.getName()) && Records.isFor(record, scope))
        .flatMap(record -> Records.endpoint(record).stream())
        .distinct()
        .sorted(Comparator.comparing(Endpoint::toString))
        .map(ServiceInstance::at)
        .toList();
  }
}
