package dev.gatehouse.runtime.engine;

import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.Batch;
import dev.gatehouse.dsl.graph.OperationSpec.JavaTarget;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.runtime.engine.AnswerKeys.Entry;
import dev.gatehouse.runtime.json.JsonText;
import dev.gatehouse.runtime.plan.Loc;
import dev.gatehouse.runtime.plan.Step;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** One run of a {@link Step.Call}: each distinct input is called for once, and the step ends when all have answered. */
final class Calling {
  /** An input that nobody asked for before, with the first row that has it. */
  record Keyed(Entry entry, Calling by, int row) {}

  final Run run;
  final Step.Call step;
  private final OperationSpec operation;
  private final int[] link;
  private Entry @Nullable [] entries;
  private int outstanding;

  Calling(Run run, Step.Call step) {
    this.run = run;
    this.step = step;
    this.operation = step.operation();
    this.link = new int[run.tables[step.table().index()].count];
  }

  void start() {
    run.links[step.index()] = link;
    // One more than is open, so that answers that come at once do not end the step early.
    outstanding = 1;
    if (step.answers().solo()) {
      startSolo();
    } else {
      startRows();
    }
    settled();
  }

  private void startSolo() {
    if (link.length == 0) {
      return;
    }
    int state = callable(0);
    if (state < 0) {
      link[0] = state;
      return;
    }
    Request request = Request.of(run, step, 0);
    if (request.state() < 0) {
      link[0] = request.state();
      return;
    }
    outstanding++;
    send(request, result -> {
      link[0] = result;
      settled();
    });
  }

  private void startRows() {
    AnswerKeys keys = run.answers[step.answers().index()];
    if (keys == null) {
      keys = new AnswerKeys();
      run.answers[step.answers().index()] = keys;
    }
    entries = new Entry[link.length];
    Batch batch = operation.batch();
    List<Request> single = batch == null ? new ArrayList<>() : List.of();
    List<Keyed> fresh = new ArrayList<>();
    for (int row = 0; row < link.length; row++) {
      int state = callable(row);
      Request request = null;
      if (state >= 0 && batch == null) {
        request = Request.of(run, step, row);
        state = request.state();
      }
      if (state < 0) {
        link[row] = state;
        continue;
      }
      String key = request == null ? batchKey(row) : request.key();
      Entry entry = !operation.isSafe() ? null : keys.get(key);
      if (entry == null) {
        entry = keys.add(key);
        fresh.add(new Keyed(entry, this, row));
        if (request != null) {
          single.add(request);
        }
      }
      entries[row] = entry;
      if (entry.isPending()) {
        outstanding++;
        entry.await(this::settled);
      }
    }
    if (batch == null) {
      sendSingle(single, fresh);
    } else if (!fresh.isEmpty()) {
      run.outbox.add(this, batch.atMost(), fresh);
    }
  }

  /** Whether a row's call can be made; negative for the state that says why not. */
  private int callable(int row) {
    for (Loc required : step.input().required()) {
      long state = run.at(required, row);
      if (state < 0) {
        return (int) state;
      }
    }
    for (Step.Call before = step.precededBy(); before != null; before = before.precededBy()) {
      if (before.mustSucceed() && run.links[before.index()][0] < 0) {
        return run.fail(new Failure(
            FailureClass.REFUSED,
            operation,
            "not attempted: " + before.operation().name() + " failed before it"));
      }
    }
    return State.OK;
  }

  private String batchKey(int row) {
    List<Loc> locs = step.input().keys();
    if (locs.size() == 1) {
      return text(locs.get(0), row);
    }
    StringBuilder key = new StringBuilder();
    for (Loc loc : locs) {
      BatchAnswer.append(key, text(loc, row));
    }
    return key.toString();
  }

  private String text(Loc loc, int row) {
    long range = run.at(loc, row);
    return JsonText.of(run.source(loc, row), State.from(range), State.to(range));
  }

  private void sendSingle(List<Request> requests, List<Keyed> fresh) {
    int most = operation.perItemAtMost() > 0 ? operation.perItemAtMost() : Integer.MAX_VALUE;
    for (int i = 0; i < requests.size(); i++) {
      Entry entry = fresh.get(i).entry();
      if (i < most) {
        send(requests.get(i), entry::resolve);
      } else {
        entry.resolve(run.fail(new Failure(
            FailureClass.REFUSED, operation, "more than " + most + " calls in one request")));
      }
    }
  }

  /** Called when one of the answers that are waited for is there. */
  private void settled() {
    if (--outstanding > 0) {
      return;
    }
    if (entries != null) {
      for (int row = 0; row < link.length; row++) {
        Entry entry = entries[row];
        if (entry != null) {
          link[row] = entry.state();
        }
      }
    }
    run.ended(step);
  }

  // Sending.

  /** Takes what came of a call. */
  interface Answered {
    /**
     * @param sent whether this run made the call; false where another did, or nobody
     */
    void accept(AsyncResult<UpstreamResponse> result, long sentAt, boolean sent);
  }

