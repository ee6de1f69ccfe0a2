package dev.gatehouse.runtime.warmup;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.runtime.engine.CallObserver;
import dev.gatehouse.runtime.engine.Compositions;
import dev.gatehouse.runtime.engine.Inputs;
import dev.gatehouse.runtime.mesh.Mesh;
import dev.gatehouse.runtime.plan.Plan;
import dev.gatehouse.runtime.upstream.ServiceSettings;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Serves and calls itself, one round after the other, until it is warm or its time is over. Confined to one event loop. */
final class Rehearsal extends VerticleBase {
  /** Enough to have loaded everything; compiling goes on for much longer than anybody would wait. */
  private static final int ROUNDS = 100;

  private static final String HOST = "127.0.0.1";
  private static final byte[] INPUT = "\"1\"".getBytes(StandardCharsets.US_ASCII);

  private final long budgetNanos;
  private final Promise<Integer> ended = Promise.promise();
  private long endNanos;

  Rehearsal(Duration atMost) {
    this.budgetNanos = atMost.toNanos();
  }

  /** How many rounds it made; completes once it has started, however that went. */
  Future<Integer> ended() {
    return ended.future();
  }

  @Override
  public Future<?> start() {
    endNanos = System.nanoTime() + budgetNanos;
    return vertx
        .createHttpServer()
        .requestHandler(Rehearsal::serve)
        .listen(0, HOST)
        .compose(server -> Mesh.create(
            vertx,
            "rehearsal",
            new CompositeMeterRegistry(),
            Map.of(
                RehearsalComposite.SERVICE,
                ServiceSettings.at("http://" + HOST + ":" + server.actualPort()))))
        .onSuccess(upstreams -> {
          Compositions compositions = new Compositions(vertx, upstreams, 1, CallObserver.NONE);
          round(compositions, compositions.plan(RehearsalComposite.PAGE, null), 0);
        });
  }

  private void round(Compositions compositions, Plan plan, int done) {
    if (done == ROUNDS || System.nanoTime() - endNanos >= 0) {
      ended.complete(done);
      return;
    }
    Inputs inputs = new Inputs(INPUT, List.of(), Caller.ANONYMOUS, endNanos, List.of());
    compositions.run(plan, inputs, answer -> {
      // A round that its time cut short is no failure.
      if (answer.failure() != null && System.nanoTime() - endNanos < 0) {
        ended.fail(
            new IllegalStateException("round " + done + ": " + answer.failure().label()));
      } else {
        round(compositions, plan, done + 1);
      }
    });
  }

  private static void serve(HttpServerRequest request) {
    Buffer body = Buffer.buffer(RehearsalComposite.answer(request.path()));
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
        .end(body);
  }
}
