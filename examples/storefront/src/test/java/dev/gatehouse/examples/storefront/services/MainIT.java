package dev.gatehouse.examples.storefront.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MainIT {
  // Over HTTP/2 the JDK's client of Java 17 gives up calls under way as soon as the server
  // announces that it drains.
  private final HttpClient client =
      HttpClient.newBuilder().version(Version.HTTP_1_1).build();

  @Test
  void a_termination_lets_calls_under_way_finish_and_exits_with_0() throws Exception {
    Process process = start("--ports-from", "0");
    try (BufferedReader out = process.inputReader(UTF_8)) {
      URI catalog = URI.create(lineOf("catalog", out).replaceFirst("catalog +", ""));
      lineOf("control", out);
      send("PUT", catalog.resolve("/__faults"), "{\"latencyMillis\":1000}");
      CompletableFuture<HttpResponse<String>> underWay =
          client.sendAsync(HttpRequest.newBuilder(catalog).build(), BodyHandlers.ofString());
      while (new JsonObject(send("GET", catalog.resolve("/__calls"), "")).getInteger("count")
          == 0) {
        Thread.onSpinWait();
      }

      process.destroy();

      assertThat(underWay)
          .succeedsWithin(20, TimeUnit.SECONDS)
          .extracting(HttpResponse::statusCode)
          .isEqualTo(200);
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void an_option_it_does_not_know_ends_it_with_2() throws Exception {
    Process process = start("--prots-from", "7200");

    assertThat(process.errorReader(UTF_8).readLine())
        .isEqualTo("--prots-from 7200: unknown (expected: [--ports-from N])");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  private static String lineOf(String service, BufferedReader out) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(service)) {
        return line;
      }
    }
    throw new IOException("no line about " + service);
  }

  private String send(String method, URI uri, String body) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri)
        .method(method, BodyPublishers.ofString(body))
        .build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        System.getProperty("java.home") + "/bin/java",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }
}
