package dev.gatehouse.runtime.discovery;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server of a registry, which answers as a test says. */
public final class ScriptedRegistry implements AutoCloseable {
  private final Vertx vertx;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private volatile Handler<HttpServerRequest> script =
      request -> request.response().end();
  private volatile HttpServer server;
  private final int port = TestProcess.freePort();

  public ScriptedRegistry(Vertx vertx) {
    this.vertx = vertx;
    start();
  }

  public void start() {
    server = Registry.await(vertx
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
        .requestHandler(request -> {
          asked.add(request.uri());
          String token = request.getHeader("x-consul-token");
          tokens.add(String.valueOf(token == null ? request.getHeader("authorization") : token));
          script.handle(request);
        })
        .listen());
  }

  public void stop() {
    Registry.await(server.close());
  }

  /** From now on. */
  public void answer(Handler<HttpServerRequest> script) {
    this.script = script;
  }

  public Endpoint url() {
    return Endpoint.parse("http://127.0.0.1:" + port);
  }

  /** What was asked for so far, in that order. */
  public List<String> asked() {
    return asked;
  }

  /** The token of each question. */
  public List<String> tokens() {
    return tokens;
  }

  @Override
  public void close() {
    stop();
  }
}
