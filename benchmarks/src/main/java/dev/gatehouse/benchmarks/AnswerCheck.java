package dev.gatehouse.benchmarks;

import dev.gatehouse.benchmarks.workload.Ask;
import dev.gatehouse.benchmarks.workload.Job;
import dev.gatehouse.benchmarks.workload.Protocol;
import dev.gatehouse.benchmarks.workload.Shop;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
  private final Protocol protocol;
  private final int port;
  private final Duration degradedWithin;
  private final List<String> findings = new ArrayList<>();

  /**
   * @param degradedWithin how long a page may take whose recommendations do not come
   */
  AnswerCheck(Job job, Protocol protocol, int port, Duration degradedWithin) {
    this.job = job;
    this.protocol = protocol;
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
      expect(id, 200, job.answer(shop, id));
    }
    if (job == Job.LIST) {
      return List.copyOf(findings);
    }
    // GraphQL says null, where REST has a status for it.
    expect(Shop.UNKNOWN, protocol == Protocol.REST ? 404 : 200, null);
    if (job == Job.PAGE) {
      expect(Shop.FAILING, 200, job.answer(shop, Shop.FAILING));
      long start = System.nanoTime();
      expect(Shop.SLOW, 200, job.answer(shop, Shop.SLOW));
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      if (taken.compareTo(degradedWithin) > 0) {
        findings.add("%s: took %d ms (expected: at most %d)"
            .formatted(
                job.ask(protocol, Shop.SLOW).label(), taken.toMillis(), degradedWithin.toMillis()));
      }
    }
    return List.copyOf(findings);
  }

  static HttpRequest request(int port, Ask ask) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + ask.target()))
        .timeout(Duration.ofSeconds(10))
        .header("accept", "application/json");
    return ask.body() == null
        ? builder.build()
        : builder
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(ask.body()))
            .build();
  }

  /**
   * @param value null where nothing but the status is looked at, or the field must be null
   */
  private void expect(int id, int status, @Nullable Object value)
      throws IOException, InterruptedException {
    Ask ask = job.ask(protocol, id);
    HttpResponse<String> response =
        client.send(request(port, ask), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != status) {
      findings.add("%s: %d (expected: %d)".formatted(ask.label(), response.statusCode(), status));
    } else if (status == 200) {
      expectJson(ask.label(), response, value);
    }
  }

  private void expectJson(String label, HttpResponse<String> response, @Nullable Object value) {
    String type = response.headers().firstValue("content-type").orElse("none");
    if (!type.startsWith("application/json")) {
      findings.add("%s: content-type %s (expected: application/json)".formatted(label, type));
    }
    try {
      if (!Objects.equals(answered(response.body()), value)) {
        findings.add("%s: %s (expected: %s)".formatted(label, response.body(), value));
      }
    } catch (DecodeException | ClassCastException e) {
      findings.add("%s: %s (expected: JSON)".formatted(label, response.body()));
    }
  }

  private @Nullable Object answered(String body) {
    Object json = Json.decodeValue(body);
    if (protocol == Protocol.REST) {
      return json;
    }
    JsonObject data = ((JsonObject) json).getJsonObject("data");
    return data == null ? json : data.getValue(job.field());
  }
}
