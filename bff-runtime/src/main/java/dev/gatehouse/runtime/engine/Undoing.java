package dev.gatehouse.runtime.engine;

import dev.gatehouse.dsl.graph.Node.Compensation;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.dsl.graph.OperationSpec.JavaTarget;
import dev.gatehouse.runtime.json.JsonText;
import dev.gatehouse.runtime.plan.Loc;
import dev.gatehouse.runtime.plan.Step;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Undoes what a command did before it failed: the compensations of its calls that succeeded, one after the other, the last first
 * (the saga of Garcia-Molina and Salem, 1987). They have a deadline of their own, for the command's may be what ran out.
 */
final class Undoing {
  private static final Logger LOG = LoggerFactory.getLogger(Undoing.class);
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Run run;
  private final Deque<Step.Call> open = new ArrayDeque<>();
  private boolean isUndone;
  private boolean isFailed;
  private boolean isKept;
  private boolean isUnknown;

  Undoing(Run run, Step[] steps) {
    this.run = run;
    Arrays.stream(steps)
        .filter(Step.Call.class::isInstance)
        .map(Step.Call.class::cast)
        .filter(call -> !call.operation().isSafe())
        .sorted((a, b) -> Boolean.compare(isBefore(a, b), isBefore(b, a)))
        .forEach(this::look);
  }

  private void look(Step.Call call) {
    if (!isDone(call)) {
      isUnknown |= run.attempted.contains(call) && isLeftOpen(call);
    } else if (call.compensation() == null) {
      isKept = true;
    } else {
      open.add(call);
    }
  }

  /** Whether its failure does not say if the change was made. */
  private boolean isLeftOpen(Step.Call call) {
    int state = run.links[call.index()][0];
    if (!State.isFailed(state)) {
      return false;
    }
    Failure failure = run.failures.get(State.failure(state));
    return switch (failure.failureClass()) {
      case UNREACHABLE, TIMED_OUT, NONSENSE, CANCELLED -> !failure.unprocessed();
      case REJECTED, SERVER_ERROR, REFUSED, INTERNAL, ABSENT -> false;
    };
  }

  /** What became of the changes, once all was done that can be. */
  Changes outcome() {
    if (isFailed) {
      return Changes.UNDOING_FAILED;
    }
    if (isUnknown) {
      return Changes.UNKNOWN;
    }
    return isKept ? Changes.DONE : isUndone ? Changes.UNDONE : Changes.NONE;
  }

  private boolean isDone(Step.Call call) {
    int[] link = run.links[call.index()];
    return link.length > 0 && link[0] >= 0;
  }

  private static boolean isBefore(Step.Call a, Step.Call b) {
    for (Step.Call call = b.precededBy(); call != null; call = call.precededBy()) {
      if (call == a) {
        return true;
      }
    }
    return false;
  }

  /** Undoes one after the other, whether or not the one before could be undone, then goes on. */
  void run(Runnable then) {
    Step.Call call = open.poll();
    if (call == null) {
      then.run();
      return;
    }
    Compensation compensation = Objects.requireNonNull(call.compensation());
    OperationSpec operation = compensation.operation();
    Loc loc = call.undoInput();
    long range = loc == null ? State.ABSENT : run.at(loc, 0);
    if (loc == null || range < 0) {
      isFailed = true;
      LOG.error(
          "compensation not possible service={} operation=\"{}\": its input is absent",
          operation.service(),
          operation.name());
      run(then);
      return;
    }
    byte[] source = run.source(loc, 0);
    byte[] input = Arrays.copyOfRange(source, State.from(range), State.to(range));
    long now = System.nanoTime();
    Future<Integer> status = operation.target() instanceof JavaTarget java
        ? JavaCalls.call(run, operation, java, input, now + DEADLINE_NANOS).map(any -> 0)
        : run.home
            .upstream(operation.service())
            .send(request(call, operation, input, now + DEADLINE_NANOS))
            .map(UpstreamResponse::status);
    status.onComplete(result -> {
      record(operation, result, now);
      run(then);
    });
  }

  private UpstreamRequest request(
      Step.Call undone, OperationSpec operation, byte[] input, long deadline) {
    HttpTarget http = (HttpTarget) operation.target();
    boolean inUri = !http.uri().variableNames().isEmpty();
    String uri = http.uri()
        .expand(name -> input[0] == '{'
            ? FixedMember.text(input, 0, input.length, name)
            : JsonText.of(input, 0, input.length));
    List<Header> headers = run.inputs.propagated();
    if (http.idempotencyKey()) {
      headers = new ArrayList<>(headers);
      headers.add(new Header(
          IdempotencyKeys.HEADER,
          IdempotencyKeys.ofUndoing(run.inputs.idempotencyKey(), operation, undone)));
    }
    return new UpstreamRequest(
        operation,
        HttpMethod.valueOf(http.method()),
        uri,
        headers,
        inUri ? null : input,
        deadline,
        run.inputs.origin());
  }

  private void record(OperationSpec operation, AsyncResult<Integer> result, long sentAt) {
    int status = result.succeeded() ? result.result() : 0;
    FailureClass why = null;
    if (result.failed()) {
      why = result.cause() instanceof UpstreamException known
          ? known.failureClass()
          : FailureClass.INTERNAL;
    } else if (status >= 400) {
      why = FailureClass.of(status);
    }
    isUndone |= why == null;
    isFailed |= why != null;
    if (why != null) {
      LOG.error(
          "compensation failed service={} operation=\"{}\" class={}",
          operation.service(),
          operation.name(),
          why.label());
    }
    long ended = System.nanoTime();
    run.record(
        operation,
        new Answer.CallRecord(
            operation.service(),
            operation.name(),
            sentAt - run.startNanos,
            ended - sentAt,
            status,
            1,
            why));
  }

  /** Reads a member of a small object for a template variable. */
  private static final class FixedMember {
    private FixedMember() {}

    static String text(byte[] json, int from, int to, String name) {
      var scanner = new dev.gatehouse.runtime.json.JsonScanner(json, from, to);
      scanner.peek();
      scanner.enter();
      for (boolean first = true; scanner.nextMember(first); first = false) {
        int nameFrom = scanner.position() + 1;
        int nameTo = scanner.name();
        scanner.peek();
        int start = scanner.position();
        scanner.value();
        if (new String(json, nameFrom, nameTo - nameFrom, StandardCharsets.UTF_8).equals(name)) {
          return JsonText.of(json, start, scanner.position());
        }
      }
      return "";
    }
  }
}
