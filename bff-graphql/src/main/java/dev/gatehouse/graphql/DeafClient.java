package dev.gatehouse.graphql;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;

/** A client that does not read its response. */
final class DeafClient {
  private DeafClient() {}

  /**
   * Ends a response that cannot be sent. With HTTP/1.1 its connection goes too, and at once: Vert.x would first send what waits, which
   * is what the client does not take.
   */
  static void giveUp(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    if (request.version() != HttpVersion.HTTP_2
        && connection instanceof HttpServerConnection channel) {
      channel.channelHandlerContext().close();
    } else {
      request.response().reset();
    }
  }
}
