package dev.gatehouse.benchmarks.workload;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The process of the shop's services: prints their ports in one line, then serves until it is ended. */
public final class Upstreams {
  private Upstreams() {}

  /** Takes no arguments. */
  public static void main(String[] args) throws IOException {
    ShopServer server = new ShopServer(new Answers(new Shop()));
    System.out.println(
        server.endpoints().ports().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    server.run();
  }

  /**
   * Reads what {@link #main} prints, waiting for it.
   *
   * @throws IOException if the process ended without it
   */
  public static Endpoints readEndpoints(BufferedReader output) throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException(
          "upstreams: ended without naming their ports (expected: one line of ports)");
    }
    return Endpoints.of(Arrays.stream(line.split(" ", -1)).map(Integer::valueOf).toList());
  }
}
