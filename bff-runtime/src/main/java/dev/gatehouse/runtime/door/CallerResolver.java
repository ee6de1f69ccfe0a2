package dev.gatehouse.runtime.door;

import dev.gatehouse.dsl.Caller;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/** Finds out who is asking: the seam at which identity is joined. Must not block. */
@FunctionalInterface
public interface CallerResolver {

  /**
   * @return who asks; a failed future refuses the request with 401
   */
  Future<Caller> resolve(HttpServerRequest request);
}
