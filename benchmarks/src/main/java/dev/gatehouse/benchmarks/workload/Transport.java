package dev.gatehouse.benchmarks.workload;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** How contestants talk to the operating system: all of them alike, so that the table compares what they do themselves. */
public final class Transport {
  private Transport() {}

  /** A Vert.x on the platform's native transport, such as epoll, unless the variable {@code TRANSPORT} says {@code nio}. */
  public static Vertx vertx() {
    boolean nio = "nio".equals(System.getenv("TRANSPORT"));
    return Vertx.vertx(new VertxOptions().setPreferNativeTransport(!nio));
  }
}
