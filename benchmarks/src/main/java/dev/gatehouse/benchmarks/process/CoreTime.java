package dev.gatehouse.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * How busy a core has been so far, whoever used it. Next to the server's own CPU time it tells how much others disturbed.
 *
 * @param busyNanos in steps of a hundredth of a second
 * @param atNanos when, on {@link System#nanoTime()}'s clock
 */
public record CoreTime(long busyNanos, long atNanos) {
  private static final long NANOS_PER_TICK = 10_000_000;
  /** User, nice, system; idle and waiting are left out; interrupts, soft interrupts, stolen. */
  private static final List<Integer> BUSY_FIELDS = List.of(1, 2, 3, 6, 7, 8);

  /** Reads {@code /proc/stat}. */
  public static CoreTime of(int core) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/stat"))) {
      if (line.startsWith("cpu" + core + " ")) {
        List<String> fields = Arrays.asList(line.split("\\s+", -1));
        long ticks = BUSY_FIELDS.stream()
            .mapToLong(field -> Long.parseLong(fields.get(field)))
            .sum();
        return new CoreTime(ticks * NANOS_PER_TICK, System.nanoTime());
      }
    }
    throw new IOException("/proc/stat: no cpu" + core + " (expected: one line for each core)");
  }

  /** The part of the core's time, from 0 to 1, that others than the server took. */
  public double takenByOthersSince(CoreTime earlier, long serverNanos) {
    double taken =
        (double) (busyNanos - earlier.busyNanos - serverNanos) / (atNanos - earlier.atNanos);
    return Math.max(0, taken);
  }
}
