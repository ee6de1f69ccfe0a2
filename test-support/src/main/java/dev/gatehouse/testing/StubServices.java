package dev.gatehouse.testing;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A real HTTP server that stands for all services: what it answers is set by path, what it was asked is kept. */
public final class StubServices implements AutoCloseable {
  private final HttpServer server;
  private volatile @Nullable Handler<ServerWebSocket> webSockets;
  private final Map<String, Handler<HttpServerRequest>> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Map.Entry<String, String>> headers = new CopyOnWriteArrayList<>();

  public StubServices(Vertx vertx) {
    server = vertx
        .createHttpServer()
        .requestHandler(this::handle)
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  /** Takes every WebSocket, at whatever path. */
  public StubServices onWebSocket(Handler<ServerWebSocket> taken) {
    webSockets = taken;
    return this;
  }

  private void handle(HttpServerRequest request) {
    Handler<ServerWebSocket> taken = webSockets;
    if (taken != null && request.canUpgradeToWebSocket()) {
      request.toWebSocket().onSuccess(taken);
      return;
    }
    headers.addAll(request.headers().entries());
    request.body().onSuccess(body -> {
      requests.add((request.method() + " " + request.uri() + " " + body).trim());
      answers
          .getOrDefault(
              request.path(), missing -> missing.response().setStatusCode(404).end())
          .handle(request);
    });
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** Answers JSON at a path. */
  public StubServices json(String path, String json, String... headers) {
    return at(path, request -> {
      for (int i = 0; i < headers.length; i += 2) {
        request.response().putHeader(headers[i], headers[i + 1]);
      }
      request.response().putHeader("content-type", "application/json").end(json);
    });
  }

  public StubServices at(String path, Handler<HttpServerRequest> answer) {
    answers.put(path, answer);
    return this;
  }

  /** Never answers at a path. */
  public StubServices hang(String path) {
    return at(path, request -> {});
  }

  /** Method, URI and body of every request since the last time this was called. */
  public List<String> requests() {
    List<String> seen = new ArrayList<>(requests);
    requests.clear();
    return seen;
  }

  /** All headers seen so far. */
  public List<Map.Entry<String, String>> headers() {
    return headers;
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }
}