  private void send(Request request, IntConsumer answered) {
    if (operation.target() instanceof JavaTarget java) {
      callJava(java, request, answered);
    } else {
      exchange(
          request, (result, sentAt, sent) -> answered.accept(answered(result, sentAt, 1, sent)));
    }
  }

  /** Sends a call under this step's deadline. */
  void exchange(Request request, Answered answered) {
    long now = System.nanoTime();
    long deadline = run.deadline(step, now);
    FailureClass unsendable = unsendable(deadline - now);
    if (unsendable != null) {
      answered.accept(
          Future.failedFuture(new UpstreamException(unsendable, "not sent: " + unsendable.label())),
          now,
          false);
      return;
    }
    Future<UpstreamResponse> known = run.outbox.known(operation, request, deadline);
    if (known != null && operation.isSafe()) {
      known.onComplete(result -> answered.accept(result, now, false));
      return;
    }
    if (!operation.isSafe()) {
      run.attempted.add(step);
    }
    UpstreamRequest upstream = request.toUpstream(operation, deadline, run.inputs.origin());
    run.inFlight.add(upstream);
    Future<UpstreamResponse> answer = run.home.upstream(operation.service()).send(upstream);
    run.outbox.sent(operation, request, deadline, answer);
    answer.onComplete(result -> {
      run.inFlight.remove(upstream);
      answered.accept(result, now, true);
    });
  }

  private @Nullable FailureClass unsendable(long nanosLeft) {
    return run.cancelled() != null
        ? run.cancelled()
        : nanosLeft <= 0 ? FailureClass.TIMED_OUT : null;
  }

  private void callJava(JavaTarget java, Request request, IntConsumer answered) {
    long now = System.nanoTime();
    long deadline = run.deadline(step, now);
    FailureClass unsendable = unsendable(deadline - now);
    if (unsendable != null) {
      answered.accept(
          run.fail(new Failure(unsendable, operation, "not sent: " + unsendable.label())));
      return;
    }
    if (!operation.isSafe()) {
      run.attempted.add(step);
    }
    JavaCalls.call(run, operation, java, request.body(), deadline)
        .onComplete(result -> answered.accept(answeredByJava(result, now)));
  }

  private int answeredByJava(AsyncResult<byte @Nullable []> result, long sentAt) {
    int state;
    if (result.failed()) {
      FailureClass why = result.cause() instanceof UpstreamException known
          ? known.failureClass()
          : FailureClass.INTERNAL;
      state =
          run.fail(new Failure(why, operation, operation.name() + " failed: " + result.cause()));
    } else {
      byte[] json = result.result();
      state = json == null ? State.ABSENT : run.readAnswer(step, json, 0, json.length);
    }
    record(sentAt, 0, 1, state, false);
    return state;
  }

  /**
   * Reads an answer.
   *
   * @param keys how many inputs went into the call
   * @param sent whether this run made the call
   * @return its row, or the state that says why there is none
   */
  int answered(AsyncResult<UpstreamResponse> result, long sentAt, int keys, boolean sent) {
    int state;
    int status;
    if (result.failed()) {
      run.allows(Freshness.NO_STORE);
      UpstreamException known = result.cause() instanceof UpstreamException why ? why : null;
      status = known == null ? 0 : known.status();
      state = run.fail(new Failure(
          known == null ? FailureClass.INTERNAL : known.failureClass(),
          operation,
          String.valueOf(result.cause().getMessage()),
          known != null && known.isUnprocessed(),
          known == null ? 0 : known.retryAfterSeconds(),
          null));
    } else {
      status = result.result().status();
      state = stateOf(result.result());
    }
    if (sent) {
      record(
          sentAt, status, keys, state, result.succeeded() && result.result().standsInFor() != null);
    }
    return state;
  }

  private int stateOf(UpstreamResponse response) {
    int status = response.status();
    if (operation.safety() == Safety.SAFE) {
      run.allows(Cacheability.of(response));
    }
    if (status >= 200 && status < 300) {
      if (operation.answer().javaType() == Nothing.class) {
        return run.emptyAnswer(step);
      }
      if (response.length() == 0) {
        return status == 204 || operation.answer() instanceof AnyType
            ? run.emptyAnswer(step)
            : fail(FailureClass.NONSENSE, "an answer without a body, status " + status);
      }
      return run.readAnswer(step, response.body(), response.from(), response.to());
    }
    if (status == 404 || status == 410) {
      return State.ABSENT;
    }
    return fail(FailureClass.of(status), "status " + status);
  }

  private int fail(FailureClass why, String what) {
    return run.fail(new Failure(
        why, operation, operation.service() + " answered " + operation.name() + " with " + what));
  }

  private void record(long sentAt, int status, int keys, int state, boolean stoodIn) {
    FailureClass why =
        State.isFailed(state) ? run.failures.get(State.failure(state)).failureClass() : null;
    run.record(
        operation,
        new Answer.CallRecord(
            operation.service(),
            operation.name(),
            sentAt - run.startNanos,
            System.nanoTime() - sentAt,
            status,
            keys,
            why,
            stoodIn));
  }
}
