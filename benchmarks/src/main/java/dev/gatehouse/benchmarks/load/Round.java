package dev.gatehouse.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a closed loop and a fixed rate have in common: connections, counting, and an end. */
abstract class Round {
  private static final int STATUS_OK = 200;
  /** Looking into every body would cost as much as the rest of the loop. */
  private static final int SAMPLE = 16;

  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int BUFFER = 1 << 17;

  private final Selector selector;
  private final ByteBuffer[] requests;
  private final byte[] degradedText;
  private final List<Connection> connections = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final Histogram latencies = new Histogram();
  private int nextRequest;
  private int underWay;
  private long notOk;
  private long broken;
  private long degraded;
  private long lastAnswer;

  Round(
      Selector selector,
      InetSocketAddress server,
      ByteBuffer[] requests,
      byte[] degradedText,
      int connections) {
    this.selector = selector;
    this.requests = requests;
    this.degradedText = degradedText;
    for (int i = 0; i < connections; i++) {
      this.connections.add(new Connection(server, selector));
    }
    // Another part of the paths in each round.
    nextRequest = (int) (System.nanoTime() & 0xFFFF) % requests.length;
  }

  final LoadResult run(Duration duration) throws IOException {
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    lastAnswer = start;
    try {
      begin(start, end);
      long now = start;
      while (now < end || (isUnfinished() && now < end + GRACE_NANOS)) {
        selector.select(this::received, selectMillis(end - now));
        now = System.nanoTime();
        afterSelect(now, end);
      }
      broken += underWay;
    } finally {
      connections.forEach(Connection::close);
    }
    return new LoadResult(
        latencies.total(),
        notOk,
        broken,
        degraded,
        unsent(),
        (lastAnswer - start) / 1e9,
        latencies.percentile(0.5),
        latencies.percentile(0.99));
  }

  /** Sends what is to be sent at once. */
  abstract void begin(long start, long end);

  /** The connection has its answer, or has broken. */
  abstract void idle(Connection connection);

  /** All that was readable is read. */
  abstract void afterSelect(long now, long end);

  /** How many requests were due and could not be sent. */
  abstract long unsent();

  boolean isUnfinished() {
    return underWay > 0;
  }

  final List<Connection> connections() {
    return connections;
  }

  /** A connection that cannot be opened rests for the remainder of the round. */
  final void send(Connection connection, long sinceNanos) {
    ByteBuffer request = requests[nextRequest];
    nextRequest = (nextRequest + 1) % requests.length;
    underWay++;
    try {
      connection.send(request, sinceNanos);
    } catch (IOException e) {
      giveUp(connection);
    }
  }

  private static long selectMillis(long nanosLeft) {
    return Math.max(1, Math.min(50, TimeUnit.NANOSECONDS.toMillis(nanosLeft)));
  }

  private void received(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      ResponseParser response = connection.receive(buffer);
      if (response != null) {
        answered(connection, response);
        idle(connection);
      }
    } catch (IOException e) {
      broke(connection);
    }
  }

  private void answered(Connection connection, ResponseParser response) {
    lastAnswer = System.nanoTime();
    underWay--;
    latencies.record(lastAnswer - connection.sinceNanos());
    if (response.status() != STATUS_OK) {
      notOk++;
    } else if (latencies.total() % SAMPLE == 0 && response.bodyContains(degradedText)) {
      degraded += SAMPLE;
    }
  }

  private void broke(Connection connection) {
    giveUp(connection);
    idle(connection);
  }

  private void giveUp(Connection connection) {
    if (connection.isBusy()) {
      underWay--;
      broken++;
    }
    connection.close();
  }
}
