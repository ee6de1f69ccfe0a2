package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Caller;
import dev.gatehouse.graphql.internal.answer.ErrorCode;
import dev.gatehouse.graphql.internal.answer.GraphqlError;
import dev.gatehouse.graphql.internal.operation.BoundEntities;
import dev.gatehouse.graphql.internal.operation.CompiledOperation;
import dev.gatehouse.graphql.internal.operation.CompiledRoot;
import dev.gatehouse.graphql.internal.operation.CompiledRoot.Planned;
import dev.gatehouse.graphql.internal.operation.Cost;
import dev.gatehouse.graphql.internal.operation.EntityBatch;
import dev.gatehouse.graphql.internal.operation.Operations.Bound;
import dev.gatehouse.graphql.internal.operation.Placed;
import dev.gatehouse.runtime.door.HttpOrigin;
import dev.gatehouse.runtime.door.IdempotencyKey;
import dev.gatehouse.runtime.engine.Answer;
import dev.gatehouse.runtime.engine.Answer.CallRecord;
import dev.gatehouse.runtime.engine.Answer.Loss;
import dev.gatehouse.runtime.engine.Changes;
import dev.gatehouse.runtime.engine.Freshness;
import dev.gatehouse.runtime.engine.Inputs;
import dev.gatehouse.runtime.engine.RunGroup;
import dev.gatehouse.runtime.json.JsonSink;
import dev.gatehouse.runtime.telemetry.RequestTrace;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamRequest.Header;
import graphql.language.Document;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one operation: the root fields of a query at the same time, so that they share calls, those of a mutation one after the other.
 * Each has a run of the engine of its own, and a failure costs that field only. Confined to one event loop.
 */
