package dev.gatehouse.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.testing.OpenedDoor;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Apollo's compatibility tests of federation subgraphs: a door is composed with two other subgraphs and asked through a real gateway. They
 * need Node.js, npm the first time, and the ports 4000, 4002 and 4003.
 */
class SubgraphCompatibilityTest {
  private static final Logger LOG = LoggerFactory.getLogger(SubgraphCompatibilityTest.class);
  private static final Path SOURCE = Path.of("src/test/node/federation");
  private static final Path WORK = Path.of("target/federation");
  private static final Path INSTALLED =
      WORK.resolve("node_modules/@apollo/federation-subgraph-compatibility-tests");

  /** Directives of one's own, and traces of Apollo's, are not for this door. */
  private static final String NOT_FOR_US = "(composeDirective|ftv1)\\.test";

  @Test
  void theGraphIsComposedAndEveryTestOfAGatewayPasses() throws Exception {
    boolean canRun = arePortsFree() && isInstalled();
    if (!canRun) {
      LOG.warn(
          "SKIPPED: the compatibility tests of federation. They need node, npm, a package registry and the ports 4000, 4002, 4003.");
    }
    assumeTrue(canRun, "node, its packages or the ports cannot be had");
    try (OpenedDoor door = OpenedDoor.open(ProductsSubgraph.door())) {
      List<String> lines = run(
          180,
          "node",
          "compatibility.mjs",
          "http://127.0.0.1:" + door.client().port() + "/graphql",
          NOT_FOR_US);

      assertThat(lines).as(String.join("\n", lines)).noneMatch(line -> line.contains("✕"));
      assertThat(lines.stream().filter(line -> line.contains("✓"))).hasSize(21);
    }
  }

  private static boolean arePortsFree() {
    return Stream.of(4000, 4002, 4003).allMatch(port -> {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.isBound();
      } catch (IOException e) {
        LOG.debug("port {} is taken", port, e);
        return false;
      }
    });
  }

  private static boolean isInstalled() throws IOException, InterruptedException {
    Files.createDirectories(WORK);
    for (String file : List.of("package.json", "package-lock.json", "compatibility.mjs")) {
      Files.copy(SOURCE.resolve(file), WORK.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (Files.isDirectory(INSTALLED)) {
      return true;
    }
    try {
      run(240, "npm", "ci", "--no-audit", "--no-fund");
    } catch (IOException e) {
      LOG.debug("npm cannot be run", e);
    }
    return Files.isDirectory(INSTALLED);
  }

  private static List<String> run(int seconds, String... command)
      throws IOException, InterruptedException {
    File output = WORK.resolve("output.txt").toFile();
    Process process = new ProcessBuilder(command)
        .directory(WORK.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output)
        .start();
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroyForcibly();
    }
    return Files.readAllLines(output.toPath());
  }
}
