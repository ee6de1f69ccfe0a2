package dev.gatehouse.examples.storefront;

import dev.gatehouse.examples.storefront.services.DemoService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** HAProxy in the place of a mesh's sidecar, with the configuration of the run command. */
final class Sidecar implements AutoCloseable {
  private static final int SECONDS = 30;

  private final Process process;
  private final int port;

  /**
   * @param services where they listen
   */
  Sidecar(Map<DemoService, Integer> services) throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    ProcessBuilder builder =
        new ProcessBuilder(binary().orElseThrow().toString(), "-db", "-f", "sidecar/haproxy.cfg");
    builder.environment().put("SIDECAR_PORT", String.valueOf(port));
    services.forEach((service, at) -> builder
        .environment()
        .put(service.label().toUpperCase(Locale.ROOT) + "_PORT", String.valueOf(at)));
    process = builder.inheritIO().start();
    awaitListening();
  }

  static boolean isInstalled() {
    return binary().isPresent();
  }

  private static Optional<Path> binary() {
    return Stream.concat(List.of(System.getenv("PATH").split(":")).stream(), Stream.of("/usr/sbin"))
        .map(directory -> Path.of(directory, "haproxy"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  int port() {
    return port;
  }

  private void awaitListening() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        process.waitFor(20, TimeUnit.MILLISECONDS); // not listening yet
      }
    }
    close();
    throw new IllegalStateException("the sidecar did not start");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
