package dev.gatehouse.examples.storefront.services;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the services on their own: {@code Main [--ports-from N]}, N being the control server's port, and 0 meaning any
 * free ports. Ctrl-C lets calls under way finish, then ends with exit code 0.
 */
public final class Main {
  private static final int DRAIN_SECONDS = 10;

  private Main() {}

  public static void main(String[] args) {
    Ports ports;
    try {
      ports = ports(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    Vertx vertx = Vertx.vertx();
    DemoServices.start(vertx, ports)
        .compose(services -> Rehearsal.of(vertx, services))
        .onSuccess(services -> {
          Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(vertx, services), "drain"));
          print(services);
        })
        .onFailure(failure -> {
          System.err.println(failure.getMessage() + "; choose others with --ports-from N");
          vertx.close().onComplete(closed -> System.exit(1));
        });
  }

  private static Ports ports(String[] args) {
    if (args.length == 0) {
      return Ports.DEFAULT;
    }
    if (args.length != 2 || !args[0].equals("--ports-from")) {
      throw new IllegalArgumentException(
          String.join(" ", args) + ": unknown (expected: [--ports-from N])");
    }
    try {
      int first = Integer.parseInt(args[1]);
      return first == 0 ? Ports.ANY_FREE : Ports.from(first);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--ports-from: " + args[1] + " (expected: a number)", e);
    }
  }

  private static void print(DemoServices services) {
    for (DemoService service : DemoService.values()) {
      System.out.printf("%-16s %s%s%n", service.label(), services.uri(service), service.example());
    }
    System.out.printf(
        "%-16s http://127.0.0.1:%d/%n", "control", services.ports().control());
  }

  private static void drain(Vertx vertx, DemoServices services) {
    int exitCode = 0;
    try {
      services.close().eventually(vertx::close).await(DRAIN_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      System.err.println("calls under way did not finish within " + DRAIN_SECONDS + " s");
      exitCode = 1;
    }
    // An interrupted JVM would end with the signal's number; having drained is a success.
    Runtime.getRuntime().halt(exitCode);
  }
}
