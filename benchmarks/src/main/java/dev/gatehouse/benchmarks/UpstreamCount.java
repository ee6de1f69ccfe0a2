package dev.gatehouse.benchmarks;

import dev.gatehouse.benchmarks.workload.Job;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** How many upstream calls one answer of a contestant takes. */
final class UpstreamCount {
  private static final int REQUESTS = 5;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * Counts, with nobody else asking meanwhile.
   *
   * @param countingPort the port of any upstream service
   */
  double callsPerAnswer(Job job, int port, int countingPort)
      throws IOException, InterruptedException {
    long before = Long.parseLong(get(countingPort, "/count"));
    for (int id = 1; id <= REQUESTS; id++) {
      get(port, job.path(id));
    }
    return (Long.parseLong(get(countingPort, "/count")) - before) / (double) REQUESTS;
  }

  private String get(int port, String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(10))
        .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
