package dev.gatehouse.runtime.discovery;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A server of another project that a test starts and ends. */
public final class TestProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  /** Below those that systems give to whoever asks for any port: a free one is not given away before it is used. */
  private static final int LOWEST_PORT = 11_000;

  private static final int HIGHEST_PORT = 31_000;

  private final List<String> command;
  private final int port;
  private Process process;

  private TestProcess(int port, List<String> command) {
    this.port = port;
    this.command = command;
  }

  /** Starts a server, and waits until its port takes connections. */
  public static TestProcess listening(int port, String... command) {
    TestProcess started = new TestProcess(port, List.of(command));
    started.start();
    return started;
  }

  /** Skips the test, and says so, where a program is missing. */
  public static void needs(String program, String debianPackage) {
    boolean there = Arrays.stream((System.getenv("PATH") + ":/usr/sbin").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    assumeTrue(there, program + " is missing: install the Debian package " + debianPackage);
  }

  /** A port of the loopback interface that is free, and that nobody gets who does not ask for it. */
  public static int freePort() {
    for (int tries = 0; tries < 1000; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress("127.0.0.1", port));
        return port;
      } catch (BindException taken) {
        continue;
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("no free port from " + LOWEST_PORT + " to " + HIGHEST_PORT);
  }

  public void start() {
    try {
      process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!listens()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new AssertionError(command + " does not listen on port " + port);
      }
      try {
        process.waitFor(20, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it without notice, to be started again. */
  public void stop() {
    try {
      process.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
