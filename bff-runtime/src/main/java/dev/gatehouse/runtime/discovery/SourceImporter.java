package dev.gatehouse.runtime.discovery;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.spi.ServiceImporter;
import io.vertx.servicediscovery.spi.ServicePublisher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Publishes the services that are followed in one source. Confined to the event loop on which it is started. */
final class SourceImporter implements ServiceImporter {
  private final SourceSettings settings;
  private final Map<Followed, Watched> watched = new HashMap<>();
  private @Nullable Vertx vertx;
  private @Nullable ServicePublisher publisher;
  private @Nullable Source source;

  private record Followed(String service, ServiceLookup lookup) {}

  private static final class Watched {
    final WatchedService service;
    final Source.Watch watch;
    final String scope;
    int followers;

    Watched(WatchedService service, Source.Watch watch, String scope) {
      this.service = service;
      this.watch = watch;
      this.scope = scope;
    }
  }

  SourceImporter(SourceSettings settings) {
    this.settings = settings;
  }

  @Override
  public void start(
      Vertx vertx, ServicePublisher publisher, JsonObject configuration, Promise<Void> started) {
    try {
      this.vertx = vertx;
      this.publisher = publisher;
      this.source = settings.open(vertx);
    } catch (RuntimeException | LinkageError e) {
      started.fail(e);
      return;
    }
    started.complete();
  }

  /** Begins to publish a service, or joins those for whom it is published already. */
  FollowedService follow(String service, ServiceLookup lookup) {
    Followed key = new Followed(service, lookup);
    Watched watch = watched.get(key);
    if (watch == null) {
      String scope = UUID.randomUUID().toString();
      WatchedService told = new WatchedService(
          Objects.requireNonNull(vertx), service, lookup, scope, Objects.requireNonNull(publisher));
      watch = new Watched(told, Objects.requireNonNull(source).watch(lookup, told), scope);
      watched.put(key, watch);
    }
    watch.followers++;
    return new FollowedService(service, lookup, watch.scope, watch.service);
  }

  /** Stops publishing a service with its last follower. */
  Future<Void> leave(FollowedService followed) {
    Followed key = new Followed(followed.service(), followed.lookup());
    Watched watch = watched.get(key);
    if (watch == null || --watch.followers > 0) {
      return Future.succeededFuture();
    }
    watched.remove(key);
    watch.watch.close();
    return watch.service.close();
  }

  @Override
  public void close(Handler<Void> closed) {
    List<Watched> all = List.copyOf(watched.values());
    watched.clear();
    all.forEach(watch -> watch.watch.close());
    Source from = source;
    source = null;
    Future.join(all.stream().map(watch -> watch.service.close()).toList())
        .eventually(() -> from == null ? Future.succeededFuture() : from.close())
        .onComplete(done -> closed.handle(null));
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
