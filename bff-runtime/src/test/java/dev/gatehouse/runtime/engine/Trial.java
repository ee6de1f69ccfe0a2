package dev.gatehouse.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.runtime.plan.Plan;
import dev.gatehouse.runtime.plan.Planner;
import dev.gatehouse.runtime.plan.Selection;
import dev.gatehouse.runtime.upstream.Upstreams;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs one composite over the services of a test, and keeps what it answered. */
final class Trial {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Composite<?, ?> composite;
  private final Upstreams services;
  private byte @Nullable [] input;
  private List<byte @Nullable []> arguments = List.of();
  private @Nullable Selection selection;
  private Caller caller = Caller.ANONYMOUS;
  private long deadlineNanos = System.nanoTime() + LONG.toNanos();

  /** Everything that was answered; a run that works answers once. */
  final List<Answer> answers = new ArrayList<>();

  /** What was given part by part. */
  final List<Piece> pieces = new ArrayList<>();

  private Trial(Composite<?, ?> composite, Upstreams services) {
    this.composite = composite;
    this.services = services;
  }

  static Trial of(Composite<?, ?> composite, Upstreams services) {
    return new Trial(composite, services);
  }

  Trial given(String json) {
    input = utf8(json);
    return this;
  }

  Trial selecting(Selection.Field... fields) {
    selection = Selection.of(fields);
    return this;
  }

  Trial selecting(Selection wanted) {
    selection = wanted;
    return this;
  }

  Trial selecting(String... fields) {
    return selecting(Arrays.stream(fields).map(Selection::field).toArray(Selection.Field[]::new));
  }

  Trial withArguments(@Nullable String... json) {
    arguments = new ArrayList<>();
    for (String each : json) {
      arguments.add(each == null ? null : utf8(each));
    }
    return this;
  }

  Trial as(Caller who) {
    caller = who;
    return this;
  }

  Trial until(long nanos) {
    deadlineNanos = nanos;
    return this;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  Plan plan() {
    return Planner.plan(composite.graph(), selection);
  }

  /** Starts it and leaves it to the test to let the services answer. */
  Execution start(Vertx vertx) {
    return new Compositions(vertx, services, 10, CallObserver.NONE)
        .run(plan(), new Inputs(input, arguments, caller, deadlineNanos, List.of()), answers::add);
  }

  /** Starts it where no operation is written in Java, so that no event loop is needed. */
  @SuppressWarnings("NullAway")
  Execution start() {
    return start(null);
  }

  /** Starts it where the answer is wanted part by part. */
  @SuppressWarnings("NullAway")
  Execution startInParts() {
    return new Compositions(null, services, 10, CallObserver.NONE)
        .run(
            plan(),
            new Inputs(input, arguments, caller, deadlineNanos, List.of()),
            pieces::addAll,
            answers::add);
  }

  /** Runs it over services that answer at once. */
  Answer run() {
    start();
    return answer();
  }

  /** The one answer. */
  Answer answer() {
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }

  /** What it answers, as text; fails where it answers nothing. */
  String json() {
    Answer answer = run();
    assertThat(answer.failure()).as("%s", answer.losses()).isNull();
    return json(answer);
  }

  static String json(Answer answer) {
    return String.valueOf(answer.json());
  }
}
