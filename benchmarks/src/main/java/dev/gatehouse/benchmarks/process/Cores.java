package dev.gatehouse.benchmarks.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The core of the server under test and the core of everything else, kept apart with {@code taskset}. Without it, or on
 * one core, processes run wherever the system puts them.
 */
public final class Cores {
  private static final long TASKSET_SECONDS = 5;

  private final int server;
  private final int load;
  private final boolean pinned;

  private Cores(int server, int load, boolean pinned) {
    this.server = server;
    this.load = load;
    this.pinned = pinned;
  }

  /** The cores of these numbers, if this machine has them and {@code taskset}. */
  public static Cores of(int server, int load) {
    int highest = Math.max(server, load);
    boolean possible = Runtime.getRuntime().availableProcessors() > highest
        && taskset("-c", Integer.toString(server), "true")
        && taskset("-c", Integer.toString(load), "true");
    return new Cores(server, load, possible);
  }

  public boolean isPinned() {
    return pinned;
  }

  /** The number of the server's core, or null where it has none of its own. */
  public @Nullable Integer serverCore() {
    return pinned ? server : null;
  }

  /** The command, started on the server's core. */
  public List<String> onServerCore(List<String> command) {
    return on(server, command);
  }

  /** The command, started on the other core. */
  public List<String> onLoadCore(List<String> command) {
    return on(load, command);
  }

  /** Moves a running process, all its threads, to the server's core. */
  public void pinToServerCore(long pid) {
    pin(pid, Integer.toString(server));
  }

  /** Moves a running process to the other core. */
  public void pinToLoadCore(long pid) {
    pin(pid, Integer.toString(load));
  }

  /** Lets a running process use both cores. */
  public void pinToBoth(long pid) {
    pin(pid, server + "," + load);
  }

  private List<String> on(int core, List<String> command) {
    if (!pinned) {
      return command;
    }
    List<String> whole = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
    whole.addAll(command);
    return whole;
  }

  private void pin(long pid, String cores) {
    if (pinned && !taskset("-apc", cores, Long.toString(pid))) {
      throw new IllegalStateException(
          "taskset: failed for process " + pid + " (expected: pinned to " + cores + ")");
    }
  }

  private static boolean taskset(String... arguments) {
    List<String> command = new ArrayList<>(List.of("taskset"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return process.waitFor(TASKSET_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
