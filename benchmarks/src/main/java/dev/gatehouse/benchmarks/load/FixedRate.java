package dev.gatehouse.benchmarks.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.ArrayDeque;

/** Requests are sent when due, on any connection that is idle. */
final class FixedRate extends Round {
  private final Selector selector;
  private final double nanosBetween;
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();
  private long start;
  private long total;
  private long sent;

  FixedRate(
      Selector selector,
      InetSocketAddress server,
      ByteBuffer[] requests,
      byte[] degradedText,
      int connections,
      double perSecond) {
    super(selector, server, requests, degradedText, connections);
    this.selector = selector;
    nanosBetween = 1e9 / perSecond;
  }

  @Override
  void begin(long start, long end) {
    this.start = start;
    total = (long) ((end - start) / nanosBetween);
    idle.addAll(connections());
    new Pacer(selector, start, nanosBetween, total).start();
  }

  @Override
  void idle(Connection connection) {
    idle.addFirst(connection);
  }

  @Override
  void afterSelect(long now, long end) {
    while (sent < total && due(sent) <= now && !idle.isEmpty()) {
      send(idle.removeFirst(), due(sent));
      sent++;
    }
  }

  @Override
  boolean isUnfinished() {
    return sent < total || super.isUnfinished();
  }

  @Override
  long unsent() {
    return total - sent;
  }

  private long due(long index) {
    return start + (long) (index * nanosBetween);
  }
}
