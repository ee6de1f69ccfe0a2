package dev.gatehouse.runtime.discovery;

import dev.gatehouse.runtime.log.LogEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.Shareable;
import io.vertx.servicediscovery.ServiceDiscovery;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources that are open in this process: one connection to a registry, however many instances of BFFs ask. A source has an
 * event loop of its own, so that it outlives the instance that came first, and is closed with the last service that is followed
 * in it. Thread-safe.
 */
final class SharedSources implements Shareable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedSources.class);

  private final VertxInternal vertx;
  private final Map<SourceSettings, OpenSource> open = new HashMap<>();

  private static final class OpenSource {
    final Context loop;
    final ServiceDiscovery discovery;
    final SourceImporter importer;
    final Promise<Void> started = Promise.promise();
    int followers;

    OpenSource(Context loop, ServiceDiscovery discovery, SourceImporter importer) {
      this.loop = loop;
      this.discovery = discovery;
      this.importer = importer;
    }
  }

  private SharedSources(Vertx vertx) {
    this.vertx = (VertxInternal) vertx;
  }

  /** Those of a Vert.x. */
  static SharedSources of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, SharedSources>getLocalMap("dev.gatehouse.discovery")
        .computeIfAbsent("sources", any -> new SharedSources(vertx));
  }

  /**
   * Follows a service, and waits for its first instances as long as the lookup says. To be left in the end.
   *
   * @return fails where the source cannot work in this process
   */
  Future<FollowedService> follow(String service, ServiceLookup lookup) {
    Promise<FollowedService> promise = vertx.promise();
    OpenSource source = take(lookup.source());
    source
        .started
        .future()
        .onComplete(
            started -> source.loop.runOnContext(on -> followOn(source, service, lookup, promise)),
            failed -> {
              drop(lookup.source(), source);
              promise.fail(failed);
            });
    return promise.future();
  }

  private void followOn(
      OpenSource source, String service, ServiceLookup lookup, Promise<FollowedService> promise) {
    FollowedService followed = source.importer.follow(service, lookup);
    long timer = vertx.setTimer(Math.max(1, lookup.startTimeout().toMillis()), late -> {
      if (promise.tryComplete(followed)) {
        LogEvent.of("source has not answered yet, calls are refused until it does")
            .field("service", service)
            .field("source", lookup.source())
            .field("after_ms", lookup.startTimeout().toMillis())
            .warn(LOG);
      }
    });
    followed.watched().answered().onComplete(answered -> {
      vertx.cancelTimer(timer);
      promise.tryComplete(followed);
    });
  }

  /** Ends what {@link #follow} began; the last to leave a source closes it. */
  Future<Void> leave(FollowedService followed) {
    Promise<Void> promise = vertx.promise();
    OpenSource source;
    synchronized (this) {
      source = open.get(followed.lookup().source());
    }
    if (source == null) {
      return Future.succeededFuture();
    }
    source.loop.runOnContext(on -> source.importer.leave(followed).onComplete(left -> {
      if (drop(followed.lookup().source(), source)) {
        source.importer.close(closed -> {
          source.discovery.close();
          promise.complete();
        });
      } else {
        promise.complete();
      }
    }));
    return promise.future();
  }

  private synchronized OpenSource take(SourceSettings settings) {
    OpenSource source = open.get(settings);
    if (source == null) {
      Context loop = vertx.createEventLoopContext();
      OpenSource made =
          new OpenSource(loop, DiscoveryOptions.discovery(vertx), new SourceImporter(settings));
      loop.runOnContext(on -> made.discovery
          .registerServiceImporter(made.importer, new JsonObject())
          .onComplete(made.started));
      open.put(settings, made);
      source = made;
    }
    source.followers++;
    return source;
  }

  /** Whether that was the last follower. */
  private synchronized boolean drop(SourceSettings settings, OpenSource source) {
    if (--source.followers > 0) {
      return false;
    }
    open.remove(settings, source);
    return true;
  }
}
