package dev.gatehouse.runtime.engine;

import dev.gatehouse.runtime.plan.Plan;
import dev.gatehouse.runtime.upstream.FailureClass;
import io.vertx.core.Handler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs for one request that begin together: what they ask of an operation at the same moment is one batch, and equal safe calls are
 * made once, as if their plans were one. Each has an answer of its own. Confined to one event loop.
 */
public final class RunGroup {
  private final Compositions home;
  private final Outbox outbox = new Outbox();
  private final List<Run> runs = new ArrayList<>(4);

  RunGroup(Compositions home) {
    this.home = home;
  }

  /**
   * Adds a run; else as {@link Compositions#run(Plan, Inputs, Handler, Handler)}.
   *
   * @param inputs of the same request
   */
  public void add(
      Plan plan, Inputs inputs, @Nullable Handler<List<Piece>> pieces, Handler<Answer> done) {
    Run run = home.prepare(plan, outbox, inputs, pieces, done);
    runs.add(run);
    if (runs.size() > 1) {
      outbox.share();
    }
  }

  /** Gives all of them up, as {@link Execution#cancel}: each knows of it before any call ends, so that none makes another in its place. */
  public void cancel(FailureClass reason) {
    List<Run> open = runs.stream().filter(run -> run.mark(reason)).toList();
    open.forEach(run -> run.endCalls(reason));
  }

  /** Begins all of them. Called once. */
  public void start() {
    outbox.hold(() -> runs.forEach(Run::start));
  }
}
