package dev.gatehouse.runtime.discovery.kubernetes;

import dev.gatehouse.runtime.discovery.Endpoint;
import dev.gatehouse.runtime.discovery.Registry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * In front of a mock server that tells those who watch by WebSocket only: passes questions on as they are, and each message of a watch
 * as a line of a chunked answer, which is how an API server tells those who watch by plain HTTP.
 */
final class WatchBridge implements AutoCloseable {
  private final int behind;
  private final HttpClient http;
  private final WebSocketClient sockets;
  private final HttpServer server;
  private final List<WebSocket> watches = new CopyOnWriteArrayList<>();

  WatchBridge(Vertx vertx, int behind) {
    this.behind = behind;
    this.http = vertx.createHttpClient();
    this.sockets = vertx.createWebSocketClient();
    this.server = Registry.await(vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
        .requestHandler(request -> {
          if (request.getParam("watch") == null) {
            pass(request);
          } else {
            watch(request);
          }
        })
        .listen());
  }

  Endpoint url() {
    return Endpoint.parse("http://127.0.0.1:" + server.actualPort());
  }

  int watches() {
    return watches.size();
  }

  /** As if the API server were restarted: every watch ends. */
  void endWatches() {
    watches.forEach(WebSocket::close);
  }

  private void pass(HttpServerRequest request) {
    http.request(HttpMethod.GET, behind, "127.0.0.1", request.uri())
        .compose(asked -> asked.send())
        .compose(answer -> answer
            .body()
            .compose(
                body -> request.response().setStatusCode(answer.statusCode()).end(body)))
        .onFailure(e -> request.response().setStatusCode(502).end(String.valueOf(e.getMessage())));
  }

  private void watch(HttpServerRequest request) {
    HttpServerResponse response = request.response().setChunked(true);
    sockets
        .connect(new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(behind)
            .setURI(request.uri().replace("watch=1", "watch=true")))
        .onComplete(
            socket -> {
              watches.add(socket);
              response.writeHead();
              socket.textMessageHandler(message -> response.write(message + "\n"));
              socket.closeHandler(closed -> {
                watches.remove(socket);
                response.end();
              });
              response.closeHandler(left -> socket.close());
            },
            e -> response.setStatusCode(502).end(String.valueOf(e.getMessage())));
  }

  @Override
  public void close() {
    Registry.await(server.close());
    Registry.await(http.close());
    Registry.await(sockets.close());
  }
}
