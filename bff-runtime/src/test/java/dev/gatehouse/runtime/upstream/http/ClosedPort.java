package dev.gatehouse.runtime.upstream.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;

/** A port on which nobody listens, and nobody else can meanwhile: it is held by a socket that does not. */
final class ClosedPort implements AutoCloseable {
  private final Socket holder = new Socket();

  ClosedPort() {
    try {
      holder.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      holder.bind(new InetSocketAddress("127.0.0.1", 0));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + holder.getLocalPort();
  }

  /** Has somebody listen. */
  ServerSocket open() throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    listener.bind(holder.getLocalSocketAddress());
    return listener;
  }

  @Override
  public void close() throws IOException {
    holder.close();
  }
}
