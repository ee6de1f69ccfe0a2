package dev.gatehouse.benchmarks.spliced;

import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * A service and the idle connections to it, the last used on top, since its buffers are warm. One event loop uses it, so
 * there is nothing to lock and nobody to wait for.
 */
final class Upstream {
  private final HttpClientAgent client;
  private final HttpConnectOptions target;
  private final Deadlines deadlines;
  private final ArrayDeque<HttpClientConnection> idle = new ArrayDeque<>();

  Upstream(HttpClientAgent client, int port, Deadlines deadlines) {
    this.client = client;
    this.target = new HttpConnectOptions().setHost("127.0.0.1").setPort(port);
    this.deadlines = deadlines;
  }

  void get(String uri, Consumer<Reply> whenDone) {
    Call call = new Call(this, whenDone);
    deadlines.add(call);
    HttpClientConnection connection = idle.pollFirst();
    if (connection == null) {
      connect(call, uri);
    } else {
      call.sendOn(connection, uri);
    }
  }

  void release(HttpClientConnection connection) {
    idle.addFirst(connection);
  }

  private void connect(Call call, String uri) {
    client
        .connect(target)
        .onSuccess(connection -> {
          connection.closeHandler(closed -> idle.remove(connection));
          call.sendOn(connection, uri);
        })
        .onFailure(failure -> call.fail());
  }
}
