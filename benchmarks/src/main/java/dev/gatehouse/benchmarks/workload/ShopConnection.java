package dev.gatehouse.benchmarks.workload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One connection of a contestant to a service. A connection that breaks is closed; nobody else is affected. */
final class ShopConnection {
  private final Service service;
  private final SocketChannel channel;
  private final SelectionKey key;
  private byte[] received = new byte[1024];
  private int length;
  private @Nullable ByteBuffer unsent;

  ShopConnection(Service service, SocketChannel channel, SelectionKey key) {
    this.service = service;
    this.channel = channel;
    this.key = key;
  }

  Service service() {
    return service;
  }

  /** Reads what came, or goes on writing what did not fit. True where there may be a new request. */
  boolean ready(ByteBuffer input, ByteBuffer output) {
    try {
      if (unsent != null) {
        return flush(unsent);
      }
      input.clear();
      int count = channel.read(input);
      if (count < 0) {
        close();
        return false;
      }
      if (length + count > received.length) {
        received = Arrays.copyOf(received, Math.max(2 * received.length, length + count));
      }
      input.flip().get(received, length, count);
      length += count;
      return true;
    } catch (IOException e) {
      close();
      return false;
    }
  }

  /** Takes the next whole request, or null. */
  byte @Nullable [] nextRequest() {
    for (int i = 3; i < length; i++) {
      if (received[i] == '\n' && received[i - 2] == '\n' && received[i - 1] == '\r') {
        byte[] request = received;
        if (i + 1 < length) {
          request = Arrays.copyOf(received, i + 1);
          System.arraycopy(received, i + 1, received, 0, length - i - 1);
        }
        length -= i + 1;
        return request;
      }
    }
    return null;
  }

  void send(byte[] response, ByteBuffer output) {
    if (unsent != null) {
      unsent = joined(unsent, response);
      return;
    }
    try {
      output.clear();
      output.put(response).flip();
      channel.write(output);
      if (output.hasRemaining()) {
        unsent = ByteBuffer.allocate(output.remaining()).put(output).flip();
        key.interestOps(SelectionKey.OP_WRITE);
      }
    } catch (IOException e) {
      close();
    }
  }

  private boolean flush(ByteBuffer rest) throws IOException {
    channel.write(rest);
    if (rest.hasRemaining()) {
      return false;
    }
    unsent = null;
    key.interestOps(SelectionKey.OP_READ);
    return true;
  }

  private static ByteBuffer joined(ByteBuffer first, byte[] second) {
    return ByteBuffer.allocate(first.remaining() + second.length)
        .put(first)
        .put(second)
        .flip();
  }

  private void close() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // The connection is broken already; there is nobody to tell.
      length = 0;
    }
  }
}
