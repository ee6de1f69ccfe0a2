package dev.gatehouse.runtime.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.gatehouse.dsl.contract.JsonMapping;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.graph.Node.DeadlineGroup;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.runtime.json.JsonScanner;
import dev.gatehouse.runtime.json.JsonSink;
import dev.gatehouse.runtime.json.MalformedJsonException;
import dev.gatehouse.runtime.plan.Hop;
import dev.gatehouse.runtime.plan.Loc;
import dev.gatehouse.runtime.plan.Out;
import dev.gatehouse.runtime.plan.Read;
import dev.gatehouse.runtime.plan.Step;
import dev.gatehouse.runtime.upstream.FailureClass;
import dev.gatehouse.runtime.upstream.UpstreamException;
import dev.gatehouse.runtime.upstream.UpstreamRequest;
import io.netty.buffer.Unpooled;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a plan: its tables, columns and what still waits. Confined to one event loop. */
final class Run implements Execution, Answer {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final byte[][] NO_SOURCES = {};

  final Program program;
  final Compositions home;
  final Inputs inputs;
  final long startNanos;
  final Table[] tables;
  final Column[] columns;
  final int[][] links;
  final AnswerKeys[] answers;
  final Outbox outbox;
  final List<Failure> failures = new ArrayList<>(4);
  final List<UpstreamRequest> inFlight = new ArrayList<>(8);
  final List<Promise<?>> inJava = new ArrayList<>(1);
  final List<Step.Call> attempted = new ArrayList<>(0);

  private final Handler<Answer> done;
  private final int[] waiting;
  private final ArrayDeque<Step> ready = new ArrayDeque<>();
  private final List<CallRecord> calls = new ArrayList<>(8);
  private @Nullable Map<DeadlineGroup, Long> groupEnds;
  private Freshness freshness = Freshness.UNLIMITED;
  private int retryAfterSeconds;
  private @Nullable OperationSpec reading;
  private @Nullable FailureClass cancelled;
  private @Nullable Undoing undoing;
  private final @Nullable PartWriter parts;
  private int unfinished;
  private boolean draining;
  private boolean finished;
  private @Nullable Buffer json;
  private @Nullable FailureClass failure;
  private @Nullable Changes changes;
  private List<Loss> losses = List.of();

  /**
   * @param outbox sends the calls; perhaps with those of other runs
   * @param pieces is given the answer part by part; null where it is written as a whole
   */
  Run(
      Program program,
      Compositions home,
      Outbox outbox,
      Inputs inputs,
      @Nullable Handler<List<Piece>> pieces,
      Handler<Answer> done) {
    this.program = program;
    this.home = home;
    this.outbox = outbox;
    this.inputs = inputs;
    this.done = done;
    this.startNanos = System.nanoTime();
    int tableCount = program.plan.tables().size();
    columns = program.constants.clone();
    tables = new Table[tableCount];
    for (int i = 0; i < tableCount; i++) {
      tables[i] = new Table(columns, program.plan.appendedColumns().get(i));
      if (program.soloTables[i]) {
        tables[i].reserve(1);
      }
    }
    tables[0].count = 1;
    links = new int[program.steps.length][];
    answers = new AnswerKeys[program.wholes.length];
    waiting = program.waiting.clone();
    unfinished = waiting.length;
    parts = pieces == null ? null : new PartWriter(this, pieces);
  }

  void start() {
    for (Step step : program.steps) {
      if (waiting[step.index()] == 0) {
        ready.add(step);
      }
    }
    drain();
  }

  // Scheduling.

