package dev.gatehouse.runtime.discovery.zookeeper;

import dev.gatehouse.runtime.discovery.Backoff;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.Source;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session for all services. The client reconnects by itself; a session that is over is followed by another. */
final class ZookeeperSource implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(ZookeeperSource.class);

  private final Vertx vertx;
  private final Context loop;
  private final ZookeeperSettings settings;
  private final Set<ServiceNodes> services = new LinkedHashSet<>();
  private final Backoff backoff = new Backoff();
  private @Nullable ZooKeeper session;
  private boolean connected;
  private boolean closed;
  private long timer = -1;
  private long patience = -1;
  /** Events of a session that has been left are not for the one after it. */
  private int sessions;

  ZookeeperSource(Vertx vertx, ZookeeperSettings settings) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.settings = settings;
    ZooKeeper.States.CONNECTED
        .isAlive(); // fails here, and not on a worker thread, where the library is missing
    open();
  }

  Context loop() {
    return loop;
  }

  @Override
  public Watch watch(ServiceLookup lookup, Listener listener) {
    ServiceNodes nodes =
        new ServiceNodes(this, lookup, settings.root() + "/" + lookup.name(), listener);
    services.add(nodes);
    ZooKeeper current = session;
    if (connected && current != null) {
      nodes.begin(current);
    }
    return () -> {
      services.remove(nodes);
      nodes.close();
    };
  }

  private void open() {
    int number = ++sessions;
    // Names are looked up while it is made.
    vertx
        .executeBlocking(() -> new ZooKeeper(
            settings.servers(),
            (int) settings.sessionTimeout().toMillis(),
            event -> loop.runOnContext(on -> happened(number, event)),
            true))
        .onComplete(
            made -> {
              if (closed || number != sessions) {
                close(made);
              } else {
                session = made;
                if (connected) {
                  services.forEach(each -> each.begin(made));
                } else {
                  expectAnswer();
                }
              }
            },
            e -> {
              failed(String.valueOf(e.getMessage()));
              openLater();
            });
  }

  /** The client goes on trying by itself, and says nothing as long as nobody has answered. */
  private void expectAnswer() {
    long millis = settings.sessionTimeout().toMillis();
    vertx.cancelTimer(patience);
    patience = vertx.setTimer(millis, late -> {
      failed("no answer within " + millis + " ms");
      expectAnswer();
    });
  }

  private void happened(int number, WatchedEvent event) {
    if (closed || number != sessions) {
      return;
    }
    if (event.getType() != Watcher.Event.EventType.None) {
      services.forEach(each -> each.changed(event.getPath()));
      return;
    }
    switch (event.getState()) {
      case SyncConnected, ConnectedReadOnly -> connected();
      case Disconnected -> {
        connected = false;
        failed("disconnected");
      }
      case Expired -> {
        failed("the session has expired");
        leaveSession();
        openLater();
      }
      case AuthFailed -> failed("not authorised");
      default -> LOG.debug("{}: {}", settings, event);
    }
  }

  private void connected() {
    connected = true;
    vertx.cancelTimer(patience);
    backoff.reset();
    ZooKeeper current = session;
    if (current != null) {
      services.forEach(each -> each.begin(current));
    }
  }

  private void failed(String why) {
    services.forEach(each -> each.failed(settings + ": " + why));
  }

  private void leaveSession() {
    connected = false;
    vertx.cancelTimer(patience);
    sessions++;
    ZooKeeper left = session;
    session = null;
    if (left != null) {
      close(left);
    }
  }

  private void openLater() {
    if (!closed) {
      timer = vertx.setTimer(backoff.nextMillis(), due -> open());
    }
  }

  /** Waits for the client's threads, so off the loop. */
  private Future<Void> close(ZooKeeper left) {
    return vertx.executeBlocking(
        () -> {
          left.close();
          return null;
        },
        false);
  }

  @Override
  public Future<Void> close() {
    closed = true;
    vertx.cancelTimer(timer);
    vertx.cancelTimer(patience);
    ZooKeeper left = session;
    session = null;
    return left == null ? Future.succeededFuture() : close(left);
  }
}
