package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.answer.RequestRefused;
import dev.gatehouse.graphql.internal.http.GraphqlRequest;
import dev.gatehouse.graphql.internal.http.MediaType;
import dev.gatehouse.graphql.internal.http.RequestReader.Asked;
import dev.gatehouse.graphql.internal.http.RequestReader.Batch;
import dev.gatehouse.graphql.internal.http.RequestReader.One;
import dev.gatehouse.graphql.internal.incremental.IncrementalFormat;
import dev.gatehouse.graphql.internal.operation.Deferral;
import dev.gatehouse.graphql.internal.operation.Operations.Bound;
import dev.gatehouse.graphql.internal.operation.PreparedOperation;
import dev.gatehouse.graphql.internal.schema.RootKind;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.door.RequestBody;
import dev.gatehouse.runtime.door.answer.MediaRange;
import dev.gatehouse.runtime.engine.Answer.Loss;
import dev.gatehouse.runtime.telemetry.AccessEntry;
import dev.gatehouse.runtime.telemetry.RequestTrace;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer. Confined to one event loop. */
final class GraphqlExchange {
  private static final Logger LOG = LoggerFactory.getLogger(GraphqlExchange.class);
  private static final int OK = 200;
  private static final int CLIENT_LEFT = 499;
  /** Browsers send none of these to another site without asking it first. */
  private static final List<String> PREFLIGHTED =
      List.of("x-apollo-operation-name", "apollo-require-preflight", "graphql-require-preflight");

  private final OpenDoor door;
  private final HttpServerRequest request;
  private final long start;
  private final RequestTrace trace;
  private final boolean reads;
  private final List<OperationRun> runs = new ArrayList<>();
  private MediaType media = MediaType.JSON;
  private @Nullable IncrementalFormat format;
  private @Nullable IncrementalExchange parts;
  private @Nullable OperationResult whole;
  private boolean takesOnlyParts;
  private Caller caller = Caller.ANONYMOUS;
  private boolean streams;
  private boolean prefersStream;
  private boolean takesList;
  private boolean ended;

  GraphqlExchange(OpenDoor door, HttpServerRequest request, long start) {
    this.door = door;
    this.request = request;
    this.start = start;
    this.trace = door.context().telemetry().begin(request);
    this.reads = !request.method().equals(HttpMethod.POST);
  }

  void begin() {
    Future<Caller> resolved = door.context().callerOf(request);
    if (resolved.isComplete()) {
      enter(resolved);
      return;
    }
    request.pause();
    resolved.onComplete(whoever -> {
      enter(resolved);
      request.resume();
    });
  }

  private void enter(Future<Caller> resolved) {
    MediaType accepted = MediaType.of(request.getHeader(HttpHeaderNames.ACCEPT));
    streams = EventStream.isAccepted(request);
    if (door.context().settings().graphql().incremental()
        && !request.method().equals(HttpMethod.HEAD)) {
      format = IncrementalFormat.of(request.getHeader(HttpHeaderNames.ACCEPT));
    }
    if (accepted == null && !streams && format == null) {
      refuse(
          ErrorCode.NOT_ACCEPTABLE,
          "The answer is application/graphql-response+json or application/json (expected: an Accept header that takes one of them).");
      return;
    }
    prefersStream = streams && EventStream.isPreferred(request, format != null);
    takesList = accepted != null;
    takesOnlyParts = accepted == null && !prefersStream;
    // Who takes neither gets it with errors alone, whose status has to tell what they are.
    media = accepted == null ? MediaType.GRAPHQL_RESPONSE : accepted;
    if (resolved.failed()) {
      refuse(ErrorCode.UNAUTHENTICATED, ErrorCode.UNAUTHENTICATED.message());
      return;
    }
    caller = resolved.result();
    if (reads) {
      guarded(this::readParameters);
    } else {
      readBody();
    }
  }

  private void readParameters() {
    boolean isPreflighted =
        PREFLIGHTED.stream().anyMatch(name -> request.headers().contains(name));
    if (door.context().settings().graphql().csrfPrevention() && !isPreflighted) {
      refuse(
          ErrorCode.CSRF_SUSPECTED,
          "A GET request without any of the headers " + String.join(", ", PREFLIGHTED)
              + " (expected: one of them, as a page of another site could have sent this).");
      return;
    }
    GraphqlRequest asked = door.reader().parameters(request.uri());
    run(List.of(asked), false);
  }

  private void readBody() {
    if (!MediaRange.isJson(request.getHeader(HttpHeaderNames.CONTENT_TYPE))) {
      refuse(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "The body is of another type (expected: content-type: application/json).");
      return;
    }
    BffSettings settings = door.context().settings();
    RequestBody.collect(
        request,
        door.context().vertx(),
        settings.limits().maxBodyBytes(),
        settings.limits().requestTimeout().toNanos(),
        body -> guarded(() -> {
          Asked asked = door.reader().body(body);
          run(
              asked instanceof One one ? List.of(one.request()) : ((Batch) asked).requests(),
              asked instanceof Batch);
        }),
        problem -> refuse(
            problem.status() == 413 ? ErrorCode.CONTENT_TOO_LARGE : ErrorCode.REQUEST_TIMEOUT,
            String.valueOf(problem.detail())));
  }

