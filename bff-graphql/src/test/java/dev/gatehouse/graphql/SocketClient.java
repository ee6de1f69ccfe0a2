package dev.gatehouse.graphql;

import dev.gatehouse.testing.OpenedDoor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of {@code graphql-transport-ws} that does what a test says, and nothing by itself. */
final class SocketClient {
  private static final long SECONDS = 60;

  private final WebSocketClient client; // held: one that nobody refers to is closed
  private final WebSocket socket;
  private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();

  private SocketClient(WebSocketClient client, WebSocket socket) {
    this.client = client;
    this.socket = socket;
    socket.textMessageHandler(text -> messages.add(new JsonObject(text)));
    socket.closeHandler(end -> {
      Short code = socket.closeStatusCode();
      closed.complete(code == null ? 1006 : code.intValue());
    });
  }

  static WebSocketConnectOptions options(int port) {
    return new WebSocketConnectOptions()
        .setHost("127.0.0.1")
        .setPort(port)
        .setURI("/graphql")
        .setAllowOriginHeader(false)
        .addSubProtocol("graphql-transport-ws");
  }

  /** Opens a socket; fails with an {@code UpgradeRejectedException} as the cause where it is refused. */
  static SocketClient connect(OpenedDoor door, WebSocketConnectOptions options) {
    WebSocketClient client = door.vertx.createWebSocketClient();
    return client
        .connect(options)
        .map(socket -> new SocketClient(client, socket)) // before anything comes
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(SECONDS, TimeUnit.SECONDS)
        .join();
  }

  static SocketClient connect(OpenedDoor door) {
    return connect(door, options(door.client().port()));
  }

  /** A socket that is initialised. */
  static SocketClient ready(OpenedDoor door) throws InterruptedException {
    SocketClient ready = connect(door);
    ready.send("{\"type\":\"connection_init\"}");
    ready.next("connection_ack");
    return ready;
  }

  WebSocket socket() {
    return socket;
  }

  void send(String message) {
    socket.writeTextMessage(message);
  }

  void subscribe(String id, String query) {
    send(new JsonObject()
        .put("id", id)
        .put("type", "subscribe")
        .put("payload", new JsonObject().put("query", query))
        .encode());
  }

  void complete(String id) {
    send(new JsonObject().put("id", id).put("type", "complete").encode());
  }

  /** The next message, which must be of that type; pings of the server are passed over. */
  JsonObject next(String type) throws InterruptedException {
    JsonObject message = next();
    if (!type.equals(message.getString("type"))) {
      throw new AssertionError("expected " + type + ", was " + message);
    }
    return message;
  }

  JsonObject next() throws InterruptedException {
    JsonObject message = messages.poll(SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("no message; closed with " + closed.getNow(0));
    }
    return message.getString("type").equals("ping") ? next() : message;
  }

  /** The data of the next result. */
  JsonObject data() throws InterruptedException {
    return next("next").getJsonObject("payload").getJsonObject("data");
  }

  /** The code of the first error of the next message. */
  String errorCode() throws InterruptedException {
    JsonObject message = next();
    Object payload = message.getValue("payload");
    return (payload instanceof JsonObject result
            ? result.getJsonArray("errors")
            : message.getJsonArray("payload"))
        .getJsonObject(0)
        .getJsonObject("extensions")
        .getString("code");
  }

  /** The code with which the socket is closed. */
  int closed() throws Exception {
    return closed.get(SECONDS, TimeUnit.SECONDS);
  }

  void sendBinary(byte[] bytes) {
    socket.writeBinaryMessage(Buffer.buffer(bytes));
  }

  void close() {
    socket.close();
    client.close();
  }
}
