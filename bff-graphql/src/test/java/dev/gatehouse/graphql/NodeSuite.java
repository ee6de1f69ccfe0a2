package dev.gatehouse.graphql;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder of scripts for Node.js, copied below {@code target} with the packages they need. */
final class NodeSuite {
  private static final Logger LOG = LoggerFactory.getLogger(NodeSuite.class);
  private static final Path SOURCES = Path.of("src/test/node");

  private final Path source;
  private final Path work;

  /**
   * @param folder below {@code src/test/node}
   */
  NodeSuite(String folder) {
    this.source = SOURCES.resolve(folder);
    this.work = Path.of("target/node").resolve(folder);
  }

  /** Whether it can be run: it needs node, and npm and a registry the first time. */
  boolean isInstalled() throws IOException, InterruptedException {
    Files.createDirectories(work);
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, work.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path marker = work.resolve("node_modules/.package-lock.json");
    if (!Files.isRegularFile(marker)) {
      try {
        run(120, Map.of(), "npm", "ci", "--no-audit", "--no-fund");
      } catch (IOException e) {
        LOG.debug("npm cannot be run", e);
      }
    }
    boolean installed = Files.isRegularFile(marker);
    if (!installed) {
      LOG.warn("SKIPPED: {}. It needs node, npm and a package registry.", source);
    }
    return installed;
  }

  /** The lines that a command prints. */
  List<String> run(int seconds, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    File output = Files.createTempFile(work, "output", ".txt").toFile();
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(work.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output);
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return Files.readAllLines(output.toPath());
  }
}