final class OperationRun {
  /** The position of operations that no request of their own brought: no header of it marks them as repeated. */
  static final int NO_REQUEST = -1;

  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);

  private final OpenDoor door;
  private final HttpServerRequest request;
  private final Caller caller;
  private final long start;
  private final int position;
  private final Bound bound;
  private final byte @Nullable [] event;
  private final Consumer<OperationResult> done;
  private final @Nullable IncrementalAnswer incremental;

  /** Each field of {@link CompiledRoot.Entities} has its runs after it. */
  private final List<CompiledRoot> roots;

  private final List<BoundEntities> entities = new ArrayList<>(0);
  private final List<byte @Nullable []> inputs = new ArrayList<>();
  private final List<List<byte @Nullable []>> arguments = new ArrayList<>();
  private final List<@Nullable ErrorCode> refused = new ArrayList<>();
  private final @Nullable Answer[] answers;
  private final Cost cost;
  private final List<RunGroup> groups = new ArrayList<>(1);
  private final List<Header> propagated;
  private final HttpOrigin origin;
  private Map<String, @Nullable Object> schema = Map.of();
  private int open;
  private boolean given;
  private boolean explains;

  /**
   * @param trace what its calls belong to
   * @param start when the request came
   * @param position of the operation among those of the request, or {@link #NO_REQUEST}
   * @param incremental is given the answer part by part, before {@code done} is called; null where it is wanted as a whole
   * @param done called once, perhaps before {@link #start()} returns
   * @throws dev.gatehouse.graphql.internal.answer.RequestRefused where a variable does not fit an argument
   */
  OperationRun(
      OpenDoor door,
      HttpServerRequest request,
      Caller caller,
      RequestTrace trace,
      long start,
      int position,
      Bound bound,
      @Nullable IncrementalAnswer incremental,
      Consumer<OperationResult> done) {
    this(door, request, caller, trace, start, position, bound, null, incremental, done);
  }

  private OperationRun(
      OpenDoor door,
      HttpServerRequest request,
      Caller caller,
      RequestTrace trace,
      long start,
      int position,
      Bound bound,
      byte @Nullable [] event,
      @Nullable IncrementalAnswer incremental,
      Consumer<OperationResult> done) {
    this.door = door;
    this.request = request;
    this.caller = caller;
    this.start = start;
    this.position = position;
    this.bound = bound;
    this.event = event;
    this.incremental = incremental;
    this.done = done;
    this.roots = new ArrayList<>();
    this.propagated = door.context().propagation().from(request.headers());
    this.origin = new HttpOrigin(request, caller, trace.context());
    // Everything is bound before anything is called.
    for (CompiledRoot root : bound.operation().roots()) {
      boolean planned = root instanceof Planned;
      add(
          root,
          event != null ? event : planned ? ((Planned) root).input().json(bound.variables()) : null,
          planned ? ((Planned) root).input().arguments(bound.variables()) : List.of(),
          planned && event == null
              ? door.refusal(((Planned) root).field(), request, caller)
              : null);
      if (root instanceof CompiledRoot.Entities asked) {
        BoundEntities found = door.operations()
            .entities()
            .bind(asked, bound.variables(), field -> door.refusal(field, request, caller));
        entities.add(found);
        found
            .batches()
            .forEach(batch -> add(batch.planned(), batch.json(), batch.arguments(), null));
      }
    }
    if (entities.isEmpty()) {
      this.cost = bound.operation().cost();
    } else {
      this.cost = door.operations().entities().checkCost(roots);
      long charged = Math.max(1, bound.operation().cost().calls());
      door.rate().charge(request, caller, Math.max(0, cost.calls() - charged));
    }
    this.answers = new @Nullable Answer[roots.size()];
  }

  private void add(
      CompiledRoot root,
      byte @Nullable [] input,
      List<byte @Nullable []> fieldArguments,
      @Nullable ErrorCode refusal) {
    roots.add(root);
    inputs.add(input);
    arguments.add(fieldArguments);
    refused.add(refusal);
  }

  /** Runs the only root field of a subscription for an event, which its caller may see. */
  static OperationRun ofEvent(
      OpenDoor door,
      HttpServerRequest request,
      Caller caller,
      RequestTrace trace,
      Bound bound,
      byte[] event,
      Consumer<OperationResult> done) {
    return new OperationRun(
        door, request, caller, trace, System.nanoTime(), NO_REQUEST, bound, event, null, done);
  }

  /** Has the result tell what was planned and done; before it starts. */
  void explain() {
    explains = true;
  }

  void start() {
    List<GraphqlError> fatal = new ArrayList<>(0);
    for (int i = 0; i < roots.size(); i++) {
      if (isRun(i)) {
        open++;
      } else if (roots.get(i) instanceof CompiledRoot.Service service) {
        ErrorCode code = door.schemaRefusal(request, caller);
        if (code != null) {
          fatal.add(
              GraphqlError.of(code).at(service.placed().locations()).on(List.of(service.key())));
        }
      }
    }
    if (!fatal.isEmpty()) {
      withoutData(fatal);
      return;
    }
    schema = schema();
    if (incremental != null) {
      incremental.begin(schema, refused);
    }
    if (open == 0) {
      end();
    } else if (bound.operation().mutation()) {
      next(0);
    } else {
      RunGroup group = group();
      for (int i = 0; i < roots.size(); i++) {
        if (isRun(i)) {
          add(i, group, -1);
        }
      }
      group.start();
    }
  }

  /** The schema is never null, so that all of the data is where it is not told: nothing is called. */
  private void withoutData(List<GraphqlError> errors) {
    finish(new OperationResult(
        OpenDoor.label(bound.operation()),
        NULL,
        errors,
        List.of(),
        List.of(),
        Freshness.NO_STORE,
        true));
  }

  /** Gives up what is under way, and does not begin the rest. */
  void cancel() {
    given = true;
    List.copyOf(groups).forEach(group -> group.cancel(FailureClass.CANCELLED));
  }

  private boolean isRun(int i) {
    return roots.get(i) instanceof Planned && refused.get(i) == null;
  }

  /** Runs the first field of a mutation from here on. */
  private void next(int from) {
    for (int i = from; i < roots.size(); i++) {
      if (isRun(i)) {
        if (given) {
          open--;
          continue;
        }
        RunGroup alone = group();
        add(i, alone, i + 1);
        alone.start();
        return;
      }
    }
    if (open == 0) {
      end();
    }
  }

  private RunGroup group() {
    RunGroup group = door.context().compositions().group();
    groups.add(group);
    return group;
  }

  private void add(int i, RunGroup group, int then) {
    Planned planned = (Planned) roots.get(i);
    Inputs given = new Inputs(
        inputs.get(i),
        arguments.get(i),
        caller,
        start + door.budgetNanos(planned.field()),
        propagated,
        bound.operation().mutation() && position != NO_REQUEST
            ? IdempotencyKey.of(request.headers(), caller, position + " " + planned.key())
            : null,
        origin);
    if (incremental != null) {
      addInParts(i, planned, given, group, then);
      return;
    }
    group.add(planned.plan(), given, null, answer -> {
      answers[i] = answer;
      open--;
      if (then >= 0) {
        next(then);
      } else if (open == 0) {
        end();
      }
    });
  }

  /** The next field of a mutation does not wait for what follows the first part of this one. */
  private void addInParts(int i, Planned planned, Inputs given, RunGroup group, int then) {
    boolean[] begun = {false};
    group.add(
        planned.plan(),
        given,
        pieces -> {
          incremental().given(i, pieces);
          if (!begun[0]) {
            begun[0] = true;
            if (then >= 0) {
              next(then);
            }
          }
        },
        answer -> {
          answers[i] = answer;
          open--;
          if (!begun[0]) {
            incremental().lost(i, answer);
            if (then >= 0) {
              next(then);
              return;
            }
          }
          if (open == 0) {
            end();
          }
        });
  }

  private IncrementalAnswer incremental() {
    return Objects.requireNonNull(incremental, "who runs in parts gives them to somebody");
  }

  private Map<String, @Nullable Object> schema() {
    Document introspection = bound.operation().introspection();
    return introspection == null
        ? Map.of()
        : door.schemaQueries().answer(introspection, bound.variables());
  }

  private void end() {
    CompiledOperation operation = bound.operation();
    List<GraphqlError> errors = new ArrayList<>();
    List<Loss> losses = new ArrayList<>();
    List<CallRecord> calls = new ArrayList<>();
    Freshness freshness = Freshness.UNLIMITED;
    boolean dependsOnCaller = false;
    JsonSink out = new JsonSink(size());
    Iterator<BoundEntities> asked = entities.iterator();
    out.write('{');
    for (int i = 0; i < roots.size(); i++) {
      CompiledRoot root = roots.get(i);
      if (i > 0) {
        out.write(',');
      }
      out.writeString(root.key());
      out.write(':');
      if (root instanceof CompiledRoot.TypeName name) {
        out.writeString(name.type());
      } else if (root instanceof CompiledRoot.Introspection) {
        out.write(Json.encodeToBuffer(schema.get(root.key())).getBytes());
      } else if (root instanceof CompiledRoot.Service service) {
        dependsOnCaller |= !door.schemaAccess().open();
        out.write(service.json());
      } else if (root instanceof CompiledRoot.Entities) {
        BoundEntities found = asked.next();
        EntitiesAnswer put = new EntitiesAnswer(found);
        for (EntityBatch batch : found.batches()) {
          Answer answer = answers[++i];
          dependsOnCaller |= !door.access(batch.planned().field()).open();
          if (answer == null) {
            put.refuse(batch, ErrorCode.UNAVAILABLE);
            freshness = Freshness.NO_STORE;
          } else {
            put.add(batch, answer);
            calls.addAll(answer.calls());
            freshness = freshness.and(answer.freshness());
            dependsOnCaller |= answer.dependsOnCaller();
          }
        }
        put.write(out);
        errors.addAll(put.errors());
        losses.addAll(put.losses());
      } else {
        Planned planned = (Planned) root;
        Answer answer = answers[i];
        dependsOnCaller |= !door.access(planned.field()).open();
        if (answer == null) {
          ErrorCode code = refused.get(i);
          errors.add(error(planned, code == null ? ErrorCode.UNAVAILABLE : code));
          freshness = Freshness.NO_STORE;
          out.writeNull();
          continue;
        }
        if (incremental == null) {
          write(planned, answer.json(), answer.failure(), out);
        } else {
          out.writeNull(); // its parts were told as they came
        }
        errors(planned, answer.losses(), answer.failure(), answer.changes(), errors);
        losses(planned, answer.losses(), losses);
        calls.addAll(answer.calls());
        freshness = freshness.and(answer.freshness());
        dependsOnCaller |= answer.dependsOnCaller() || planned.plan().dependsOnCaller();
      }
    }
    out.write('}');
    finish(new OperationResult(
        OpenDoor.label(operation),
        out.toByteArray(),
        errors,
        losses,
        calls,
        freshness,
        dependsOnCaller));
  }

  private void finish(OperationResult result) {
    done.accept(explains ? OperationExplanation.explained(roots, cost, result) : result);
  }

  private int size() {
    int size = 64;
    if (incremental != null) {
      return size;
    }
    for (Answer answer : answers) {
      Buffer json = answer == null ? null : answer.json();
      size += json == null ? 64 : json.length() + 64;
    }
    return size;
  }

  /** Writes the value of a root field, or its first part. */
  static void write(
      Planned planned, @Nullable Buffer json, @Nullable FailureClass failure, JsonSink out) {
    if (failure != null) {
      out.writeNull();
    } else if (planned.field().output() == null) {
      out.write(TRUE);
    } else if (json == null) {
      out.writeNull();
    } else {
      ByteBuf bytes = ((BufferInternal) json).getByteBuf();
      if (bytes.hasArray()) {
        int from = bytes.arrayOffset() + bytes.readerIndex();
        out.write(bytes.array(), from, from + bytes.readableBytes());
      } else {
        out.write(json.getBytes());
      }
    }
  }

  /** One error for each place that is null because something was lost; what a fallback stands for is whole enough. */
  static void errors(
      Planned planned,
      List<Loss> losses,
      @Nullable FailureClass failure,
      @Nullable Changes changes,
      List<GraphqlError> errors) {
    Set<List<Object>> told = new HashSet<>();
    for (Loss loss : losses) {
      if (loss.replaced()) {
        continue;
      }
      List<Object> path = new ArrayList<>();
      path.add(planned.key());
      Placed placed = planned.placed().follow(loss.path(), path);
      if (told.add(path)) {
        ErrorCode code = ErrorCode.of(loss.failureClass());
        errors.add(
            new GraphqlError(code, code.message(), placed.locations(), path, details(changes)));
      }
    }
    // What does not exist, without anything that says it must, is null and no error; a mutation has
    // to have done something.
    boolean isError = failure != FailureClass.ABSENT || changes != null;
    if (told.isEmpty() && failure != null && isError) {
      errors.add(error(planned, ErrorCode.of(failure), details(changes)));
    }
  }

  /** What became of what a mutation changes, for its errors. */
  private static Map<String, String> details(@Nullable Changes changes) {
    return changes == null ? Map.of() : Map.of("changes", changes.label());
  }

  static GraphqlError error(Planned planned, ErrorCode code) {
    return error(planned, code, Map.of());
  }

  private static GraphqlError error(Planned planned, ErrorCode code, Map<String, String> details) {
    return new GraphqlError(
        code, code.message(), planned.placed().locations(), List.of(planned.key()), details);
  }

  static void losses(Planned planned, List<Loss> found, List<Loss> losses) {
    for (Loss loss : found) {
      List<Object> path = new ArrayList<>();
      path.add(planned.key());
      path.addAll(loss.path());
      losses.add(new Loss(
          path,
          loss.failureClass(),
          loss.service(),
          loss.operation(),
          loss.detail(),
          loss.replaced()));
    }
  }
}
