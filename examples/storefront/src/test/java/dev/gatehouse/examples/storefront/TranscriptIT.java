package dev.gatehouse.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.storefront.services.DemoService;
import dev.gatehouse.examples.storefront.services.DemoServices;
import dev.gatehouse.examples.storefront.services.Ports;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;

/** Runs every command of {@code transcript.md} against the storefront as its own process, and compares what it prints. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TranscriptIT {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final int SECONDS = 90;

  private static Vertx vertx;
  private static DemoServices services;
  private static Process storefront;
  private static final Map<String, String> ports = new LinkedHashMap<>();
  private static Path output;

  @BeforeAll
  static void startStorefront() throws Exception {
    vertx = Vertx.vertx();
    services = DemoServices.start(vertx, Ports.ANY_FREE).await();
    ports.put(":7100", ":" + services.ports().control());
    int port = 7101;
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        Storefront.class.getName(),
        "--config",
        MODULE.resolve("gatehouse.yaml").toString()));
    for (DemoService service : DemoService.values()) {
      int actual = services.uri(service).getPort();
      ports.put(":" + port++, ":" + actual);
      command.add("--set");
      command.add("services." + service.label() + ".endpoints=http://127.0.0.1:" + actual);
    }
    listener(command, ":8080", "bffs.storefront-web.listener.port");
    listener(command, ":8081", "bffs.storefront-mobile.listener.port");
    listener(command, ":9090", "management.port");
    output = Files.createTempFile("storefront", ".log");
    storefront = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    awaitReady();
  }

  private static void listener(List<String> command, String documented, String key)
      throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      ports.put(documented, ":" + socket.getLocalPort());
      command.add("--set");
      command.add(key + "=" + socket.getLocalPort());
    }
  }

  private static void awaitReady() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest ready = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1" + ports.get(":9090") + "/health/ready"))
        .build();
    while (System.nanoTime() < end && storefront.isAlive()) {
      try {
        if (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200
            && isWarm(client)) {
          return;
        }
      } catch (IOException e) {
        // Not listening yet.
      }
      storefront.waitFor(50, TimeUnit.MILLISECONDS);
    }
    throw new IllegalStateException("the storefront did not start:\n" + Files.readString(output));
  }

  /** The page's time limits are those of production: a JVM that has just started on a busy machine may miss them. */
  private static boolean isWarm(HttpClient client) throws IOException, InterruptedException {
    URI page = URI.create("http://127.0.0.1" + ports.get(":8080") + "/api/product-pages/p-2");
    HttpResponse<Void> answer =
        client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding());
    return answer.statusCode() == 200
        && answer.headers().firstValue("gatehouse-degraded").isEmpty();
  }

  @AfterAll
  static void stop() {
    if (storefront != null) {
      storefront.destroyForcibly();
    }
    services.close().await();
    vertx.close().await();
  }

  @TestFactory
  @Order(1)
  Stream<DynamicTest> transcript() throws IOException {
    Assumptions.assumeTrue(
        new File("/usr/bin/curl").exists() || new File("/bin/curl").exists(),
        "SKIPPED: no curl on this machine");
    return steps().stream()
        .map(step -> DynamicTest.dynamicTest(step.command(), () -> {
          String printed = shell(step.command());
          assertThat(matches(step.expected(), printed))
              .as("printed:%n%s%nexpected:%n%s", printed, step.expected())
              .isTrue();
        }));
  }

  /** Requests under way finish, new ones are refused, and the exit code is 0. */
  @Test
  @Order(2)
  void drainsWhenAskedToStop() throws Exception {
    shell("curl -s -X PUT http://127.0.0.1:7101/__faults -d '{\"latencyMillis\":200}'");
    HttpClient client = HttpClient.newHttpClient();
    URI page =
        URI.create("http://127.0.0.1" + ports.get(":8080") + "/api/product-pages/p-1?fields=name");
    CompletableFuture<HttpResponse<String>> underWay = client.sendAsync(
        HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
    String calls = "";
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!calls.contains("ids=p-1") && System.nanoTime() < end) {
      calls = shell("curl -s http://127.0.0.1:7101/__calls");
    }
    storefront.destroy();
    assertThat(underWay.get(SECONDS, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(storefront.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(storefront.exitValue()).as(Files.readString(output)).isZero();
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

  private static String shell(String command) throws IOException, InterruptedException {
    String actual = command;
    for (Map.Entry<String, String> port : ports.entrySet()) {
      actual = actual.replace("127.0.0.1" + port.getKey(), "127.0.0.1" + port.getValue());
    }
    Process process =
        new ProcessBuilder("bash", "-c", actual).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return printed;
  }
}
