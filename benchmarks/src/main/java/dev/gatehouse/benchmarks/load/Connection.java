package dev.gatehouse.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection to the server under test, with at most one request under way. */
final class Connection {
  private final InetSocketAddress server;
  private final Selector selector;
  private final ResponseParser parser = new ResponseParser();
  private @Nullable SocketChannel channel;
  private boolean busy;
  private long sinceNanos;

  Connection(InetSocketAddress server, Selector selector) {
    this.server = server;
    this.selector = selector;
  }

  /**
   * Sends a request.
   *
   * @param sinceNanos when its latency begins, on {@link System#nanoTime()}'s clock
   */
  void send(ByteBuffer request, long sinceNanos) throws IOException {
    busy = true;
    this.sinceNanos = sinceNanos;
    parser.reset();
    SocketChannel open = channel;
    if (open == null) {
      open = connect();
      channel = open;
    }
    ByteBuffer bytes = request.duplicate();
    while (bytes.hasRemaining()) {
      open.write(bytes);
    }
  }

  /**
   * Reads what came.
   *
   * @return the whole response, or null where there is more to come or nothing was asked for
   * @throws IOException if the connection broke, or the response is malformed
   */
  @Nullable ResponseParser receive(ByteBuffer buffer) throws IOException {
    SocketChannel open = channel;
    if (open == null) {
      return null;
    }
    buffer.clear();
    if (open.read(buffer) < 0) {
      throw new IOException("connection: closed by the server (expected: kept)");
    }
    if (busy && parser.accept(buffer.flip())) {
      busy = false;
      return parser;
    }
    return null;
  }

  boolean isBusy() {
    return busy;
  }

  long sinceNanos() {
    return sinceNanos;
  }

  /** Gives the connection up; the next request opens a new one. */
  void close() {
    busy = false;
    SocketChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new IllegalStateException("connection: could not be closed", e);
      }
    }
  }

  private SocketChannel connect() throws IOException {
    SocketChannel open = SocketChannel.open(server);
    open.setOption(StandardSocketOptions.TCP_NODELAY, true);
    open.configureBlocking(false);
    open.register(selector, SelectionKey.OP_READ, this);
    return open;
  }
}
