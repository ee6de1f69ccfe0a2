package dev.gatehouse.benchmarks;

import dev.gatehouse.benchmarks.workload.Job;
import dev.gatehouse.benchmarks.workload.Shop;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a contestant does its job: its answers for some products against the shop's data, compared as JSON, so that
 * order and spacing are its own affair. Speed without this means nothing.
 */
final class AnswerCheck {
  private static final List<Integer> SAMPLE = List.of(1, 2, 3, 77, 318, 500, 899, 900);

  private final HttpClient client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(Duration.ofSeconds(5))
      .build();
  private final Shop shop = new Shop();
  private final Job job;
  private final int port;
  private final Duration degradedWithin;
  private final List<String> findings = new ArrayList<>();

  /**
   * @param degradedWithin how long a page may take whose recommendations do not come
   */
  AnswerCheck(Job job, int port, Duration degradedWithin) {
    this.job = job;
    this.port = port;
    this.degradedWithin = degradedWithin;
  }

  /**
   * Asks for everything there is to check.
   *
   * @return what was wrong; nothing where all was right
   */
  List<String> findings() throws IOException, InterruptedException {
    for (int id : SAMPLE) {
      expect(id, 200, job == Job.PROXY ? shop.product(id) : shop.page(id, true));
    }
    expect(Shop.UNKNOWN, 404, null);
    if (job == Job.PAGE) {
      expect(Shop.FAILING, 200, shop.page(Shop.FAILING, false));
      long start = System.nanoTime();
      expect(Shop.SLOW, 200, shop.page(Shop.SLOW, false));
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      if (taken.compareTo(degradedWithin) > 0) {
        findings.add("%s: took %d ms (expected: at most %d)"
            .formatted(job.path(Shop.SLOW), taken.toMillis(), degradedWithin.toMillis()));
      }
    }
    return List.copyOf(findings);
  }

  private void expect(int id, int status, @Nullable JsonObject body)
      throws IOException, InterruptedException {
    String path = job.path(id);
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(10))
        .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != status) {
      findings.add("%s: %d (expected: %d)".formatted(path, response.statusCode(), status));
    } else if (body != null) {
      expectJson(path, response, body);
    }
  }

  private void expectJson(String path, HttpResponse<String> response, JsonObject body) {
    String type = response.headers().firstValue("content-type").orElse("none");
    if (!type.startsWith("application/json")) {
      findings.add("%s: content-type %s (expected: application/json)".formatted(path, type));
    }
    try {
      if (!new JsonObject(response.body()).equals(body)) {
        findings.add("%s: %s (expected: %s)".formatted(path, response.body(), body.encode()));
      }
    } catch (DecodeException e) {
      findings.add("%s: %s (expected: JSON)".formatted(path, response.body()));
    }
  }
}
