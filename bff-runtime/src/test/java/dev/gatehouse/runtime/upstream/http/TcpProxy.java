package dev.gatehouse.runtime.upstream.http;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A stretch of network that can be cut. */
final class TcpProxy {
  private final NetServer server;
  private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();

  TcpProxy(Vertx vertx, int port) {
    NetClient client = vertx.createNetClient();
    server = Caller.await(vertx
        .createNetServer(new NetServerOptions().setHost("127.0.0.1").setPort(0))
        .connectHandler(near -> {
          near.pause();
          sockets.add(near);
          client.connect(port, "127.0.0.1").onSuccess(far -> {
            near.pipeTo(far);
            far.pipeTo(near);
          });
        })
        .listen());
  }

  int port() {
    return server.actualPort();
  }

  /** Closes all connections through it. */
  void cut() {
    sockets.forEach(NetSocket::close);
    sockets.clear();
  }
}
