package dev.gatehouse.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Asks a server on 127.0.0.1 for a list of paths, over and over, in one of two ways:
 *
 * <ul>
 *   <li>closed loop: each connection sends its next request when it has the answer to the last one, which is as much as
 *       the server can do;
 *   <li>fixed rate: requests are sent when they are due, whatever the server does. Latency counts from the moment a
 *       request was due, so that a stall is seen by all the requests that had to wait for it.
 * </ul>
 *
 * Each measurement opens its own connections and runs on the calling thread.
 */
public final class LoadGenerator {
  private static final byte[] DEGRADED =
      "\"recommendations\":[]".getBytes(StandardCharsets.US_ASCII);

  private final InetSocketAddress server;
  private final ByteBuffer[] requests;

  /** Prepares the requests. */
  public LoadGenerator(int port, List<String> paths) {
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    requests = paths.stream().map(path -> request(path, port)).toArray(ByteBuffer[]::new);
  }

  /**
   * Keeps every connection busy for a while, then waits for the answers that are still to come.
   *
   * @throws IOException if there is no selector to be had; a server that refuses shows in the result
   */
  public LoadResult closedLoop(int connections, Duration duration) throws IOException {
    try (Selector selector = Selector.open()) {
      return new ClosedLoop(selector, server, requests, DEGRADED, connections).run(duration);
    }
  }

  /**
   * Sends requests at a fixed rate for a while, then waits for the answers that are still to come.
   *
   * @param connections a bound on the requests under way; further ones wait, and their latency counts
   * @throws IOException if there is no selector to be had; a server that refuses shows in the result
   */
  public LoadResult fixedRate(int connections, double perSecond, Duration duration)
      throws IOException {
    try (Selector selector = Selector.open()) {
      return new FixedRate(selector, server, requests, DEGRADED, connections, perSecond)
          .run(duration);
    }
  }

  private static ByteBuffer request(String path, int port) {
    byte[] bytes = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
            + "\r\nAccept: application/json\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }
}
