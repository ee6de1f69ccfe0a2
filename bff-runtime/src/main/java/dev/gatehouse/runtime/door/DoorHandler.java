package dev.gatehouse.runtime.door;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

/** An open door of one BFF instance. Confined to one event loop. */
public interface DoorHandler {

  /**
   * Takes a public request if it is this door's: then the door answers it, whatever happens.
   *
   * @return false, with the request untouched, where the path is not this door's
   */
  boolean handle(HttpServerRequest request);

  /**
   * Adds this door's pages to the operator's listener, such as its OpenAPI document, below {@code /bffs/<bff>/}.
   */
  default void manage(Router management) {}
}
