package dev.gatehouse.benchmarks;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The processes of a run, so that none outlives it: they end with this object, and with the JVM whatever ends that.
 * Thread-safe.
 */
final class Processes implements AutoCloseable {
  private static final long END_SECONDS = 5;

  private final Set<Process> running = new HashSet<>();
  private final Thread onExit = new Thread(this::endAll, "end-processes");
  private boolean ended;

  Processes() {
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  synchronized Process start(ProcessBuilder builder) throws IOException {
    if (ended) {
      throw new IOException("processes: ended (expected: running)");
    }
    Process process = builder.start();
    running.add(process);
    return process;
  }

  synchronized void stop(Process process) {
    end(process);
    running.remove(process);
  }

  @Override
  public void close() {
    endAll();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // The JVM is ending already, and the hook has nothing left to do.
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void endAll() {
    ended = true;
    running.forEach(Process::destroy);
    running.forEach(Processes::end);
    running.clear();
  }

  /** Asks a process to end, and ends it where it does not. */
  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
