package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.graphql.internal.socket.CloseCode;
import dev.gatehouse.graphql.internal.socket.Origins;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.SubscriptionSettings;
import dev.gatehouse.runtime.door.Problem;
import dev.gatehouse.runtime.telemetry.AccessEntry;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a request into a socket, where its page, its caller and the limits allow it. Confined to one event loop. */
final class SocketUpgrade {
  private static final Logger LOG = LoggerFactory.getLogger(SocketUpgrade.class);
  private static final Problem FOREIGN =
      Problem.of(403, "origin_not_allowed", "Pages of this origin may not open WebSockets here.");
  private static final Problem BUSY = Problem.of(
          503, "busy", "Too many WebSockets are open. Try again.")
      .withHeader("retry-after", "1");

  private final OpenDoor door;
  private final HttpServerRequest request;
  private final SubscriptionSettings settings;
  private final AtomicInteger meter;
  private final long start = System.nanoTime();

  /**
   * @param meter counts the sockets that are open
   */
  SocketUpgrade(OpenDoor door, HttpServerRequest request, AtomicInteger meter) {
    this.door = door;
    this.request = request;
    this.settings = door.context().settings().graphql().subscriptions();
    this.meter = meter;
  }

  void begin() {
    if (!Origins.allow(
        request.getHeader(HttpHeaderNames.ORIGIN),
        request.getHeader(HttpHeaderNames.HOST),
        settings.allowedOrigins())) {
      refuse(FOREIGN);
    } else if (door.lasting().sockets() >= settings.maxConnections()) {
      refuse(BUSY);
    } else {
      door.lasting().begun();
      Future<Caller> resolved = settings.initHeaders().isEmpty()
          ? door.context().callerOf(request)
          : Future.succeededFuture(Caller.ANONYMOUS); // until it is initialised
      if (resolved.isComplete()) {
        upgrade(resolved);
      } else {
        request.pause();
        resolved.onComplete(whoever -> upgrade(resolved));
      }
    }
  }

  private void refuse(Problem problem) {
    problem.answer(request);
    log(problem.status(), false);
  }

  private void upgrade(Future<Caller> resolved) {
    Future<ServerWebSocket> upgraded = request.toWebSocket();
    upgraded.onComplete(done -> door.lasting().settled());
    upgraded.onSuccess(socket -> opened(socket, resolved)).onFailure(e -> {
      LOG.debug("a WebSocket handshake failed", e);
      log(400, false);
    });
  }

  private void opened(ServerWebSocket socket, Future<Caller> resolved) {
    BffSettings bff = door.context().settings();
    MessageSocket messages = new MessageSocket(
        door.context().vertx(), socket, bff.limits().maxBodyBytes(), settings.keepAlive());
    Caller caller = resolved.succeeded() ? resolved.result() : Caller.ANONYMOUS;
    meter.incrementAndGet();
    GraphqlSocket conversation = new GraphqlSocket(door, request, caller, messages, known -> {
      meter.decrementAndGet();
      log(101, known);
    });
    conversation.begin();
    door.lasting().add(conversation);
    if (!GraphqlSocket.PROTOCOL.equals(socket.subProtocol())) {
      messages.close(CloseCode.BAD_SUBPROTOCOL);
    } else if (resolved.failed()) {
      messages.close(CloseCode.UNAUTHORIZED);
    }
  }

  private void log(int status, boolean callerKnown) {
    door.context()
        .telemetry()
        .ended(
            new AccessEntry(
                request.method().name(),
                OpenDoor.nothing(),
                status,
                0,
                System.nanoTime() - start,
                0,
                List.of(),
                callerKnown),
            null);
  }
}
