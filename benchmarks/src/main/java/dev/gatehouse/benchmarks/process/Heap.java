package dev.gatehouse.benchmarks.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The young generation of a JVM with the serial collector, read from outside: the number of collections with {@code
 * jstat}, the eden with {@code jcmd}, because {@code jstat} on JDK 25 only knows the eden as the last collection left it.
 *
 * @param edenUsed bytes in use
 * @param edenCapacity bytes there are
 * @param youngCollections how often the eden was emptied so far
 */
public record Heap(long edenUsed, long edenCapacity, long youngCollections) {
  /** The addresses of the eden: where it begins, how far it is filled, where it ends. */
  private static final Pattern EDEN = Pattern.compile(
      "eden\\s+space.*\\[0x(\\p{XDigit}+),\\s*0x(\\p{XDigit}+),\\s*0x(\\p{XDigit}+)\\)");

  /** Reads a JVM's heap; null where the tools are missing, do not know the process, or it has another collector. */
  public static @Nullable Heap of(long pid, Path jdk, Cores cores) {
    String id = Long.toString(pid);
    try {
      String collections = output(cores, jdk.resolve("bin/jstat").toString(), "-gc", id);
      String heap = output(cores, jdk.resolve("bin/jcmd").toString(), id, "GC.heap_info");
      return parse(collections, heap);
    } catch (IOException e) {
      return null;
    }
  }

  /** Reads what {@code jstat -gc} and {@code jcmd GC.heap_info} print; null where either is not as expected. */
  static @Nullable Heap parse(String jstat, String heapInfo) {
    List<String> lines = jstat.lines().toList();
    Matcher eden = EDEN.matcher(heapInfo);
    if (lines.size() < 2 || !eden.find()) {
      return null;
    }
    int column = Arrays.asList(lines.get(0).strip().split("\\s+", -1)).indexOf("YGC");
    long collections = Long.parseLong(lines.get(1).strip().split("\\s+", -1)[column]);
    long start = Long.parseUnsignedLong(eden.group(1), 16);
    long top = Long.parseUnsignedLong(eden.group(2), 16);
    long end = Long.parseUnsignedLong(eden.group(3), 16);
    return new Heap(top - start, end - start, collections);
  }

  /** Bytes allocated since: each collection empties one full eden. */
  public long allocatedSince(Heap earlier) {
    return (youngCollections - earlier.youngCollections) * edenCapacity
        + edenUsed
        - earlier.edenUsed;
  }

  private static String output(Cores cores, String... command) throws IOException {
    Process process = new ProcessBuilder(cores.onLoadCore(List.of(command)))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }
}
