package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.dsl.graph.EventSpec;
import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.operation.CompiledRoot.Planned;
import dev.gatehouse.graphql.internal.operation.Operations.Bound;
import dev.gatehouse.graphql.internal.schema.OpenField;
import dev.gatehouse.runtime.engine.Answer.Loss;
import dev.gatehouse.runtime.events.EventReader;
import dev.gatehouse.runtime.events.EventSubscription;
import dev.gatehouse.runtime.json.JsonScanner;
import dev.gatehouse.runtime.json.MalformedJsonException;
import dev.gatehouse.runtime.telemetry.RequestTrace;
import dev.gatehouse.runtime.telemetry.SubscriptionMeters;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription: from events to results, one after the other and in order, no faster than its client takes them. Confined to one
 * event loop.
 */
final class SubscriptionRun implements EventReader {
  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionRun.class);

  private final OpenDoor door;
  private final HttpServerRequest request;
  private final Caller caller;
  private final RequestTrace trace;
  private final Bound bound;
  private final boolean explains;
  private final Client client;
  private final Planned root;
  private final byte @Nullable [] input;
  private final EventQueue queue;
  private final SubscriptionMeters meters;
  private @Nullable EventSubscription source;
  private @Nullable OperationRun running;
  private @Nullable GraphqlError failure;
  private boolean paused;
  private boolean pumping;
  private boolean sourceEnded;
  private boolean over;
  private long sent;
  private int calls;
  private List<Loss> losses = List.of();

  /** The transport's side. */
  interface Client {

    /** Whether it takes a result now; where not, {@link SubscriptionRun#ready()} is called once it does. */
    boolean isReady();

    void next(OperationResult result);

    /** There will be nothing at all. */
    void refused(List<GraphqlError> errors);

    /** There are no more. */
    void completed();
  }

  /**
   * @param bound a subscription
   * @param explains whether each result tells what was done for it
   * @throws dev.gatehouse.graphql.internal.answer.RequestRefused where a variable does not fit an argument
   */
  SubscriptionRun(
      OpenDoor door,
      HttpServerRequest request,
      Caller caller,
      RequestTrace trace,
      Bound bound,
      boolean explains,
      Client client) {
    this.door = door;
    this.request = request;
    this.caller = caller;
    this.trace = trace;
    this.bound = bound;
    this.explains = explains;
    this.client = client;
    this.root = (Planned) bound.operation().roots().get(0);
    this.input = root.input().json(bound.variables());
    root.input().arguments(bound.variables()); // so that what does not fit is refused now
    this.meters = door.subscriptionMeters(root.field());
    this.queue = new EventQueue(
        door.whenSlow(root.field()),
        door.context().settings().graphql().subscriptions(),
        meters::dropped);
  }

  /** Asks whether the caller may, and subscribes. */
  void start() {
    OpenField field = root.field();
    ErrorCode refusal = door.refusal(field, request, caller);
    if (refusal != null) {
      over = true;
      client.refused(List.of(error(refusal)));
      return;
    }
    EventSpec spec = Objects.requireNonNull(field.root().source(), "a subscription has a source");
    List<Header> propagated = door.context().propagation().from(request.headers());
    meters.opened();
    try {
      source = door.context().events().subscribe(spec, input, propagated, this);
    } catch (RuntimeException e) {
      meters.ended();
      throw e;
    }
  }

  @Override
  public void event(byte[] json) {
    if (over) {
      return;
    }
    switch (queue.add(json)) {
      case WAITS -> pump();
      case FULL -> {
        pump();
        holdBack();
      }
      case REFUSED -> {
        queue.clear();
        failure = error(ErrorCode.TOO_SLOW);
        finish();
      }
    }
  }

  /** Has the source wait while there is no room for what it gives. */
  private void holdBack() {
    EventSubscription open = source;
    if (!paused && !over && !queue.hasRoom() && open != null && open.isPausable()) {
      paused = true;
      open.pause();
    }
  }

  @Override
  public void ended(@Nullable UpstreamException why) {
    sourceEnded = true;
    if (why != null) {
      LOG.warn(
          "BFF {}: {} ended: {}",
          door.context().bff().name(),
          OpenDoor.label(bound.operation()),
          why.getMessage(),
          why.getCause());
      failure = error(ErrorCode.of(why.failureClass()));
    }
    pump();
  }

  /** The client takes results again. */
  void ready() {
    pump();
  }

  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      while (!over && running == null && client.isReady()) {
        byte[] event = queue.poll();
        if (event == null) {
          break;
        }
        run(event);
      }
    } catch (RuntimeException e) {
      broken(e);
    } finally {
      pumping = false;
    }
    if (!over && sourceEnded && running == null && queue.isEmpty()) {
      finish();
    } else if (paused && !over && queue.hasRoom() && source != null) {
      paused = false;
      source.resume();
    }
  }

  private void run(byte[] event) {
    if (!isJson(event)) {
      result(OperationResult.lost(bound, root.key(), error(ErrorCode.UPSTREAM_FAILED)));
      return;
    }
    OperationRun run =
        OperationRun.ofEvent(door, request, caller, trace, bound, event, this::result);
    if (explains) {
      run.explain();
    }
    running = run;
    run.start();
  }

  private static boolean isJson(byte[] event) {
    try {
      JsonScanner scanner = new JsonScanner(event, 0, event.length);
      scanner.peek();
      scanner.value();
      scanner.end();
      return true;
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  private void result(OperationResult result) {
    running = null;
    if (over) {
      return;
    }
    sent++;
    meters.sent();
    calls += result.calls().size();
    if (!result.losses().isEmpty()) {
      losses = result.losses();
    }
    try {
      client.next(result);
    } catch (RuntimeException e) {
      broken(e);
    }
    pump();
  }

  /** What nobody expected ends it: whoever waits for events must not wait for ever. */
  private void broken(RuntimeException e) {
    LOG.error(
        "BFF {}: {} failed", door.context().bff().name(), OpenDoor.label(bound.operation()), e);
    if (!over) {
      failure = error(ErrorCode.INTERNAL);
      finish();
    }
  }

  private void finish() {
    GraphqlError why = failure;
    long told = sent;
    stop();
    if (why == null) {
      client.completed();
    } else if (told == 0) {
      client.refused(List.of(why));
    } else {
      client.next(OperationResult.refused(List.of(why)));
      client.completed();
    }
  }

  /** Ends it, because its client wants no more. Harmless after the end. */
  void cancel() {
    if (!over) {
      stop();
    }
  }

  private void stop() {
    over = true;
    queue.clear();
    if (source != null) {
      meters.ended(); // before anybody can see that it is closed
      source.close();
    }
    OperationRun run = running;
    if (run != null) {
      run.cancel();
    }
  }

  /** How many calls its events made. */
  int calls() {
    return calls;
  }

  /** What the last event with losses lost, for the access log. */
  List<Loss> losses() {
    return losses;
  }

  private GraphqlError error(ErrorCode code) {
    return new GraphqlError(
        code, code.message(), root.placed().locations(), List.of(root.key()), Map.of());
  }
}
