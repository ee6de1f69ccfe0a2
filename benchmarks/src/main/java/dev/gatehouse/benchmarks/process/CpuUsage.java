package dev.gatehouse.benchmarks.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The CPU time that each thread of a process has used so far, from {@code /proc/PID/task/TID/schedstat}, which counts
 * nanoseconds; where the kernel has none, the time of the whole process from {@code /proc/PID/stat}, which counts
 * hundredths of a second.
 */
public final class CpuUsage {
  private static final long NANOS_PER_TICK = 10_000_000;
  private static final int USER_TIME_FIELD = 11;
  private static final List<String> COMPILERS = List.of("C1 ", "C2 ");
  private static final List<String> COLLECTORS = List.of("VM Thread", "GC Thread", "G1 ");

  private record ThreadTime(String name, long nanos) {}

  private final Map<String, ThreadTime> threads;

  private CpuUsage(Map<String, ThreadTime> threads) {
    this.threads = threads;
  }

  /**
   * Reads the usage of a running process.
   *
   * @throws IOException if there is no such process, or no {@code /proc}
   */
  public static CpuUsage of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    Map<String, ThreadTime> threads = new HashMap<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path task : tasks) {
        if (!Files.exists(task.resolve("schedstat"))) {
          return new CpuUsage(
              Map.of("process", new ThreadTime("", ticks(process) * NANOS_PER_TICK)));
        }
        read(task, threads);
      }
    }
    return new CpuUsage(threads);
  }

  /** What was used between two readings. A thread that ended in between is left out. */
  public Share since(CpuUsage earlier) {
    long total = 0;
    long compiling = 0;
    long collecting = 0;
    for (Map.Entry<String, ThreadTime> entry : threads.entrySet()) {
      ThreadTime thread = entry.getValue();
      ThreadTime before = earlier.threads.get(entry.getKey());
      long nanos = thread.nanos - (before == null ? 0 : before.nanos);
      total += nanos;
      compiling += startsWithAny(thread.name, COMPILERS) ? nanos : 0;
      collecting += startsWithAny(thread.name, COLLECTORS) ? nanos : 0;
    }
    return new Share(total, compiling, collecting);
  }

  /**
   * CPU time of a while.
   *
   * @param nanos of all threads
   * @param compilingNanos of the JIT's threads
   * @param collectingNanos of the garbage collector's threads
   */
  public record Share(long nanos, long compilingNanos, long collectingNanos) {
    /** The JIT's part, from 0 to 1. */
    public double compiling() {
      return nanos == 0 ? 0 : (double) compilingNanos / nanos;
    }

    /** The garbage collector's part, from 0 to 1. */
    public double collecting() {
      return nanos == 0 ? 0 : (double) collectingNanos / nanos;
    }
  }

  private static void read(Path task, Map<String, ThreadTime> threads) throws IOException {
    try {
      String times = Files.readString(task.resolve("schedstat"));
      String name = Files.readString(task.resolve("comm"));
      long nanos = Long.parseLong(times.substring(0, times.indexOf(' ')));
      threads.put(task.getFileName().toString(), new ThreadTime(name, nanos));
    } catch (NoSuchFileException e) {
      // The thread ended since the directory was listed; its time is left out as since() says.
      threads.remove(task.getFileName().toString());
    }
  }

  private static long ticks(Path process) throws IOException {
    String stat = Files.readString(process.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[USER_TIME_FIELD]) + Long.parseLong(fields[USER_TIME_FIELD + 1]);
  }

  private static boolean startsWithAny(String name, List<String> prefixes) {
    return prefixes.stream().anyMatch(name::startsWith);
  }
}
