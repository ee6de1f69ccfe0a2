package dev.gatehouse.runtime.door;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.List;

/** An open door of one BFF instance. Confined to one event loop. */
public interface DoorHandler {

  /**
   * Takes a public request if it is this door's: then the door answers it, whatever happens.
   *
   * @return false, with the request untouched, where the path is not this door's
   */
  boolean handle(HttpServerRequest request);

  /** The sub-protocols of the WebSockets that it accepts (RFC 6455, section 1.9); empty where it accepts none. */
  default List<String> webSocketProtocols() {
    return List.of();
  }

  /**
   * Whether it takes the handshake of a WebSocket, which {@link #handle} is then given. It keeps count of its WebSockets itself: they
   * are no requests under way.
   */
  default boolean takesWebSocket(HttpServerRequest request) {
    return false;
  }

  /**
   * Ends what would not end by itself, such as WebSockets and streams of events, because the instance stops. Requests may still
   * come until this is done.
   *
   * @return completes when all of it has ended
   */
  default Future<Void> close() {
    return Future.succeededFuture();
  }

  /**
   * Adds this door's pages to the operator's listener, such as its OpenAPI document, below {@code /bffs/<bff>/}.
   */
  default void manage(Router management) {}
}
