package dev.gatehouse.runtime;

import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.door.DoorHandler;
import dev.gatehouse.runtime.telemetry.InstanceMeters;
import dev.gatehouse.runtime.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public listener of one BFF instance: keeps to the limits, hands each request to the door that has its path, and drains.
 *
 * <p>It owns the end handler of every response, by which it counts the requests under way; doors have the other handlers. Confined
 * to one event loop.
 */
final class PublicServer {
  private static final Logger LOG = LoggerFactory.getLogger(PublicServer.class);
  private static final long LAST_BYTES_MILLIS = 1000;

  private final Vertx vertx;
  private final BffSettings settings;
  private final Refusals refusals;
  private final InstanceMeters meters;
  private final DoorHandler[] doors;
  private final int maxUriBytes;
  private final int maxConcurrentRequests;
  private final Handler<Void> ended = end -> ended(1);
  private final HttpServer server;
  private int underWay; // a meter reads it from elsewhere, where a stale value does no harm
  private @Nullable Promise<Void> drained;
  private boolean closed;

  PublicServer(Vertx vertx, BffSettings settings, List<DoorHandler> doors, Telemetry telemetry) {
    this.vertx = vertx;
    this.settings = settings;
    this.meters = telemetry.instance(() -> underWay);
    this.refusals = new Refusals(meters, telemetry);
    this.doors = doors.toArray(DoorHandler[]::new);
    this.maxUriBytes = settings.limits().maxUriBytes();
    this.maxConcurrentRequests = settings.limits().maxConcurrentRequests();
    this.server = vertx
        .createHttpServer(ServerOptions.of(
            settings,
            doors.stream().flatMap(door -> door.webSocketProtocols().stream()).toList()))
        .requestHandler(this::handle)
        .invalidRequestHandler(refusals::invalid)
        .exceptionHandler(e -> LOG.debug("BFF {}: a connection failed", settings.name(), e));
  }

  /**
   * Opens the listener.
   *
   * @param sharedPort names the port that the instances share where any free one will do
   */
  Future<Void> listen(int sharedPort) {
    String host = settings.listener().host();
    int port = settings.listener().port();
    SocketAddress address = port == 0
        ? SocketAddress.sharedRandomPort(sharedPort, host)
        : SocketAddress.inetSocketAddress(port, host);
    return server.listen(address).mapEmpty();
  }

  /** Where it listens, once it does. */
  int port() {
    return server.actualPort();
  }

  private void handle(HttpServerRequest request) {
    if (drained != null) {
      refuseWhileDraining(request);
    } else if (underWay >= maxConcurrentRequests) {
      refusals.busy(request);
    } else if (request.uri().length() > maxUriBytes) {
      refusals.longUri(request);
    } else if (request.canUpgradeToWebSocket() && isTakenAsWebSocket(request)) {
      dispatch(request); // its door counts it: it may last, and its response has no end
    } else {
      underWay++;
      request.response().endHandler(ended);
      dispatch(request);
    }
  }

  private boolean isTakenAsWebSocket(HttpServerRequest request) {
    for (DoorHandler door : doors) {
      if (door.takesWebSocket(request)) {
        return true;
      }
    }
    return false;
  }

  private void dispatch(HttpServerRequest request) {
    try {
      for (DoorHandler door : doors) {
        if (door.handle(request)) {
          return;
        }
      }
      refusals.noRoute(request);
    } catch (RuntimeException e) {
      LOG.error("BFF {}: a door failed", settings.name(), e);
      refusals.failed(request);
    }
  }

  private void ended(int requests) {
    underWay -= requests;
    if (drained != null && underWay == 0 && closed) {
      drained.tryComplete();
    }
  }

  private void refuseWhileDraining(HttpServerRequest request) {
    refusals.draining(request);
    if (request.version() == HttpVersion.HTTP_2) {
      request.connection().goAway(0); // where HTTP/1.1 has the header `connection: close`
    }
  }

  /**
   * Refuses new requests, lets those under way finish and closes the listener.
   *
   * @param within how long they may take; those that take longer are cut off
   */
  Future<Void> drain(Duration within) {
    Promise<Void> waiting = Promise.promise();
    drained = waiting;
    Future<Void> ended =
        Future.join(Arrays.stream(doors).map(DoorHandler::close).toList()).mapEmpty();
    long deadline = System.nanoTime() + within.toNanos();
    if (underWay == 0 && ended.isComplete()) {
      waiting.complete();
    } else {
      ended.onComplete(done -> {
        closed = true;
        ended(0);
      });
      long timer = vertx.setTimer(Math.max(1, within.toMillis()), fired -> {
        if (waiting.tryComplete()) {
          LOG.warn(
              "BFF {}: {} requests took longer than {} to finish and are cut off",
              settings.name(),
              underWay,
              within);
        }
      });
      waiting.future().onComplete(done -> vertx.cancelTimer(timer));
    }
    return waiting.future().eventually(() -> shutdown(deadline)).eventually(() -> {
      meters.close();
      return Future.succeededFuture();
    });
  }

  /** Answers that were ended may still have bytes to send; connections with none are closed at once. */
  private Future<Void> shutdown(long deadline) {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    return server.shutdown(
        underWay > 0 ? 0 : Math.max(left, LAST_BYTES_MILLIS), TimeUnit.MILLISECONDS);
  }
}
