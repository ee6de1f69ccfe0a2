package dev.gatehouse.rest;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.rest.internal.fields.ArgumentSlot;
import dev.gatehouse.rest.internal.input.ArgumentReader;
import dev.gatehouse.rest.internal.input.Faults;
import dev.gatehouse.rest.internal.input.InputBindingCompiler;
import dev.gatehouse.rest.internal.input.QueryString;
import dev.gatehouse.runtime.door.DoorContext;
import dev.gatehouse.runtime.door.HttpAccessRequest;
import dev.gatehouse.runtime.door.HttpOrigin;
import dev.gatehouse.runtime.door.IdempotencyKey;
import dev.gatehouse.runtime.door.Problem;
import dev.gatehouse.runtime.door.RequestBody;
import dev.gatehouse.runtime.door.answer.MediaRange;
import dev.gatehouse.runtime.engine.Answer;
import dev.gatehouse.runtime.engine.Execution;
import dev.gatehouse.runtime.engine.Inputs;
import dev.gatehouse.runtime.telemetry.AccessEntry;
import dev.gatehouse.runtime.telemetry.RequestTrace;
import dev.gatehouse.runtime.upstream.FailureClass;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer. Confined to one event loop. */
final class RestExchange {
  private static final Logger LOG = LoggerFactory.getLogger(RestExchange.class);
  private static final byte[] NO_BODY = {};
  private static final int CLIENT_LEFT = 499;

  private final DoorContext context;
  private final Selections selections;
  private final OpenRoute route;
  private final @Nullable String[] variables;
  private final HttpServerRequest request;
  private final long start;
  private final RequestTrace trace;
  private Caller caller = Caller.ANONYMOUS;
  private boolean ended;

  RestExchange(
      DoorContext context,
      Selections selections,
      OpenRoute route,
      @Nullable String[] variables,
      HttpServerRequest request,
      long start) {
    this.context = context;
    this.selections = selections;
    this.route = route;
    this.variables = variables;
    this.request = request;
    this.start = start;
    this.trace = context.telemetry().begin(request);
  }

  void begin() {
    Future<Caller> resolved = context.callerOf(request);
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

  /** Nothing is read and nothing is called for somebody who may not enter. */
  private void enter(Future<Caller> resolved) {
    if (resolved.failed()) {
      refuse(Problems.UNAUTHENTICATED);
      return;
    }
    caller = resolved.result();
    try {
      if (!route.access().open()
          && !route.access().allows(new HttpAccessRequest(request, caller))) {
        refuse(Problems.FORBIDDEN);
      } else if (route.compiled().output() != null
          && !MediaRange.accepts(request.getHeader(HttpHeaderNames.ACCEPT), "application/json")) {
        refuse(Problems.NOT_ACCEPTABLE);
      } else if (route.compiled().spec().hasBody()) {
        readBody();
      } else {
        run(NO_BODY);
      }
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void readBody() {
    String type = request.getHeader(HttpHeaderNames.CONTENT_TYPE);
    if (type != null && !MediaRange.isJson(type)) {
      refuse(Problems.UNSUPPORTED_MEDIA_TYPE);
      return;
    }
    RequestBody.collect(
        request,
        context.vertx(),
        context.settings().limits().maxBodyBytes(),
        route.budgetNanos(),
        body -> {
          if (body.length > 0 && type == null) {
            refuse(Problems.UNSUPPORTED_MEDIA_TYPE);
            return;
          }
          try {
            run(body);
          } catch (RuntimeException e) {
            fail(e);
          }
        },
        this::refuse);
  }

  private void run(byte[] body) {
    Faults faults = new Faults();
    QueryString query = QueryString.of(request.query(), faults);
    String fields = query.one(InputBindingCompiler.FIELDS, faults);
    Selected planned = fields == null ? route.whole() : selections.of(route, fields, faults);
    Selected selected = planned == null ? route.whole() : planned;
    List<byte @Nullable []> arguments = arguments(selected, query, faults);
    byte[] input = route.compiled().input().bind(variables, query, request.headers(), body, faults);
    if (query.hasUnread()) {
      query.refuseUnread(route.queryNames(selected), faults);
    }
    if (!faults.isEmpty()) {
      refuse(faults.problem());
      return;
    }
    Inputs inputs = new Inputs(
        input,
        arguments,
        caller,
        start + route.budgetNanos(),
        context.propagation().from(request.headers()),
        IdempotencyKey.of(request.headers(), caller, request.method() + request.path()),
        new HttpOrigin(request, caller, trace.context()));
    Execution execution =
        context.compositions().run(selected.plan(), inputs, answer -> answered(answer, selected));
    if (!ended) {
      request.response().exceptionHandler(broken -> execution.cancel(FailureClass.CANCELLED));
      request.response().closeHandler(closed -> execution.cancel(FailureClass.CANCELLED));
    }
  }

  private static List<byte @Nullable []> arguments(
      Selected selected, QueryString query, Faults faults) {
    if (selected.arguments().isEmpty()) {
      return List.of();
    }
    List<byte @Nullable []> values = new ArrayList<>();
    for (ArgumentSlot slot : selected.arguments()) {
      String text = query.one(slot.parameter(), faults);
      values.add(
          text == null ? null : ArgumentReader.read(slot.spec(), slot.parameter(), text, faults));
    }
    return values;
  }

  private void answered(Answer answer, Selected selected) {
    FailureClass failure = answer.failure();
    if (request.response().closed() || request.response().ended()) {
      end(CLIENT_LEFT, 0, answer);
    } else if (failure != null) {
      Problem problem = Problems.of(failure, answer.retryAfterSeconds());
      problem.answer(request);
      end(problem.status(), 0, answer);
    } else {
      AnswerWriter writer =
          new AnswerWriter(route, selected, request, context.settings().serverTiming());
      int status = writer.write(answer, start);
      end(status, writer.bytes(), answer);
    }
  }

  /** Never lets anybody in because something went wrong. */
  private void fail(RuntimeException e) {
    LOG.error(
        "{} {} of BFF {} failed", request.method(), route.path(), context.bff().name(), e);
    refuse(Problems.INTERNAL);
  }

  private void refuse(Problem problem) {
    problem.answer(request);
    end(problem.status(), 0, null);
  }

  private void end(int status, long bytes, @Nullable Answer answer) {
    if (ended) {
      return;
    }
    ended = true;
    long nanos = System.nanoTime() - start;
    route.meter().answered(status, nanos, answer == null ? 0 : answer.losses().size());
    context
        .telemetry()
        .ended(
            new AccessEntry(
                request.method().name(),
                route.path(),
                status,
                bytes,
                nanos,
                answer == null ? 0 : answer.calls().size(),
                answer == null ? List.of() : answer.losses(),
                caller.known()),
            trace);
  }
}
