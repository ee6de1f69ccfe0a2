package dev.gatehouse.runtime.discovery;

import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.log.LogEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.servicediscovery.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which instances each service has, as Vert.x Service Discovery tells: looked up once at the start, and then followed one
 * announcement at a time, so that a call only reads what is in memory and a change costs the same however many instances there
 * are.
 *
 * <p>The services of the configuration are seen by this registry only; those of a source by all that look for them in the same
 * way. Records that others publish (any code on the same Vert.x) are seen by all registries, and believed at once.
 *
 * <p>Confined to the event loop it was made on.
 */
public final class ServiceRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceRegistry.class);

  private final String scope = UUID.randomUUID().toString();
  private final Map<String, ServiceEndpoints> services = new HashMap<>();
  private final Map<String, FollowedService> followed = new HashMap<>();
  private final StaticServiceImporter importer = new StaticServiceImporter();
  private final Set<ServiceEndpoints> changed = new LinkedHashSet<>();
  /** Addresses that others announced more than once, perhaps as several records. */
  private final Set<Endpoint> announcedAgain = new HashSet<>();

  private final Vertx vertx;
  private final Context context;
  private final SharedSources sources;
  private final ServiceDiscovery discovery;
  private final MessageConsumer<JsonObject> announcements;
  private @Nullable List<Record> early = new ArrayList<>();
  private boolean flushing;
  private boolean rereading;
  private boolean closed;

  private ServiceRegistry(Vertx vertx) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.sources = SharedSources.of(vertx);
    this.discovery = DiscoveryOptions.discovery(vertx);
    this.announcements = vertx.eventBus().localConsumer(DiscoveryOptions.ANNOUNCEMENTS);
  }

  /**
   * Makes a registry and fills it.
   *
   * @param endpoints the configured endpoints of services, by logical name
   * @param lookups how other services are found in sources, by logical name
   * @return completes when every service has been looked up, or its source has not answered in time; fails with a
   *     {@link ConfigurationException} where a source cannot work in this process
   */
  public static Future<ServiceRegistry> create(
      Vertx vertx, Map<String, List<Endpoint>> endpoints, Map<String, ServiceLookup> lookups) {
    ServiceRegistry registry = new ServiceRegistry(vertx);
    return registry
        .start(endpoints, lookups)
        .map(registry)
        .recover(e -> registry.close().transform(left -> Future.failedFuture(e)));
  }

  private Future<Void> start(
      Map<String, List<Endpoint>> configured, Map<String, ServiceLookup> lookups) {
    JsonObject urls = new JsonObject();
    configured.forEach((service, endpoints) -> {
      services.put(service, new ServiceEndpoints(service, () -> SourceState.STATIC));
      urls.put(service, new JsonArray(endpoints.stream().map(Endpoint::toString).toList()));
    });
    announcements.handler(announcement -> announced(new Record(announcement.body())));
    List<Future<Void>> found = new ArrayList<>();
    lookups.forEach((service, lookup) -> found.add(follow(service, lookup)));
    found.add(discovery.registerServiceImporter(
        importer,
        new JsonObject()
            .put(StaticServiceImporter.SERVICES, urls)
            .put(StaticServiceImporter.SCOPE, scope)));
    return Future.join(found)
        .compose(all -> discovery.getRecords(record -> services.containsKey(record.getName())))
        .map(records -> {
          records.forEach(this::apply);
          List<Record> meanwhile = early == null ? List.of() : early;
          early = null;
          meanwhile.forEach(this::apply);
          flush();
          return null;
        });
  }

  private Future<Void> follow(String service, ServiceLookup lookup) {
    return sources.follow(service, lookup).transform(result -> {
      if (result.failed()) {
        return Future.failedFuture(
            new ConfigurationException("services." + service + ".discovery.type: "
                + lookup.source().label() + ": " + result.cause().getMessage()));
      }
      FollowedService found = result.result();
      followed.put(service, found);
      services.put(service, new ServiceEndpoints(service, found.watched()::state));
      return Future.succeededFuture();
    });
  }

  /** Where a service is; null where the configuration does not name it. */
  public @Nullable ServiceEndpoints find(String service) {
    return services.get(service);
  }

  /** Has a service that no source tells of be elsewhere: what is new is there before what is old goes. */
  public Future<Void> replace(String service, List<Endpoint> endpoints) {
    return closed || followed.containsKey(service) || !services.containsKey(service)
        ? Future.succeededFuture()
        : importer.replace(service, endpoints);
  }

  /** The discovery that feeds this registry, for further importers. */
  public ServiceDiscovery discovery() {
    return discovery;
  }

  /**
   * Takes back what the configuration published, leaves the sources and stops listening. Closing twice is harmless.
   */
  public Future<Void> close() {
    if (closed) {
      return Future.succeededFuture();
    }
    closed = true;
    List<Future<Void>> left = new ArrayList<>();
    followed.values().forEach(each -> left.add(sources.leave(each)));
    followed.clear();
    Promise<Void> withdrawn = Promise.promise();
    left.add(withdrawn.future());
    importer.close(done -> withdrawn.complete());
    Promise<Void> quiet = Promise.promise();
    // On the loop, after the announcements of what is withdrawn, which the event bus would complain
    // of otherwise.
    Future.join(left).onComplete(done -> context.runOnContext(then -> quiet.complete()));
    return quiet
        .future()
        .eventually(announcements::unregister)
        .onComplete(done -> discovery.close());
  }

  private void announced(Record record) {
    if (closed) {
      return;
    }
    if (early != null) {
      early.add(record);
      return;
    }
    apply(record);
    if (!changed.isEmpty() && !flushing) {
      flushing = true;
      context.runOnContext(then -> flush());
    }
  }

  private void flush() {
    flushing = false;
    if (!closed) {
      List<ServiceEndpoints> all = List.copyOf(changed);
      changed.clear();
      all.forEach(ServiceEndpoints::flush);
    }
  }

  private void apply(Record record) {
    ServiceEndpoints endpoints = services.get(record.getName());
    String of = Records.scope(record);
    if (endpoints == null || !isMeant(record.getName(), of)) {
      return;
    }
    Records.instance(record).ifPresent(instance -> {
      Endpoint endpoint = instance.endpoint();
      boolean fromOthers = of.equals(Records.FOR_ALL);
      if (record.getStatus() == Status.UP) {
        if (endpoints.put(of, instance) && fromOthers) {
          announcedAgain.add(endpoint);
        }
      } else if (fromOthers && announcedAgain.contains(endpoint)) {
        reread();
      } else {
        endpoints.remove(of, endpoint);
      }
      changed.add(endpoints);
    });
  }

  private boolean isMeant(String service, String of) {
    FollowedService source = followed.get(service);
    return of.equals(Records.FOR_ALL)
        || of.equals(scope)
        || (source != null && of.equals(source.scope()));
  }

  /** Of several records with one address, an announcement does not tell which one went: this alone looks everything up again. */
  private void reread() {
    if (rereading) {
      return;
    }
    rereading = true;
    context.runOnContext(then -> discovery
        .getRecords(record -> services.containsKey(record.getName()))
        .onComplete(
            records -> {
              rereading = false;
              forgetOthers(records);
              flush();
            },
            e -> {
              rereading = false;
              LogEvent.of("services are not looked up again, their endpoints stay")
                  .field("services", services.size())
                  .cause(e)
                  .warn(LOG);
            }));
  }

  private void forgetOthers(List<Record> records) {
    Map<String, Set<Endpoint>> there = new HashMap<>();
    for (Record record : records) {
      if (Records.scope(record).equals(Records.FOR_ALL)) {
        Records.instance(record)
            .ifPresent(instance -> there
                .computeIfAbsent(record.getName(), any -> new HashSet<>())
                .add(instance.endpoint()));
      }
    }
    services.forEach((service, endpoints) -> announcedAgain.forEach(endpoint -> {
      if (!there.getOrDefault(service, Set.of()).contains(endpoint)) {
        endpoints.remove(Records.FOR_ALL, endpoint);
        changed.add(endpoints);
      }
    }));
  }
}
