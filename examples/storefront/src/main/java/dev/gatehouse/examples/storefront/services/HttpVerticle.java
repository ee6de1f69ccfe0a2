package dev.gatehouse.examples.storefront.services;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.BindException;
import org.jspecify.annotations.Nullable;

/**
 * A verticle that is an HTTP server on 127.0.0.1. {@link #port()}, {@link #isStopped()} and {@link #undeploy()} may be
 * called from any thread.
 */
abstract class HttpVerticle extends VerticleBase {
  private static final int DRAIN_SECONDS = 5;

  private final String name;
  private final int wantedPort;
  private @Nullable HttpServer server;
  private volatile int port;
  private volatile @Nullable Future<Void> undeployed;

  /** @param port where to listen; 0 for any free port */
  HttpVerticle(String name, int port) {
    this.name = name;
    this.wantedPort = port;
  }

  abstract void serve(HttpServerRequest request);

  @Override
  public Future<?> start() {
    HttpServer created = vertx.createHttpServer().requestHandler(this::serve);
    server = created;
    return created
        .listen(wantedPort, "127.0.0.1")
        .onSuccess(listening -> port = listening.actualPort())
        .recover(failure -> Future.failedFuture(
            failure instanceof BindException
                ? new IllegalStateException(
                    name + ": port " + wantedPort + " is taken (expected: a free port)")
                : failure));
  }

  /** Closes the port, and the connections once the calls under way have been answered. */
  @Override
  public Future<?> stop() {
    HttpServer listening = server;
    return listening == null
        ? Future.succeededFuture()
        : listening.shutdown(DRAIN_SECONDS, SECONDS);
  }

  /** Where it listens; 0 before it does. */
  int port() {
    return port;
  }

  boolean isStopped() {
    return undeployed != null;
  }

  /** Refuses new calls, lets those under way finish, and ends. Asking again changes nothing. */
  synchronized Future<Void> undeploy() {
    Future<Void> ending = undeployed;
    if (ending == null) {
      ending = port == 0 ? Future.succeededFuture() : vertx.undeploy(context.deploymentID());
      undeployed = ending;
    }
    return ending;
  }
}