  private void run(List<GraphqlRequest> asked, boolean batch) {
    if (batch && !takesList) {
      refuse(
          ErrorCode.NOT_ACCEPTABLE,
          "A list of operations is answered as application/json (expected: an Accept header that takes it).");
      return;
    }
    if (!batch && streams && streamed(asked.get(0))) {
      ended = true; // the stream has its own end
      return;
    }
    @Nullable OperationResult[] results = new @Nullable OperationResult[asked.size()];
    int[] open = {asked.size()};
    for (int i = 0; i < asked.size(); i++) {
      int at = i;
      run(asked.get(i), i, batch ? null : format, result -> {
        results[at] = result;
        if (--open[0] == 0) {
          answered(results, batch);
        }
      });
    }
    if (!ended && !request.response().ended()) {
      request.response().exceptionHandler(broken -> cancel());
      request.response().closeHandler(closed -> cancel());
    }
  }

  /** Whether it is answered as an event stream. */
  private boolean streamed(GraphqlRequest asked) {
    PreparedOperation operation;
    try {
      operation = door.prepare(asked);
    } catch (RequestRefused e) {
      if (prefersStream) {
        new EventStream(door, request, caller, trace).refuse(e.errors());
      } else {
        refuse(e.errors());
      }
      return true;
    }
    boolean streamed = prefersStream || operation.kind() == RootKind.SUBSCRIPTION;
    if (streamed) {
      new EventStream(door, request, caller, trace).serve(operation, asked);
    }
    return streamed;
  }

  /**
   * @param position among the operations of the request, those that are refused included: a request that is repeated has the same
   */
  private void run(
      GraphqlRequest asked,
      int position,
      @Nullable IncrementalFormat wanted,
      Consumer<OperationResult> done) {
    OperationRun run;
    try {
      PreparedOperation operation = door.prepare(asked);
      if (reads && operation.isMutation()) {
        throw new RequestRefused(
            ErrorCode.METHOD_NOT_ALLOWED,
            "A mutation changes something (expected: POST in place of " + request.method() + ").");
      }
      if (operation.kind() == RootKind.SUBSCRIPTION) {
        throw new RequestRefused(
            ErrorCode.NOT_ACCEPTABLE,
            "A subscription is answered as it happens (expected: accept: text/event-stream, or a WebSocket).");
      }
      boolean explain = door.explains(asked);
      Bound bound =
          door.operations().bind(operation, asked.variables(), wanted != null && !explain);
      door.rate().charge(request, caller, bound.operation());
      Deferral deferral = bound.operation().deferral();
      IncrementalExchange sending = wanted == null || deferral == null
          ? null
          : new IncrementalExchange(
              door.context().vertx(),
              request,
              door.context().settings(),
              wanted,
              new IncrementalAnswer(bound.operation(), deferral),
              start,
              this::sent);
      run = new OperationRun(
          door,
          request,
          caller,
          trace,
          start,
          position,
          bound,
          sending == null ? null : sending.answer(),
          done);
      if (explain) {
        run.explain();
      }
      parts = sending; // not before: a refusal is answered as a whole
    } catch (RequestRefused e) {
      done.accept(OperationResult.refused(e.errors()));
      return;
    }
    runs.add(run);
    run.start();
  }

  private void cancel() {
    runs.forEach(OperationRun::cancel);
    if (parts != null) {
      parts.cancel();
    }
    sent();
  }

  private void answered(@Nullable OperationResult[] results, boolean batch) {
    List<OperationResult> all = new ArrayList<>();
    for (OperationResult result : results) {
      if (result != null) {
        all.add(result);
      }
    }
    if (parts != null) {
      whole = all.get(0);
      sent();
      return;
    }
    if (request.response().closed() || request.response().ended()) {
      end(CLIENT_LEFT, 0, all);
      return;
    }
    byte[] data = all.get(0).data();
    if (takesOnlyParts && format != null && !batch && data != null) {
      long bytes = IncrementalExchange.sendWhole(
          request, door.context().settings(), format, data, all.get(0), start);
      end(OK, bytes, all);
      return;
    }
    ResponseWriter writer = new ResponseWriter(request, media, door.context().settings());
    int status = writer.write(all, batch, start);
    end(status, writer.bytes(), all);
  }

  /** Ends an answer in parts once the last was written, or never will be, and all is known of it. */
  private void sent() {
    IncrementalExchange sending = parts;
    OperationResult result = whole;
    if (sending == null || result == null) {
      return;
    }
    if (sending.isComplete()) {
      end(OK, sending.bytes(), List.of(result));
    } else if (request.response().closed()) {
      end(CLIENT_LEFT, sending.bytes(), List.of(result));
    }
  }

  private interface Part {
    void run();
  }

  private void guarded(Part part) {
    try {
      part.run();
    } catch (RequestRefused e) {
      refuse(e.errors());
    } catch (RuntimeException e) {
      LOG.error("a GraphQL request of BFF {} failed", door.context().bff().name(), e);
      runs.forEach(OperationRun::cancel);
      refuse(ErrorCode.INTERNAL, ErrorCode.INTERNAL.message());
    }
  }

  private void refuse(ErrorCode code, String message) {
    refuse(List.of(GraphqlError.of(code, message)));
  }

  private void refuse(List<GraphqlError> errors) {
    if (ended) {
      return;
    }
    answered(new @Nullable OperationResult[] {OperationResult.refused(errors)}, false);
  }

  private void end(int status, long bytes, List<OperationResult> results) {
    if (ended) {
      return;
    }
    ended = true;
    long nanos = System.nanoTime() - start;
    List<Loss> losses = new ArrayList<>();
    int calls = 0;
    for (OperationResult result : results) {
      losses.addAll(result.losses());
      calls += result.calls().size();
    }
    String label = results.size() == 1 ? results.get(0).label() : OpenDoor.nothing();
    door.meterOf(label).answered(status, nanos, losses.size());
    door.context()
        .telemetry()
        .ended(
            new AccessEntry(
                request.method().name(),
                label,
                status,
                bytes,
                nanos,
                calls,
                losses,
                caller.known()),
            trace);
  }
}