  /** Called when a step has ended; runs what waited for it. */
  void ended(Step step) {
    unfinished--;
    if (parts != null) {
      parts.ended(step);
    }
    for (Step follower : program.followers[step.index()]) {
      if (--waiting[follower.index()] == 0) {
        ready.add(follower);
      }
    }
    drain();
  }

  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    do {
      do {
        Step step;
        while ((step = ready.poll()) != null) {
          run(step);
        }
        // Only now, so that all that is ready at this moment shares them.
      } while (outbox.send());
      if (parts != null) {
        parts.write();
      }
      // Who takes a part may give the run up, and so end steps.
    } while (!ready.isEmpty());
    draining = false;
    if (unfinished == 0 && !finished) {
      finished = true;
      finish();
    }
  }

  private void run(Step step) {
    if (step instanceof Step.Call call) {
      new Calling(this, call).start();
      return;
    }
    if (step instanceof Step.Begin begin) {
      begin(begin);
    } else if (step instanceof Step.Expand expand) {
      Shaping.expand(this, expand);
    } else if (step instanceof Step.Filter filter) {
      Shaping.filter(this, filter);
    } else if (step instanceof Step.Merge merge) {
      Shaping.merge(this, merge);
    } else if (step instanceof Step.OrEmpty orEmpty) {
      Shaping.orEmpty(this, orEmpty);
    } else if (step instanceof Step.Limit limit) {
      Shaping.limit(this, limit);
    } else if (step instanceof Step.Apply apply) {
      apply(apply);
    } else {
      materialise((Step.Materialise) step);
    }
    ended(step);
  }

  // Following values.

  /** The row that hops lead to; negative where they lead nowhere, as {@link State} says. */
  int follow(List<Hop> hops, int row) {
    int at = row;
    for (int i = 0, n = hops.size(); i < n && at >= 0; i++) {
      Hop hop = hops.get(i);
      at = switch (hop.kind()) {
        case ROOT -> 0;
        case PARENT -> tables[hop.index()].parent[at];
        case ELEMENT -> tables[hop.index()].element[at];
        case CHILD -> tables[hop.index()].childOf[at];
        case LINK -> links[hop.index()][at];
      };
    }
    return at;
  }

  /** The state of a value. */
  long at(Loc loc, int row) {
    int target = follow(loc.hops(), row);
    return target < 0 ? target : columns[loc.column()].at[target];
  }

  /** The failure that a fallback stands for in a value, or {@link State#OK}. */
  int replaced(Loc loc, int row) {
    int target = follow(loc.hops(), row);
    return target < 0 ? State.OK : columns[loc.column()].replaced(target);
  }

  /** The bytes of a value that is there. */
  byte[] source(Loc loc, int row) {
    return columns[loc.column()].source[follow(loc.hops(), row)];
  }

  int fail(Failure failed) {
    failures.add(failed);
    return State.failed(failures.size() - 1);
  }

  /** What was read does not fit its contract. */
  int nonsense(String detail) {
    return nonsense(detail, null);
  }

  /**
   * @param inside where in a list; null where it is none, or all of it
   */
  int nonsense(String detail, Failure.@Nullable Inside inside) {
    OperationSpec operation = reading;
    return fail(new Failure(FailureClass.NONSENSE, operation, detail, inside));
  }

  // Reading.

  private void begin(Step.Begin begin) {
    Read input = begin.input();
    if (input != null) {
      byte[] bytes = inputs.json() == null ? NULL : inputs.json();
      readRows(input, 1, new byte[][] {bytes}, null);
    }
    for (Step.ArgumentRead argument : begin.arguments()) {
      byte[] given =
          argument.slot() >= 0 && argument.slot() < inputs.arguments().size()
              ? inputs.arguments().get(argument.slot())
              : null;
      byte[] value = given == null ? argument.byDefault() : given;
      readRows(argument.read(), 1, new byte[][] {value == null ? NULL : value}, null);
    }
    for (Step.CallerRead fact : begin.callerFacts()) {
      readRows(fact.read(), 1, new byte[][] {CallerFacts.json(inputs.caller(), fact)}, null);
    }
  }

  /**
   * Reads one JSON value per row into columns made for them.
   *
   * @param states where not null: the state of rows that have no JSON
   */
  private void readRows(Read read, int count, byte[][] sources, long @Nullable [] states) {
    ReadOp op = program.read(read);
    for (int column : program.ownColumns(read)) {
      columns[column] = new Column(new long[count], sources);
    }
    for (int row = 0; row < count; row++) {
      if (states != null && states[row] < 0) {
        op.set(this, row, states[row]);
        continue;
      }
      byte[] bytes = sources[row];
      try {
        JsonScanner scanner = new JsonScanner(bytes, 0, bytes.length);
        op.read(scanner, this, bytes, row);
        scanner.end();
      } catch (MalformedJsonException e) {
        op.forgetBelow(this, row);
        op.set(
            this,
            row,
            fail(new Failure(
                FailureClass.INTERNAL, null, "made malformed JSON: " + e.getMessage())));
      }
    }
  }

  /**
   * Reads the body of an answer; what is no JSON fails the answer.
   *
   * @return the row, or the state that says why there is none
   */
  int readAnswer(Step.Call call, byte[] bytes, int from, int to) {
    Table table = tables[call.answers().table().index()];
    ReadOp op = program.wholes[call.answers().index()];
    reading = call.operation();
    boolean batch = call.operation().batch() != null;
    int row = batch ? table.count : table.append(0, bytes);
    try {
      JsonScanner scanner = new JsonScanner(bytes, from, to);
      boolean whole = op.read(scanner, this, bytes, batch ? 0 : row);
      scanner.end();
      return batch && !whole ? nonsense("the body holds no list of answers") : row;
    } catch (MalformedJsonException e) {
      if (batch) {
        op.forgetRows(this, row);
      } else {
        op.forgetBelow(this, row);
        table.truncate(row);
      }
      return nonsense("the body is no JSON of the contract: " + e.getMessage());
    } finally {
      reading = null;
    }
  }

  /**
   * Notes an answer that has nothing to say: of a batch, that it holds no key; where nothing was expected, that this is all of it;
   * else that it is absent.
   */
  int emptyAnswer(Step.Call call) {
    Table table = tables[call.answers().table().index()];
    if (call.operation().batch() != null) {
      return table.count;
    }
    int row = table.append(0, NULL);
    boolean whole = call.operation().answer().javaType() == Nothing.class;
    program.wholes[call.answers().index()].set(
        this, row, whole ? State.range(0, NULL.length) : State.ABSENT);
    return row;
  }

  private void materialise(Step.Materialise step) {
    int count = tables[step.table().index()].count;
    byte[][] sources = new byte[count][];
    long[] states = new long[count];
    for (int row = 0; row < count; row++) {
      JsonSink sink = new JsonSink(128);
      states[row] = write(step.value(), row, sink);
      sources[row] = sink.toByteArray();
    }
    readRows(step.read(), count, sources, states);
  }

  /** Writes a value that another step needs; what is lost inside it is not reported a second time. */
  int write(Out out, int row, JsonSink sink) {
    return new Writer(this, sink).write(out, row);
  }

  private void apply(Step.Apply step) {
    int count = tables[step.table().index()].count;
    byte[][] sources = new byte[count][];
    long[] states = new long[count];
    for (int row = 0; row < count; row++) {
      sources[row] = NULL;
      try {
        states[row] = apply(step, row, sources);
      } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
        String detail = "the function " + step.description() + " threw " + e;
        states[row] = fail(new Failure(FailureClass.INTERNAL, null, detail));
      }
    }
    readRows(step.result(), count, sources, states);
  }

  private long apply(Step.Apply step, int row, byte[][] sources) throws Exception {
    Object[] arguments = new Object[step.inputs().size()];
    for (int i = 0; i < arguments.length; i++) {
      JsonSink sink = new JsonSink(128);
      int state = write(step.inputs().get(i), row, sink);
      if (state < 0) {
        return state;
      }
      arguments[i] =
          JsonMapping.reader(step.inputTypes().get(i)).readValue(sink.array(), 0, sink.length());
    }
    Object result = step.function().apply(arguments);
    if (result == null) {
      return State.ABSENT;
    }
    sources[row] = json(result, step.result().type().javaType());
    return State.OK;
  }

  static byte[] json(Object value, java.lang.reflect.Type type) throws JsonProcessingException {
    return JsonMapping.writer(type).writeValueAsBytes(value);
  }

  // Calls.

  /** When a call must have ended: the earliest of the limits on it. */
  long deadline(Step.Call call, long now) {
    long end = inputs.deadlineNanos();
    if (call.operation().timeout() != null) {
      end = earlier(end, now + call.operation().timeout().toNanos());
    }
    if (call.timeout() != null) {
      end = earlier(end, now + call.timeout().toNanos());
    }
    for (DeadlineGroup group : call.groups()) {
      if (groupEnds == null) {
        groupEnds = new IdentityHashMap<>();
      }
      end =
          earlier(end, groupEnds.computeIfAbsent(group, key -> now + key.limit().toNanos()));
    }
    return end;
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
  }

  void record(OperationSpec operation, CallRecord call) {
    calls.add(call);
    home.observer().called(operation, call);
  }

  void allows(Freshness part) {
    freshness = freshness.and(part);
  }

  @Nullable FailureClass cancelled() {
    return cancelled;
  }

  @Override
  public void cancel(FailureClass reason) {
    if (mark(reason)) {
      endCalls(reason);
    }
  }

  /**
   * Has it begin nothing more.
   *
   * @return false where it has ended, or has been told so before
   */
  boolean mark(FailureClass reason) {
    if (finished && undoing == null || cancelled != null) {
      return false;
    }
    cancelled = reason;
    return true;
  }

  /** Ends the calls of a run that begins nothing more. */
  void endCalls(FailureClass reason) {
    UpstreamException why = new UpstreamException(reason, "given up: " + reason.label());
    for (UpstreamRequest request : List.copyOf(inFlight)) {
      // A change is left to end, so that it is known whether it must be undone.
      if (request.operation().isSafe()) {
        request.cancel(why);
      }
    }
    for (Promise<?> call : List.copyOf(inJava)) {
      call.tryFail(why);
    }
  }

  // The end.

  /** The first change that failed though it must not, once all changes were tried. */
  Step.@Nullable Call broken() {
    if (program.plan.isCommand()) {
      for (Step step : program.steps) {
        if (step instanceof Step.Call call && call.mustSucceed() && links[call.index()][0] < 0) {
          return call;
        }
      }
    }
    return null;
  }

  private void finish() {
    Step.Call failed = broken();
    if (failed == null) {
      changes = program.plan.isCommand() ? Changes.DONE : null;
      write();
      done.handle(this);
      return;
    }
    Undoing started = new Undoing(this, program.steps);
    undoing = started;
    started.run(() -> {
      undoing = null;
      changes = started.outcome();
      giveUp(links[failed.index()][0]);
      done.handle(this);
    });
  }

  private void write() {
    if (parts != null) {
      Piece first = parts.first();
      if (first != null) {
        json = first.json();
        failure = cancelled != null ? cancelled : first.failure();
        losses = parts.losses();
        return;
      }
    }
    JsonSink sink = new JsonSink(program.answerBytes());
    Writer writer = new Writer(this, sink);
    int state = cancelled != null ? State.ABSENT : writer.write(program.plan.out(), 0);
    losses = writer.losses();
    if (cancelled != null) {
      failure = cancelled;
      freshness = Freshness.NO_STORE;
    } else if (state == State.OK) {
      program.answered(sink.length());
      json = BufferInternal.buffer(Unpooled.wrappedBuffer(sink.array(), 0, sink.length()));
    } else {
      if (State.isFailed(state)) {
        writer.lose(state, false);
      }
      failed(state);
    }
  }

  private void giveUp(int state) {
    if (State.isFailed(state)) {
      Writer writer = new Writer(this, new JsonSink(16));
      writer.lose(state, false);
      losses = writer.losses();
    }
    failed(state);
    if (cancelled != null) {
      failure = cancelled;
    }
  }

  private void failed(int state) {
    failure = failureClass(state);
    retryAfterSeconds =
        State.isFailed(state) ? failures.get(State.failure(state)).retryAfterSeconds() : 0;
  }

  FailureClass failureClass(int state) {
    return State.isFailed(state)
        ? failures.get(State.failure(state)).failureClass()
        : FailureClass.ABSENT;
  }

  @Override
  public @Nullable Buffer json() {
    return json;
  }

  @Override
  public @Nullable FailureClass failure() {
    return failure;
  }

  @Override
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }

  @Override
  public List<Loss> losses() {
    return losses;
  }

  @Override
  public Freshness freshness() {
    return program.plan.isCommand() ? Freshness.NO_STORE : freshness;
  }

  @Override
  public List<CallRecord> calls() {
    return calls;
  }

  @Override
  public @Nullable Changes changes() {
    return changes;
  }

  @Override
  public boolean dependsOnCaller() {
    return program.plan.dependsOnCaller();
  }

  /** A column made by a step for all rows of its table. */
  Column newColumn(int index, int rows) {
    byte[][] sources = rows == 0 ? NO_SOURCES : new byte[rows][];
    Column column = new Column(new long[rows], sources);
    columns[index] = column;
    return column;
  }
}
