package dev.gatehouse.benchmarks.mesh;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Measures the mesh client on one event loop, against a server in the same process that has threads of its own: the processor time
 * of the client's thread alone, by turns, in one run.
 */
public final class MeshBenchmark {
  static final int ROUNDS = 7;
  /** One call in a hundred is soon late for reasons of the machine's own. */
  private static final int UPDATE_ROUNDS = 21;

  private static final List<String> ALL = List.of("call", "choice", "updates");

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setPreferNativeTransport(true));
  private final Vertx servers =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
  private final Context loop = vertx.getOrCreateContext();
  private final PrintStream out;

  private MeshBenchmark(PrintStream out) {
    this.out = out;
  }

  /**
   * Prints tables in Markdown.
   *
   * @param args which: {@code call}, {@code choice}, {@code updates}; all where none is given
   */
  public static void main(String[] args) throws Exception {
    MeshBenchmark benchmark = new MeshBenchmark(System.out);
    try {
      benchmark.run(args.length == 0 ? ALL : List.of(args));
    } finally {
      benchmark.vertx.close();
      benchmark.servers.close();
    }
  }

  private void run(List<String> wanted) throws Exception {
    byte[] body =
        "{\"id\":\"p1\",\"name\":\"Kettle\",\"price\":{\"amount\":19.90,\"currency\":\"EUR\"}}"
            .getBytes();
    HttpServer server = await(servers
        .createHttpServer()
        .requestHandler(request -> request
            .response()
            .putHeader("content-type", "application/json")
            .end(io.vertx.core.buffer.Buffer.buffer(body)))
        .listen(0, "0.0.0.0"));
    if (wanted.contains("call")) {
      call(server.actualPort());
    }
    if (wanted.contains("choice")) {
      choice();
    }
    if (wanted.contains("updates")) {
      updates(server.actualPort());
    }
  }

  private void call(int port) throws Exception {
    CallCost calls = new CallCost(vertx, port);
    await(on(calls::open));
    out.println(
        "### One call: processor time of the client's thread\n\n| | microseconds | of the bare client |\n|---|---|---|");
    double[][] cost = new double[2][ROUNDS];
    for (int round = -3; round < ROUNDS; round++) {
      for (int which = 0; which < 2; which++) {
        boolean mesh = which == 1;
        double micros = await(on(() -> calls.round(mesh)));
        if (round >= 0) {
          cost[which][round] = micros;
        }
      }
    }
    double bare = median(cost[0]);
    double mesh = median(cost[1]);
    out.printf("| Vert.x HttpClient | %.1f | 1.00 |%n", bare);
    out.printf("| mesh client, default policies | %.1f | %.2f |%n%n", mesh, mesh / bare);
    await(on(calls::close));
  }

  private void choice() throws Exception {
    out.println(
        "### One choice\n\n| algorithm | nanoseconds, 10 instances | 10,000 instances | ratio |\n|---|---|---|---|");
    for (ChoiceCost choice : ChoiceCost.all(vertx)) {
      await(on(choice::open));
      double[] few = new double[ROUNDS];
      double[] many = new double[ROUNDS];
      for (int round = -3; round < ROUNDS; round++) {
        double ofFew = on(() -> choice.round(false));
        double ofMany = on(() -> choice.round(true));
        if (round >= 0) {
          few[round] = ofFew;
          many[round] = ofMany;
        }
      }
      out.printf(
          "| %s | %.0f | %.0f | %.2f |%n",
          choice.algorithm(), median(few), median(many), median(many) / median(few));
      await(on(choice::close));
    }
  }

  private void updates(int port) throws Exception {
    UpdateCost updates = new UpdateCost(vertx, port);
    await(on(updates::open));
    double[] quiet = new double[UPDATE_ROUNDS];
    double[] busy = new double[UPDATE_ROUNDS];
    for (int round = -2; round < UPDATE_ROUNDS; round++) {
      double ofQuiet = await(on(() -> updates.round(0)));
      double ofBusy = await(on(() -> updates.round(100)));
      if (round >= 0) {
        quiet[round] = ofQuiet;
        busy[round] = ofBusy;
      }
    }
    out.printf(
        "%n### 10,000 instances: 99th percentile of calls at a fixed rate%n%n| | microseconds | of the quiet ones |%n|---|---|---|%n");
    out.printf("| no updates | %.0f | 1.00 |%n", median(quiet));
    out.printf(
        "| 100 updates a second (%d seen) | %.0f | %.2f |%n",
        updates.seen(), median(busy), median(busy) / median(quiet));
    await(on(updates::close));
  }

  private <T> T on(Callable<T> action) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.runOnContext(now -> {
      try {
        result.complete(action.call());
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    });
    return result.get();
  }

  private static <T> T await(Future<T> future) throws ExecutionException, InterruptedException {
    return future.toCompletionStage().toCompletableFuture().get();
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
