package dev.gatehouse.benchmarks;

import dev.gatehouse.benchmarks.workload.Ask;
import dev.gatehouse.benchmarks.workload.Job;
import dev.gatehouse.benchmarks.workload.Protocol;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;

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
  double callsPerAnswer(Job job, Protocol protocol, int port, int countingPort)
      throws IOException, InterruptedException {
    long before = Long.parseLong(send(countingPort, Ask.get("/count")));
    for (int id = 1; id <= REQUESTS; id++) {
      send(port, job.ask(protocol, id));
    }
    return (Long.parseLong(send(countingPort, Ask.get("/count"))) - before) / (double) REQUESTS;
  }

  private String send(int port, Ask ask) throws IOException, InterruptedException {
    return client
        .send(AnswerCheck.request(port, ask), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
