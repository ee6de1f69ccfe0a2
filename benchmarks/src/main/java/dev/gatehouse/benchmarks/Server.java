package dev.gatehouse.benchmarks;

import dev.gatehouse.benchmarks.process.Cores;
import dev.gatehouse.benchmarks.workload.Ask;
import dev.gatehouse.benchmarks.workload.Endpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A contestant's process, from its start on the server's core to its end. */
final class Server {
  private static final List<String> JVM_FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC");
  private static final long START_SECONDS = 60;
  private static final int ANSWER_MILLIS = 5_000;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

  private final Contestant contestant;
  private final Processes processes;
  private final Process process;
  private final int port;
  private final Path log;
  private final Duration firstAnswer;

  private Server(
      Contestant contestant,
      Processes processes,
      Process process,
      int port,
      Path log,
      Duration firstAnswer) {
    this.contestant = contestant;
    this.processes = processes;
    this.process = process;
    this.port = port;
    this.log = log;
    this.firstAnswer = firstAnswer;
  }

  /**
   * Starts a contestant and waits for its first 200.
   *
   * @throws IOException if it ends or does not answer in time; the message names its log
   */
  static Server start(
      Contestant contestant,
      Settings settings,
      Cores cores,
      Endpoints endpoints,
      Processes processes)
      throws IOException {
    int port = freePort();
    Path log = settings.output().resolve(contestant.name() + ".log");
    List<String> command = new ArrayList<>(List.of(settings.java().toString()));
    command.addAll(JVM_FLAGS);
    command.addAll(List.of(
        "-cp", System.getProperty("java.class.path"), contestant.mainClass().getName()));
    ProcessBuilder builder = new ProcessBuilder(cores.onServerCore(command))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile());
    builder.environment().putAll(endpoints.toEnvironment());
    builder.environment().put("PORT", Integer.toString(port));
    long start = System.nanoTime();
    Process process = processes.start(builder);
    try {
      awaitAnswer(
          process,
          port,
          settings.job().ask(contestant.protocol(), 1),
          contestant.name() + ", see " + log);
    } catch (IOException e) {
      processes.stop(process);
      throw e;
    }
    return new Server(
        contestant, processes, process, port, log, Duration.ofNanos(System.nanoTime() - start));
  }

  Contestant contestant() {
    return contestant;
  }

  long pid() {
    return process.pid();
  }

  int port() {
    return port;
  }

  /** From the start of the process to its first whole 200. */
  Duration firstAnswer() {
    return firstAnswer;
  }

  /** @throws IllegalStateException if the process has ended */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(contestant.name() + ": ended with " + process.exitValue()
          + " (expected: running), see " + log);
    }
  }

  void stop() {
    processes.stop(process);
  }

  private static void awaitAnswer(Process process, int port, Ask ask, String name)
      throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers(port, ask)) {
      if (!process.isAlive()) {
        throw new IOException(
            name + ": ended with " + process.exitValue() + " (expected: an answer)");
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(name + ": no 200 within " + START_SECONDS + " s");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static boolean answers(int port, Ask ask) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write(ask.bytes(port, true));
      String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return response.startsWith("HTTP/1.1 200 ") && !response.contains("\"errors\":");
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
