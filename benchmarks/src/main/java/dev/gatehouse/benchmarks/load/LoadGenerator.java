package dev.gatehouse.benchmarks.load;

import dev.gatehouse.benchmarks.workload.Ask;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Asks a server on 127.0.0.1 for a list of requests, over and over, in one of two ways:
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
  private final InetSocketAddress server;
  private final ByteBuffer[] requests;
  private final byte[] degraded;

  /**
   * Prepares the requests.
   *
   * @param degraded what only stands in an answer that is not whole
   */
  public LoadGenerator(int port, List<Ask> asks, String degraded) {
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    requests = asks.stream().map(ask -> request(ask, port)).toArray(ByteBuffer[]::new);
    this.degraded = degraded.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Keeps every connection busy for a while, then waits for the answers that are still to come.
   *
   * @throws IOException if there is no selector to be had; a server that refuses shows in the result
   */
  public LoadResult closedLoop(int connections, Duration duration) throws IOException {
    try (Selector selector = Selector.open()) {
      return new ClosedLoop(selector, server, requests, degraded, connections).run(duration);
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
      return new FixedRate(selector, server, requests, degraded, connections, perSecond)
          .run(duration);
    }
  }

  private static ByteBuffer request(Ask ask, int port) {
    byte[] bytes = ask.bytes(port, false);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }
}
