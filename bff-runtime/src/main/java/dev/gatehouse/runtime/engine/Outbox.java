package dev.gatehouse.runtime.engine;

import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.runtime.engine.Calling.Keyed;
import dev.gatehouse.runtime.plan.Step;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one run, or of the runs of a group. Steps that ask the same operation at the same moment share calls; none waits
 * for another that is not ready. Confined to one event loop.
 */
final class Outbox {
  /** Two calls under deadlines that are nearly the same may be one. */
  private static final long NEARLY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private @Nullable Map<OperationSpec, Map<String, Sent>> sent;
  private List<Ready> ready = new ArrayList<>(2);
  private int holds;

  /** A call that some run of the group made. */
  private record Sent(Future<UpstreamResponse> answer, long deadlineNanos) {}

  /**
   * What is to be asked for in one call, or several where it is too much for one.
   *
   * @param by the first step that does
   * @param inputs each key once
   * @param twins inputs of other runs whose keys are among these
   */
  private record Ready(Calling by, int atMost, List<Keyed> inputs, List<Keyed> twins) {}

  /** Has more than one run use it: they share calls that are not batches, too. */
  void share() {
    if (sent == null) {
      sent = new IdentityHashMap<>();
    }
  }

  /** Adds what a step asks for, to what another asks of the same operation under the same limits. */
  void add(Calling by, int atMost, List<Keyed> inputs) {
    for (Ready other : ready) {
      if (mayShare(other.by(), by)) {
        addTo(other, inputs);
        return;
      }
    }
    ready.add(new Ready(by, atMost, inputs, new ArrayList<>(0)));
  }

  /** Within a run no key is asked for twice; of two runs each has to read the answer itself. */
  private static void addTo(Ready other, List<Keyed> inputs) {
    Set<String> keys = new HashSet<>();
    other.inputs().forEach(input -> keys.add(input.entry().key));
    for (Keyed input : inputs) {
      (keys.add(input.entry().key) ? other.inputs() : other.twins()).add(input);
    }
  }

  /** Runs something that makes calls ready, and sends them when it has ended. */
  void hold(Runnable part) {
    holds++;
    try {
      part.run();
    } finally {
      holds--;
    }
    while (send()) {
      // What is answered at once may make more calls ready.
    }
  }

  /** Sends what is ready, in chunks of each operation's maximum; false where nothing is, or more may come. */
  boolean send() {
    if (holds > 0 || ready.isEmpty()) {
      return false;
    }
    List<Ready> now = ready;
    ready = new ArrayList<>(2);
    for (Ready each : now) {
      for (int from = 0; from < each.inputs().size(); from += each.atMost()) {
        int to = Math.min(each.inputs().size(), from + each.atMost());
        send(each, each.inputs().subList(from, to));
      }
    }
    return true;
  }

  /** The answer to a safe call that another run of the group made, if there is one; perhaps still to come. */
  @Nullable Future<UpstreamResponse> known(OperationSpec operation, Request request, long deadlineNanos) {
    Map<String, Sent> calls = sent == null ? null : sent.get(operation);
    Sent call = calls == null ? null : calls.get(request.key());
    return call == null || Math.abs(call.deadlineNanos() - deadlineNanos) > NEARLY_NANOS
        ? null
        : call.answer();
  }

  /** Remembers a safe call for the other runs of the group. */
  void sent(
      OperationSpec operation,
      Request request,
      long deadlineNanos,
      Future<UpstreamResponse> answer) {
    if (sent != null) {
      sent.computeIfAbsent(operation, any -> new HashMap<>())
          .put(request.key(), new Sent(answer, deadlineNanos));
    }
  }

  /** A header may come from the row, and what changes something is never shared. */
  private static boolean mayShare(Calling one, Calling other) {
    Step.Call first = one.step;
    Step.Call second = other.step;
    OperationSpec operation = first.operation();
    boolean same = one.run == other.run
        ? first.answers() == second.answers()
            && first.groups().equals(second.groups())
            && one.run.program.isForTheSame(first, second)
        : isSame(operation, second.operation())
            && one.run.inputs.deadlineNanos() == other.run.inputs.deadlineNanos()
            && one.run.program.isForTheFirst(first)
            && other.run.program.isForTheFirst(second)
            && first.input().body() == null
            && first.groups().isEmpty()
            && second.groups().isEmpty();
    return same
        && operation.isSafe()
        && ((HttpTarget) operation.target()).headers().isEmpty()
        && Objects.equals(first.timeout(), second.timeout());
  }

  @SuppressWarnings("ReferenceEquality") // each operation is specified once
  private static boolean isSame(OperationSpec one, OperationSpec other) {
    return one == other;
  }

  private void send(Ready ready, List<Keyed> chunk) {
    Request request = Request.ofBatch(chunk);
    if (request.state() < 0) {
      chunk.forEach(input -> input.entry().resolve(request.state()));
      return;
    }
    ready
        .by()
        .exchange(
            request,
            (result, sentAt, sent) ->
                hold(() -> answered(ready, chunk, result, new Timing(sentAt, sent, chunk.size()))));
  }

  /** When a call was sent, whether it was, and for how many inputs. */
  private record Timing(long sentAt, boolean sent, int keys) {}

  private static void answered(
      Ready ready, List<Keyed> chunk, AsyncResult<UpstreamResponse> result, Timing timing) {
    if (ready.twins().isEmpty() && isOfOneRun(chunk)) {
      read(result, chunk, timing, timing.sent());
      return;
    }
    Map<Run, List<Keyed>> readers = new LinkedHashMap<>();
    for (Keyed input : all(ready, chunk)) {
      readers
          .computeIfAbsent(input.by().run, any -> new ArrayList<>(chunk.size()))
          .add(input);
    }
    // One of them made the call; the others only read the answer.
    readers.forEach(
        (run, inputs) -> read(result, inputs, timing, timing.sent() && run == ready.by().run));
  }

  private static boolean isOfOneRun(List<Keyed> chunk) {
    Run first = chunk.get(0).by().run;
    for (Keyed input : chunk) {
      if (input.by().run != first) {
        return false;
      }
    }
    return true;
  }

  private static void read(
      AsyncResult<UpstreamResponse> result, List<Keyed> inputs, Timing timing, boolean counts) {
    Calling by = inputs.get(0).by();
    int state = by.answered(result, timing.sentAt(), timing.keys(), counts);
    new BatchAnswer(by.run, by.step, state).resolve(inputs);
  }

  private static List<Keyed> all(Ready ready, List<Keyed> chunk) {
    if (ready.twins().isEmpty()) {
      return chunk;
    }
    Set<String> keys = new HashSet<>();
    chunk.forEach(input -> keys.add(input.entry().key));
    List<Keyed> all = new ArrayList<>(chunk);
    ready.twins().stream().filter(twin -> keys.contains(twin.entry().key)).forEach(all::add);
    return all;
  }
}
