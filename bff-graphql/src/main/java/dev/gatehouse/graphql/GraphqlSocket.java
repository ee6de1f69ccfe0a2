package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.graphql.internal.answer.RequestRefused;
import dev.gatehouse.graphql.internal.socket.ClientMessage;
import dev.gatehouse.graphql.internal.socket.ClientMessage.Complete;
import dev.gatehouse.graphql.internal.socket.ClientMessage.Init;
import dev.gatehouse.graphql.internal.socket.ClientMessage.Invalid;
import dev.gatehouse.graphql.internal.socket.ClientMessage.Ping;
import dev.gatehouse.graphql.internal.socket.ClientMessage.Subscribe;
import dev.gatehouse.graphql.internal.socket.CloseCode;
import dev.gatehouse.runtime.config.SubscriptionSettings;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.Json;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's side of one {@code graphql-transport-ws} conversation. Confined to one event loop. */
final class GraphqlSocket implements MessageSocket.Listener, Lasting.Connection {
  /** The sub-protocol. */
  static final String PROTOCOL = "graphql-transport-ws";

  private static final Logger LOG = LoggerFactory.getLogger(GraphqlSocket.class);

  private final OpenDoor door;
  private final HttpServerRequest handshake;
  private final MessageSocket socket;
  private final SubscriptionSettings settings;
  private final Consumer<Boolean> gone;
  private Caller caller;
  private SocketOperations operations;
  private long initTimer;
  private long idleTimer = -1;
  private long expiryTimer = -1;
  private boolean initialised;
  private boolean acknowledged;
  private boolean leaving;
  private boolean closing;

  /**
   * @param caller who asks, where the handshake tells
   * @param gone what to do once the connection has ended, told whether its caller was known
   */
  GraphqlSocket(
      OpenDoor door,
      HttpServerRequest handshake,
      Caller caller,
      MessageSocket socket,
      Consumer<Boolean> gone) {
    this.door = door;
    this.handshake = handshake;
    this.caller = caller;
    this.socket = socket;
    this.settings = door.context().settings().graphql().subscriptions();
    this.operations = new SocketOperations(door, handshake, caller, socket, this::operationEnded);
    this.gone = gone;
  }

  void begin() {
    socket.begin(this);
    initTimer = door.context()
        .vertx()
        .setTimer(settings.initTimeout().toMillis(), late -> socket.close(CloseCode.INIT_TIMEOUT));
  }

  @Override
  public void message(byte[] bytes) {
    try {
      take(ClientMessage.of(door.reader().json(bytes)));
    } catch (Invalid e) {
      socket.close(CloseCode.BAD_REQUEST, e.text());
    } catch (RequestRefused e) {
      socket.close(CloseCode.BAD_REQUEST, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("a message to BFF {} failed", door.context().bff().name(), e);
      socket.close(CloseCode.FAILED);
    }
  }

  private void take(ClientMessage message) {
    if (message instanceof Init init) {
      init(init.payload());
    } else if (message instanceof Ping ping) {
      Map<?, ?> payload = ping.payload();
      socket.send(
          payload == null
              ? "{\"type\":\"pong\"}"
              : "{\"type\":\"pong\",\"payload\":" + Json.encode(payload) + "}");
    } else if (message instanceof Complete complete) {
      operations.cancel(complete.id());
    } else if (message instanceof Subscribe subscribe) {
      subscribe(subscribe);
    }
  }

  private void init(@Nullable Map<?, ?> payload) {
    if (initialised) {
      socket.close(CloseCode.INIT_TWICE);
      return;
    }
    initialised = true;
    door.context().vertx().cancelTimer(initTimer);
    if (settings.initHeaders().isEmpty()) {
      acknowledge();
      return;
    }
    HttpServerRequest request = InitialisedRequest.of(handshake, payload, settings.initHeaders());
    door.context().callerOf(request).onComplete(whoever -> {
      if (closing) {
        return;
      }
      if (whoever.failed()) {
        socket.close(CloseCode.FORBIDDEN);
        return;
      }
      caller = whoever.result();
      operations = new SocketOperations(door, request, caller, socket, this::operationEnded);
      acknowledge();
    });
  }

  private void acknowledge() {
    acknowledged = true;
    socket.send("{\"type\":\"connection_ack\"}");
    waitForWork();
    long left = CallerExpiry.millisLeft(caller);
    if (left != CallerExpiry.NEVER) {
      expiryTimer = door.context()
          .vertx()
          .setTimer(left, over -> socket.close(CloseCode.FORBIDDEN, "Expired"));
    }
  }

  private void subscribe(Subscribe subscribe) {
    if (!acknowledged) {
      socket.close(CloseCode.UNAUTHORIZED);
    } else if (operations.has(subscribe.id())) {
      socket.close(CloseCode.ID_TAKEN, "Subscriber for " + subscribe.id() + " already exists");
    } else if (!leaving) {
      stopWaiting();
      operations.begin(subscribe.id(), subscribe.payload());
    }
  }

  private void operationEnded() {
    if (leaving && !operations.hasAnswers()) {
      socket.close(CloseCode.GOING_AWAY);
    } else if (operations.isEmpty()) {
      waitForWork();
    }
  }

  /** A socket that nobody uses is closed after a while. */
  private void waitForWork() {
    stopWaiting();
    idleTimer = door.context()
        .vertx()
        .setTimer(settings.idleTimeout().toMillis(), idle -> socket.close(CloseCode.NORMAL));
  }

  private void stopWaiting() {
    if (idleTimer >= 0) {
      door.context().vertx().cancelTimer(idleTimer);
      idleTimer = -1;
    }
  }

  @Override
  public void writable() {
    operations.ready();
  }

  @Override
  public void closing() {
    closing = true;
    door.context().vertx().cancelTimer(expiryTimer);
    door.context().vertx().cancelTimer(initTimer);
    stopWaiting();
    operations.cancelAll();
  }

  @Override
  public void closed() {
    door.lasting().remove(this);
    gone.accept(caller.known());
  }

  /** Subscriptions end at once; queries and mutations are answered first. */
  @Override
  public void leave() {
    leaving = true;
    operations.cancelSubscriptions();
    if (!operations.hasAnswers()) {
      socket.close(CloseCode.GOING_AWAY);
    }
  }

  @Override
  public boolean isSocket() {
    return true;
  }
}
