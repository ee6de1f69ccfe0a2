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
import java.util.List;
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

  @Override
  public void start(
      Vertx vertx, ServicePublisher publisher, JsonObject configuration, Promise<Void> started) {
    this.publisher = publisher;
    List<Future<Record>> all = new ArrayList<>();
    try {
      JsonObject services = configuration.getJsonObject(SERVICES, new JsonObject());
      for (String service : services.fieldNames()) {
        JsonArray urls = services.getJsonArray(service);
        for (int i = 0; i < urls.size(); i++) {
          Record record = Records.of(
              service,
              ServiceInstance.at(Endpoint.parse(urls.getString(i))),
              configuration.getString(SCOPE));
          all.add(publisher.publish(record).onSuccess(published::add));
        }
      }
    } catch (IllegalArgumentException e) {
      started.fail(e);
      return;
    }
    Future.all(all).<Void>mapEmpty().onComplete(started);
  }

  @Override
  public void close(Handler<Void> closed) {
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
