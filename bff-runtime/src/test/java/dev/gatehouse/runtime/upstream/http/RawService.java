package dev.gatehouse.runtime.upstream.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service that writes its answers byte by byte, right or wrong, on an event loop of its own. Requests to it carry no body, or a
 * short one.
 */
final class RawService {
  private final NetServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();

  /** What it does with a request. */
  interface Script {
    /**
     * Answers, or does not.
     *
     * @param request counted from 1 over all connections
     */
    void answer(NetSocket socket, int request);
  }

  RawService(Vertx vertx, Script script) {
    Promise<NetServer> listening = Promise.promise();
    ((VertxInternal) vertx)
        .createEventLoopContext()
        .runOnContext(on -> vertx
            .createNetServer(new NetServerOptions().setHost("127.0.0.1").setPort(0))
            .connectHandler(socket -> accept(socket, script))
            .listen()
            .onComplete(listening));
    server = Caller.await(listening.future());
  }

  private void accept(NetSocket socket, Script script) {
    connections.incrementAndGet();
    open.add(socket);
    socket.closeHandler(closed -> open.remove(socket));
    socket.exceptionHandler(e -> open.remove(socket));
    Buffer received = Buffer.buffer();
    int[] seen = {0};
    socket.handler(bytes -> {
      received.appendBuffer(bytes);
      int end;
      while ((end = received.toString().indexOf("\r\n\r\n", seen[0])) >= 0) {
        seen[0] = end + 4;
        script.answer(socket, requests.incrementAndGet());
      }
    });
  }

  Future<Void> close() {
    return server.close();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  int requests() {
    return requests.get();
  }

  int connections() {
    return connections.get();
  }

  boolean hasOpenConnection() {
    return !open.isEmpty();
  }
}
