package dev.gatehouse.benchmarks.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * All services of the shop on one thread and one selector. It shares a core with the load generator, so each request
 * costs it two system calls, a look-up and a copy. It understands what the contestants send: GET without a body, over
 * connections that are kept.
 *
 * <p>{@code GET /count} on any service answers how many other requests there were, so that the harness can tell what a
 * contestant asks for. Not thread-safe, apart from {@link #close()}.
 */
final class ShopServer {
  private static final int BACKLOG = 4096;
  private static final int BUFFER = 1 << 16;

  private final Answers answers;
  private final Selector selector;
  private final Map<Service, ServerSocketChannel> listeners = new EnumMap<>(Service.class);
  private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer output = ByteBuffer.allocateDirect(BUFFER);
  private final ArrayDeque<Delayed> delayed = new ArrayDeque<>();
  private volatile boolean closed;
  private long requests;

  private record Delayed(ShopConnection connection, byte[] response, long dueNanos) {}

  /** Listens on free ports; requests are answered once {@link #run()} runs. */
  ShopServer(Answers answers) throws IOException {
    this.answers = answers;
    selector = Selector.open();
    for (Service service : Service.values()) {
      ServerSocketChannel listener = ServerSocketChannel.open();
      listener
          .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG)
          .configureBlocking(false);
      listener.register(selector, SelectionKey.OP_ACCEPT, service);
      listeners.put(service, listener);
    }
  }

  Endpoints endpoints() {
    List<Integer> ports = new ArrayList<>();
    listeners.values().forEach(listener -> ports.add(listener.socket().getLocalPort()));
    return Endpoints.of(ports);
  }

  /** Serves until {@link #close()}. */
  void run() throws IOException {
    while (!closed) {
      selector.select(this::ready, millisToNextDelayed());
      sendDelayed();
    }
    for (ServerSocketChannel listener : listeners.values()) {
      listener.close();
    }
    selector.close();
  }

  private void sendDelayed() {
    Delayed next = delayed.peek();
    while (next != null && next.dueNanos - System.nanoTime() <= 0) {
      delayed.remove();
      next.connection.send(next.response, output);
      next = delayed.peek();
    }
  }

  private long millisToNextDelayed() {
    Delayed next = delayed.peek();
    return next == null
        ? 0
        : Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.dueNanos - System.nanoTime()));
  }

  private void ready(SelectionKey key) {
    try {
      if (key.attachment() instanceof Service service) {
        accept(service, (ServerSocketChannel) key.channel());
      } else if (key.attachment() instanceof ShopConnection connection) {
        serve(connection);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(Service service, ServerSocketChannel listener) throws IOException {
    for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      key.attach(new ShopConnection(service, channel, key));
    }
  }

  private void serve(ShopConnection connection) {
    if (!connection.ready(input, output)) {
      return;
    }
    for (byte[] request = connection.nextRequest();
        request != null;
        request = connection.nextRequest()) {
      answer(connection, request);
    }
  }

  private void answer(ShopConnection connection, byte[] request) {
    int from = "GET ".length();
    int to = from;
    while (request[to] != ' ') {
      to++;
    }
    if (request[from + 1] == 'c') {
      connection.send(Answers.ofNumber(requests), output);
      return;
    }
    requests++;
    byte[] response = answers.of(connection.service(), request, from, to);
    if (Answers.isSlow(connection.service(), request, from, to)) {
      long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Shop.SLOWNESS_MILLIS);
      delayed.add(new Delayed(connection, response, due));
    } else {
      connection.send(response, output);
    }
  }

  /** Ends {@link #run()}. */
  void close() {
    closed = true;
    selector.wakeup();
  }
}
