package dev.gatehouse.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Runs every command of {@code transcript.md} against the storefront as its own process, and compares what it prints. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Transcript {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final int SECONDS = 90;

  private @Nullable RunningStorefront storefront;

  /** Starts it, in some shape. */
  abstract RunningStorefront start() throws Exception;

  @BeforeAll
  void startStorefront() throws Exception {
    storefront = start();
  }

  @AfterAll
  void stop() {
    if (storefront != null) {
      storefront.close();
    }
  }

  final RunningStorefront storefront() {
    return Objects.requireNonNull(storefront, "not started");
  }

  @TestFactory
  @Order(1)
  Stream<DynamicTest> transcript() throws IOException {
    Assumptions.assumeTrue(
        new File("/usr/bin/curl").exists() || new File("/bin/curl").exists(),
        "SKIPPED: no curl on this machine");
    return steps().stream()
        .map(step -> DynamicTest.dynamicTest(step.command(), () -> {
          String printed = storefront().shell(step.command());
          assertThat(matches(step.expected(), printed))
              .as("printed:%n%s%nexpected:%n%s", printed, step.expected())
              .isTrue();
        }));
  }

  /** Requests under way finish, new ones are refused, and the exit code is 0. */
  @Test
  @Order(3)
  void drainsWhenAskedToStop() throws Exception {
    storefront()
        .shell("curl -s -X PUT http://127.0.0.1:7101/__faults -d '{\"latencyMillis\":200}'");
    HttpClient client = HttpClient.newHttpClient();
    URI page = storefront().uri("http://127.0.0.1:8080/api/product-pages/p-1?fields=name");
    CompletableFuture<HttpResponse<String>> underWay = client.sendAsync(
        HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
    String calls = "";
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!calls.contains("ids=p-1") && System.nanoTime() < end) {
      calls = storefront().shell("curl -s http://127.0.0.1:7101/__calls");
    }
    storefront().process().destroy();
    assertThat(underWay.get(SECONDS, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(storefront().process().waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(storefront().process().exitValue()).as(storefront().output()).isZero();
  }

  private record Step(String command, String expected) {}

  private static List<Step> steps() throws IOException {
    List<Step> steps = new ArrayList<>();
    StringBuilder expected = new StringBuilder();
    String command = null;
    boolean inside = false;
    for (String line :
        Files.readAllLines(MODULE.resolve("transcript.md"), StandardCharsets.UTF_8)) {
      boolean starts = line.equals("```console");
      if ((starts || line.equals("```") || inside && line.startsWith("$ ")) && command != null) {
        steps.add(new Step(command, expected.toString()));
        command = null;
        expected.setLength(0);
      }
      if (starts) {
        inside = true;
      } else if (line.equals("```")) {
        inside = false;
      } else if (inside && line.startsWith("$ ")) {
        command = line.substring(2);
      } else if (inside && command != null) {
        expected.append(line).append('\n');
      }
    }
    return steps;
  }

  /** Three dots stand for anything. */
  private static boolean matches(String expected, String printed) {
    StringBuilder pattern = new StringBuilder();
    for (String part : expected.strip().split("…", -1)) {
      if (pattern.length() > 0) {
        pattern.append("[\\s\\S]*");
      }
      pattern.append(java.util.regex.Pattern.quote(part));
    }
    return printed.strip().replace("\r", "").matches(pattern.toString());
  }
}
