package dev.gatehouse.benchmarks.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;

/** Each answer is followed by the next request on its connection. */
final class ClosedLoop extends Round {
  private long end;

  ClosedLoop(
      Selector selector,
      InetSocketAddress server,
      ByteBuffer[] requests,
      byte[] degradedText,
      int connections) {
    super(selector, server, requests, degradedText, connections);
  }

  @Override
  void begin(long start, long end) {
    this.end = end;
    for (Connection connection : connections()) {
      send(connection, System.nanoTime());
    }
  }

  @Override
  void idle(Connection connection) {
    long now = System.nanoTime();
    if (now < end) {
      send(connection, now);
    }
  }

  @Override
  void afterSelect(long now, long end) {
    // Everything happens as answers come.
  }

  @Override
  long unsent() {
    return 0;
  }
}
