package dev.gatehouse.runtime.engine;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.runtime.engine.reference.Found;
import dev.gatehouse.runtime.engine.reference.GraphText;
import dev.gatehouse.runtime.engine.reference.RandomComposite;
import dev.gatehouse.runtime.engine.reference.RandomRequest;
import dev.gatehouse.runtime.engine.reference.RandomServices;
import dev.gatehouse.runtime.engine.reference.ReferenceInterpreter;
import dev.gatehouse.runtime.engine.reference.Trees;
import dev.gatehouse.runtime.engine.reference.World;
import dev.gatehouse.runtime.engine.reference.Writing;
import dev.gatehouse.runtime.plan.Plan;
import dev.gatehouse.runtime.plan.Planner;
import dev.gatehouse.runtime.upstream.FailureClass;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A random composite, a random request for it and services that answer by chance: all a function of a seed. */
final class Experiment {
  private static final Caller SOMEONE = Caller.ANONYMOUS;
  private static final Duration LONG = Duration.ofMinutes(5);

  private final long seed;
  private final Composite<?, ?> composite;
  private final RandomRequest request;
  private final ReferenceInterpreter reference;
  private final World world;
  private final Random random;
  final Plan plan;
  final RandomServices services;
  final List<Answer> answers = new ArrayList<>();
  private @Nullable Run run;
  private @Nullable TimedVertx timers;
  private long deadlineNanos;

  private Experiment(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.composite = RandomComposite.of(random);
    this.request = RandomRequest.of(composite.graph(), random);
    this.world = new World(random.nextLong(), List.of(0, 20, 100, 300).get(random.nextInt(4)));
    this.reference = new ReferenceInterpreter(composite.graph(), request.requested(SOMEONE), world);
    this.services = new RandomServices(world, random);
    try {
      this.plan = Planner.plan(composite.graph(), request.selection());
    } catch (RuntimeException e) {
      throw new AssertionError("not planned: " + this, e);
    }
  }

  static Experiment of(long seed) {
    return new Experiment(seed);
  }

  /** What the reference says. */
  Found expected() {
    return reference.run(request.selection());
  }

  /** What failed on the way, as the reference says; after {@link #expected()}. */
  List<Writing.Failure> failures() {
    return reference.failures();
  }

  /** What the reference called, after {@link #expected()}. */
  World world() {
    return world;
  }

  Run run() {
    return Objects.requireNonNull(run);
  }

  TimedVertx timers() {
    return Objects.requireNonNull(timers);
  }

  Random random() {
    return random;
  }

  /** Runs it to its end. */
  Experiment end(Vertx vertx) {
    return upTo(0, LONG, () -> {}, vertx);
  }

  /** Gives it up after so many steps. */
  Experiment cancelledAfter(int steps, Runnable then, Vertx vertx) {
    return upTo(
        steps,
        LONG,
        () -> {
          run().cancel(FailureClass.CANCELLED);
          then.run();
        },
        vertx);
  }

  /** Lets its time be over after so many steps, or before. */
  Experiment lateAfter(int steps, Duration deadline, Runnable then, Vertx vertx) {
    return upTo(
        steps,
        deadline,
        () -> {
          while (deadlineNanos - System.nanoTime() > 0) {
            Thread.onSpinWait();
          }
          then.run();
        },
        vertx);
  }

  /** Runs it for so many steps, in each of which a call may be answered, then does something, then runs it to its end. */
  private Experiment upTo(int steps, Duration deadline, Runnable then, Vertx vertx) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    TimedVertx timed = new TimedVertx(vertx);
    timers = timed;
    Context context = vertx.getOrCreateContext();
    context.runOnContext(start -> {
      try {
        run = (Run) new Compositions(timed, services, 10, CallObserver.NONE)
            .run(plan, inputs(deadline), answers::add);
        step(context, steps, then, end);
      } catch (RuntimeException | Error e) {
        end.completeExceptionally(e);
      }
    });
    try {
      end.get(2, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new AssertionError("did not end: " + this, e);
    }
    return this;
  }

  private void step(Context context, int left, Runnable then, CompletableFuture<Void> end) {
    try {
      if (left == 0) {
        then.run();
      }
      boolean isOver = left <= 0 && !answers.isEmpty();
      boolean answered = services.answerOne();
      if (isOver && !answered) {
        end.complete(null);
      } else {
        context.runOnContext(again -> step(context, left - 1, then, end));
      }
    } catch (RuntimeException | Error e) {
      end.completeExceptionally(e);
    }
  }

  private Inputs inputs(Duration deadline) {
    deadlineNanos = System.nanoTime() + deadline.toNanos();
    ReferenceInterpreter.Requested requested = request.requested(SOMEONE);
    List<byte @Nullable []> arguments = new ArrayList<>();
    requested
        .arguments()
        .forEach(each -> arguments.add(each == null ? null : utf8(Trees.text(each))));
    return new Inputs(
        requested.input() == null ? null : utf8(Trees.text(requested.input())),
        arguments,
        SOMEONE,
        deadlineNanos,
        List.of());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "seed " + seed + "L\n" + GraphText.of(composite.graph()) + "\nselected "
        + request.selection() + "\ngiven " + request.requested(SOMEONE) + "\nasked for "
        + services.asked() + "\nneeded " + world.demanded();
  }
}
