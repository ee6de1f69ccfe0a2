package dev.gatehouse.runtime;

import dev.gatehouse.runtime.config.BffSettings.Listener;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import java.util.List;

/**
 * A deployment's claim on an address: Vert.x would let two BFFs listen on one, and give each connection to either of them.
 *
 * @param deployment whose instances share it
 */
record ListenerClaim(Vertx vertx, Listener listener, String deployment, String bff) {

  Future<ListenerClaim> claim() {
    if (listener.port() == 0) {
      return Future.succeededFuture(this);
    }
    String holder = claims().putIfAbsent(address(), deployment);
    return holder == null || holder.equals(deployment)
        ? Future.succeededFuture(this)
        : Future.failedFuture(
            new StartupException(
                bff,
                List.of(
                    "bffs." + bff + ".listener.port: " + address()
                        + " is taken by another BFF of this process (expected: a port of its own, or 0 for any)")));
  }

  Future<Void> release() {
    claims().removeIfPresent(address(), deployment);
    return Future.succeededFuture();
  }

  private LocalMap<String, String> claims() {
    return vertx.sharedData().getLocalMap("dev.gatehouse.listeners");
  }

  private String address() {
    return listener.host() + ":" + listener.port();
  }
}
