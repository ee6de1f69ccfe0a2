package dev.gatehouse.graphql;

import static dev.gatehouse.dsl.Access.anyone;
import static dev.gatehouse.graphql.GraphqlDoor.graphql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.runtime.config.GraphqlSettings.Introspection;
import dev.gatehouse.testing.OpenedDoor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audits of GraphQL over HTTP by those who write its specification. They need Node.js, and npm the first time. */
class GraphqlHttpAuditTest {
  private static final Logger LOG = LoggerFactory.getLogger(GraphqlHttpAuditTest.class);
  private static final Path SOURCE = Path.of("src/test/node");
  private static final Path WORK = Path.of("target/graphql-http-audit");

  @Test
  void noAuditFails() throws Exception {
    if (!isInstalled()) {
      LOG.warn(
          "SKIPPED: the audits of GraphQL over HTTP. They need node, npm and a package registry.");
    }
    assumeTrue(isInstalled(), "node or the audits' packages cannot be had");
    try (OpenedDoor door = OpenedDoor.open(
        graphql()
            .query("who", Shop.WHO)
            .allow(anyone())
            .mutation("clearCart", Shop.CLEAR_CART)
            .allow(anyone()),
        settings -> settings.toBuilder()
            .graphql(settings.graphql().toBuilder()
                .introspection(Introspection.ALWAYS)
                .build())
            .build())) {
      List<String> lines = run(
          60,
          "node",
          "audit.mjs",
          "http://127.0.0.1:" + door.client().port() + "/graphql",
          "graphql-require-preflight: 1");

      assertThat(lines).hasSizeGreaterThan(50).allMatch(line -> line.startsWith("ok "));
    }
  }

  private static boolean isInstalled() throws IOException, InterruptedException {
    Files.createDirectories(WORK);
    for (String file : List.of("package.json", "package-lock.json", "audit.mjs")) {
      Files.copy(SOURCE.resolve(file), WORK.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (Files.isDirectory(WORK.resolve("node_modules/graphql-http"))) {
      return true;
    }
    try {
      run(120, "npm", "ci", "--no-audit", "--no-fund");
    } catch (IOException e) {
      LOG.debug("npm cannot be run", e);
    }
    return Files.isDirectory(WORK.resolve("node_modules/graphql-http"));
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
      process.destroyForcibly();
    }
    return Files.readAllLines(output.toPath());
  }
}
