package dev.gatehouse.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The command that people type, up to where the BFFs would start: one switch picks the shape. */
class RunScriptIT {

  /** What a command printed, and the status with which it ended. */
  private record Ended(int status, String output) {}

  @BeforeAll
  static void isBuilt() throws Exception {
    // By the build that runs this test; the script would begin another.
    Path stamp = Path.of("target", "built");
    Files.deleteIfExists(stamp);
    Files.createFile(stamp);
  }

  private static Ended run(String... options) throws Exception {
    List<String> command =
        Stream.concat(Stream.of("bash", "run"), Stream.of(options)).toList();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  private static boolean hasHaproxy() {
    return Stream.of((System.getenv("PATH") + ":/usr/sbin").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "haproxy")));
  }

  @Test
  void withoutTheSwitchServicesAreCalledDirectly() throws Exception {
    Ended config = run("--print-config");

    assertThat(config.status()).as(config.output()).isZero();
    assertThat(config.output()).containsPattern("\\nmesh\\.shape: direct");
  }

  @Test
  void theSwitchPutsTheProxyInBetween() throws Exception {
    assumeTrue(
        hasHaproxy(),
        "no HAProxy on this machine: the sidecar's shape of the run command was not tested");
    for (String[] option : new String[][] {{"--shape", "sidecar"}, {"--shape=sidecar"}}) {
      Ended config =
          run(Stream.concat(Stream.of(option), Stream.of("--print-config")).toArray(String[]::new));

      assertThat(config.status()).as(config.output()).isZero();
      assertThat(config.output())
          .containsPattern("\\nmesh\\.shape: sidecar")
          .containsPattern("mesh\\.sidecar\\.proxy: http://127\\.0\\.0\\.1:15001");
    }
    Ended check = run("--shape", "sidecar", "--check");
    assertThat(check.status()).as(check.output()).isZero();
  }

  @Test
  void anotherShapeIsRefusedWithThoseThatThereAre() throws Exception {
    Ended refused = run("--shape", "proxyless");

    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.output())
        .contains("--shape proxyless: unknown (expected: direct or sidecar)");
  }
}
