package dev.gatehouse.runtime.engine;

import dev.gatehouse.dsl.graph.Node.Compensation;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.runtime.json.JsonText;
import dev.gatehouse.runtime.plan.Loc;
import dev.gatehouse.runtime.plan.Step;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import dev.gatehouse.runtime.upstream.UpstreamResponse;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
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

  Undoing(Run run, Step[] steps) {
    this.run = run;
    Arrays.stream(steps)
        .filter(Step.Call.class::isInstance)
        .map(Step.Call.class::cast)
        .filter(call -> call.compensation() != null && isDone(call))
        .sorted((a, b) -> Boolean.compare(isBefore(a, b), isBefore(b, a)))
        .forEach(open::add);
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
    Compensation compensation = call.compensation();
    Loc loc = call.undoInput();
    long range = loc == null ? State.ABSENT : run.at(loc, 0);
    if (compensation == null || loc == null || range < 0) {
      run(then);
      return;
    }
    OperationSpec operation = compensation.operation();
    byte[] source = run.source(loc, 0);
    int from = State.from(range);
    int to = State.to(range);
    HttpTarget http = (HttpTarget) operation.target();
    boolean inUri = !http.uri().variableNames().isEmpty();
    String uri = http.uri()
        .expand(name -> source[from] == '{'
            ? FixedMember.text(source, from, to, name)
            : JsonText.of(source, from, to));
    byte[] body = inUri ? null : Arrays.copyOfRange(source, from, to);
    long now = System.nanoTime();
    UpstreamRequest request = new UpstreamRequest(
        operation,
        HttpMethod.valueOf(http.method()),
        uri,
        run.inputs.propagated(),
        body,
        now + DEADLINE_NANOS);
    run.home.upstream(operation.service()).send(request).onComplete(result -> {
      record(operation, result, now);
      run(then);
    });
  }

  private void record(OperationSpec operation, AsyncResult<UpstreamResponse> result, long sentAt) {
    int status = result.succeeded() ? result.result().status() : 0;
    FailureClass why = null;
    if (result.failed()) {
      why = result.cause() instanceof UpstreamException known
          ? known.failureClass()
          : FailureClass.INTERNAL;
    } else if (status >= 400) {
      why = status >= 500 ? FailureClass.SERVER_ERROR : FailureClass.REJECTED;
    }
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
