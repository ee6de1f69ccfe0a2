package dev.gatehouse.runtime.mesh.cache.redis;

import dev.gatehouse.runtime.discovery.TestProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real Redis on a socket of its own in the file system, so that no port is to be had, or to be had again. */
final class RedisServer implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Path socket;
  private Process process;

  /** Starts it; skips the test, and says so, where there is none. */
  RedisServer() {
    TestProcess.needs("redis-server", "redis-server");
    try {
      socket = Files.createTempDirectory("redis").resolve("socket");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  String url() {
    return "unix://" + socket;
  }

  void start() {
    try {
      process = new ProcessBuilder(
              "redis-server",
              "--port",
              "0",
              "--unixsocket",
              socket.toString(),
              "--save",
              "",
              "--appendonly",
              "no")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (!listens()) {
        if (System.nanoTime() > end || process.waitFor(20, TimeUnit.MILLISECONDS)) {
          throw new AssertionError("redis-server does not listen on " + socket);
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private boolean listens() {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it without notice, to be started again. */
  void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Has it do nothing any more; its connections stay open. */
  void suspend() {
    signal("STOP");
  }

  void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
          .start()
          .waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    kill();
    try {
      Files.deleteIfExists(socket);
      Files.deleteIfExists(socket.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
