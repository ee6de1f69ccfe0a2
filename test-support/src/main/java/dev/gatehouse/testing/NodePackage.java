package dev.gatehouse.testing;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Programs for Node.js with the packages that they need, installed below {@code target}. */
public final class NodePackage {
  private static final Logger LOG = LoggerFactory.getLogger(NodePackage.class);
  private static final long INSTALL_SECONDS = 180;
  /** What npm writes last. */
  private static final Path INSTALLED = Path.of("node_modules", ".package-lock.json");

  private final Path directory;

  private NodePackage(Path directory) {
    this.directory = directory;
  }

  /**
   * Installs a package where that was not done before. Where it cannot be, because there is no Node.js or no registry, the test that
   * asks is skipped, loudly.
   *
   * @param source a directory with {@code package.json}, {@code package-lock.json} and programs
   */
  public static NodePackage install(Path source) throws IOException, InterruptedException {
    Path directory = Path.of("target", "node", source.getFileName().toString());
    Files.createDirectories(directory);
    // Test classes may run in several JVMs at a time.
    try (FileChannel channel = FileChannel.open(
            directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assert lock.isValid();
      copy(source, directory);
      NodePackage installed = new NodePackage(directory);
      boolean ready = Files.exists(directory.resolve(INSTALLED)) || installed.install();
      if (!ready) {
        LOG.warn("SKIPPED: {} needs node, npm and a package registry.", source);
      }
      Assumptions.assumeTrue(ready, "node or the packages of " + source + " cannot be had");
      return installed;
    }
  }

  /**
   * Runs a program, for at most some seconds.
   *
   * @param environment in addition to this process's own
   */
  public Result run(Map<String, String> environment, long seconds, String... command)
      throws IOException, InterruptedException {
    File output =
        Files.createTempFile(directory.toAbsolutePath(), "output", ".txt").toFile();
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output);
    builder.environment().putAll(environment);
    Process process = builder.start();
    List<String> lines = new ArrayList<>();
    int status = 0;
    if (process.waitFor(seconds, TimeUnit.SECONDS)) {
      status = process.exitValue();
    } else {
      process.destroyForcibly().waitFor();
      status = -1;
    }
    lines.addAll(Files.readAllLines(output.toPath()));
    if (status == -1) {
      lines.add("ended after " + seconds + " s (expected: less)");
    }
    return new Result(status, List.copyOf(lines));
  }

  /**
   * What a program printed.
   *
   * @param status its exit code; -1 where it took too long
   */
  public record Result(int status, List<String> lines) {
    public String text() {
      return String.join("\n", lines);
    }
  }

  private boolean install() throws InterruptedException {
    try {
      Result result = run(Map.of(), INSTALL_SECONDS, "npm", "ci", "--no-audit", "--no-fund");
      if (result.status() != 0) {
        LOG.warn("npm: {}", result.text());
      }
      return result.status() == 0;
    } catch (IOException e) {
      LOG.debug("npm cannot be run", e);
      return false;
    }
  }

  private static void copy(Path source, Path directory) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(source, Files::isRegularFile)) {
      for (Path file : files) {
        Files.copy(
            file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
