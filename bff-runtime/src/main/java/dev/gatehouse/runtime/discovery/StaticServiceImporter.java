package dev.gatehouse.runtime.discovery;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.spi.ServiceImporter;
import io.vertx.servicediscovery.spi.ServicePublisher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the endpoints that configuration names, one record each, and takes them back when closed.
 *
 * <p>Its configuration: {@code {"services": {"catalog": ["http://catalog:8080", …]}, "scope": "…"}}; the scope, which is optional,
 * is the one registry that uses the records.
 */
public final class StaticServiceImporter implements ServiceImporter {
  static final String SERVICES = "services";
  static final String SCOPE = "scope";

  private final List<Record> published = new ArrayList<>();
  private @Nullable ServicePublisher publisher;
  private @Nullable String scope;
  private Future<Void> replacing = Future.succeededFuture();
  private boolean closed;

  @Override
  public void start(
      Vertx vertx, ServicePublisher publisher, JsonObject configuration, Promise<Void> started) {
    this.publisher = publisher;
    this.scope = configuration.getString(SCOPE);
    List<Future<Record>> all = new ArrayList<>();
    try {
      JsonObject services = configuration.getJsonObject(SERVICES, new JsonObject());
      for (String service : services.fieldNames()) {
        JsonArray urls = services.getJsonArray(service);
        for (int i = 0; i < urls.size(); i++) {
          all.add(publish(publisher, service, Endpoint.parse(urls.getString(i))));
        }
      }
    } catch (IllegalArgumentException e) {
      started.fail(e);
      return;
    }
    Future.all(all).<Void>mapEmpty().onComplete(started);
  }

  private Future<Record> publish(ServicePublisher to, String service, Endpoint endpoint) {
    return to.publish(Records.of(service, ServiceInstance.at(endpoint), scope))
        .onSuccess(published::add);
  }

  /**
   * Publishes the endpoints of a service that are new, then takes back those that are no longer named, so that there is one at any
   * time. One change at a time; confined to the event loop it was started on.
   */
  Future<Void> replace(String service, List<Endpoint> endpoints) {
    replacing = replacing.transform(before -> {
      ServicePublisher to = publisher;
      return to == null || closed ? Future.succeededFuture() : replace(to, service, endpoints);
    });
    return replacing;
  }

  private Future<Void> replace(ServicePublisher to, String service, List<Endpoint> endpoints) {
    Set<Endpoint> missing = new LinkedHashSet<>(endpoints);
    List<Record> gone = new ArrayList<>();
    for (Record record : published) {
      Optional<Endpoint> known = Records.instance(record).map(ServiceInstance::endpoint);
      if (record.getName().equals(service) && known.isPresent() && !missing.remove(known.get())) {
        gone.add(record);
      }
    }
    return Future.all(
            missing.stream().map(endpoint -> publish(to, service, endpoint)).toList())
        .compose(all -> {
          published.removeAll(gone);
          return Future.join(gone.stream()
              .map(record -> to.unpublish(record.getRegistration()))
              .toList());
        })
        .mapEmpty();
  }

  @Override
  public void close(Handler<Void> closed) {
    this.closed = true;
    ServicePublisher to = publisher;
    List<Future<Void>> all = new ArrayList<>();
    if (to != null) {
      published.forEach(record -> all.add(to.unpublish(record.getRegistration())));
      published.clear();
    }
    Future.join(all).onComplete(done -> closed.handle(null));
  }

  @Override
  public String toString() {
    return "of configured services";
  }
}
