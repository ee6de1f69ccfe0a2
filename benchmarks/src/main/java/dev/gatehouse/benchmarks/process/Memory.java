package dev.gatehouse.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process holds of the machine's memory. */
public final class Memory {
  private static final long BYTES_PER_KB = 1024;

  private Memory() {}

  /**
   * Bytes resident, with shared pages divided among those who share them where the kernel tells.
   *
   * @throws IOException if there is no such process, or no {@code /proc}
   */
  public static long residentBytes(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    Path rollup = process.resolve("smaps_rollup");
    if (Files.isReadable(rollup)) {
      return kilobytes(Files.readAllLines(rollup), "Pss:") * BYTES_PER_KB;
    }
    return kilobytes(Files.readAllLines(process.resolve("status")), "VmRSS:") * BYTES_PER_KB;
  }

  static long kilobytes(List<String> lines, String name) {
    for (String line : lines) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.substring(name.length()).replace("kB", "").strip());
      }
    }
    throw new IllegalArgumentException(
        name + " not among " + lines.size() + " lines (expected: one with it)");
  }
}
