package dev.gatehouse.runtime.engine;

import dev.gatehouse.runtime.json.JsonSink;
import dev.gatehouse.runtime.plan.Hop;
import dev.gatehouse.runtime.plan.Out;
import dev.gatehouse.runtime.upstream.FailureClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes values as JSON by splicing what columns note. A value that is absent or failed climbs to the nearest place that may be
 * absent or has a fallback, as nulls climb in GraphQL (October 2021, section 6.4.4); what was written of the lost part is taken back.
 */
final class Writer {
  private static final int MOST_LOSSES = 100;

  private final Run run;
  private final JsonSink sink;
  private Object[] path = new Object[16];
  private int depth;
  private List<Object> failedAt = List.of();
  private final List<Answer.Loss> losses = new ArrayList<>();
  private List<Promised> promised = List.of();

  Writer(Run run, JsonSink sink) {
    this.run = run;
    this.sink = sink;
  }

  /**
   * @param at where in the answer it writes
   */
  Writer(Run run, JsonSink sink, List<Object> at) {
    this(run, sink);
    at.forEach(this::push);
  }

  /** The parts that follow of what was written, in its order. */
  List<Promised> promised() {
    return promised;
  }

  /** What was lost so far. */
  List<Answer.Loss> losses() {
    return losses;
  }

  /**
   * Writes a value.
   *
   * @return {@link State#OK}; else why there is none, and then nothing was written
   */
  int write(Out out, int row) {
    if (out instanceof Out.Slice slice) {
      return slice(slice.hops(), slice.column(), row);
    }
    if (out instanceof Out.Obj obj) {
      return object(obj, row);
    }
    if (out instanceof Out.Rows rows) {
      return rows(rows, row);
    }
    if (out instanceof Out.Const constant) {
      return constant(constant.json());
    }
    if (out instanceof Out.Move move) {
      int target = run.follow(move.hops(), row);
      return target < 0 ? unwritten(target) : write(move.value(), target);
    }
    if (out instanceof Out.AsText text) {
      int start = sink.length();
      int state = write(text.main(), row);
      if (state == State.OK) {
        sink.quoteIntegers(start);
      }
      return state;
    }
    if (out instanceof Out.OrNull orNull) {
      int state = write(orNull.main(), row);
      if (State.isFailed(state)) {
        lose(state, false);
        return State.ABSENT;
      }
      return state;
    }
    if (out instanceof Out.OrElse orElse) {
      int state = write(orElse.main(), row);
      if (state >= 0) {
        return State.OK;
      }
      int second = constant(orElse.alternative());
      if (State.isFailed(state)) {
        lose(state, second == State.OK);
      }
      return second;
    }
    if (out instanceof Out.Rescue rescue) {
      int state = write(rescue.main(), row);
      if (state >= 0) {
        return State.OK;
      }
      List<Object> mainFailedAt = failedAt;
      if (State.isFailed(state) && run.follow(rescue.alternative().hops(), row) < 0) {
        // The value is there and only a part of it failed, so that nothing was called instead.
        return state;
      }
      int second = write(rescue.alternative(), row);
      if (State.isFailed(state)) {
        List<Object> secondFailedAt = failedAt;
        failedAt = mainFailedAt;
        lose(state, second == State.OK);
        failedAt = secondFailedAt;
      }
      return second;
    }
    if (out instanceof Out.Switch branches) {
      for (Out branch : branches.branches()) {
        int state = write(branch, row);
        if (state != State.ABSENT) {
          return state;
        }
      }
      return State.ABSENT;
    }
    if (out instanceof Out.Cases cases) {
      return cases(cases, row);
    }
    if (out instanceof Out.Deferring deferring) {
      return deferring(deferring, row);
    }
    if (out instanceof Out.Streaming streaming) {
      return streaming(streaming, row);
    }
    return failureLabel((Out.FailureLabel) out, row);
  }

  /** A part that a constant does not have is as absent as any other. */
  private int constant(byte[] json) {
    if (json.length == 4 && json[0] == 'n') {
      return State.ABSENT;
    }
    sink.write(json);
    return State.OK;
  }

  private int slice(List<Hop> hops, int column, int row) {
    int target = hops.isEmpty() ? row : run.follow(hops, row);
    if (target < 0) {
      return unwritten(target);
    }
    Column values = run.columns[column];
    long at = values.at[target];
    report(values, target, at);
    if (at < 0) {
      return unwritten((int) at, column);
    }
    sink.write(values.source[target], State.from(at), State.to(at));
    return State.OK;
  }

  private int object(Out.Obj obj, int row) {
    int target = obj.hops().isEmpty() ? row : run.follow(obj.hops(), row);
    if (target < 0) {
      return unwritten(target);
    }
    if (obj.presence() >= 0) {
      long at = run.columns[obj.presence()].at[target];
      if (at < 0) {
        return unwritten((int) at);
      }
    }
    int start = sink.length();
    int known = losses.size();
    sink.write('{');
    List<Out.Field> fields = obj.fields();
    for (int i = 0, n = fields.size(); i < n; i++) {
      Out.Field field = fields.get(i);
      if (i > 0) {
        sink.write(',');
      }
      sink.write(field.prefix());
      int passed = stretch(fields, i, target);
      if (passed > 0) {
        i += passed - 1;
        continue;
      }
      push(field.key());
      int state = write(field.value(), target);
      if (state < 0) {
        state = climb(state, field.nullable());
        if (state < 0) {
          depth--;
          takeBack(start, known);
          return state;
        }
        sink.writeNull();
      }
      depth--;
    }
    sink.write('}');
    return State.OK;
  }

  /**
   * Writes the value of a field, and with it all those that follow it in the source just as they follow it here: what stands so
   * is copied in one piece.
   *
   * @return how many fields; 0 where the first is not simply there
   */
  private int stretch(List<Out.Field> fields, int first, int row) {
    byte[] source = null;
    int from = 0;
    int to = 0;
    int i = first;
    for (int n = fields.size(); i < n; i++) {
      Out.Field field = fields.get(i);
      if (!(field.value() instanceof Out.Slice slice) || !slice.hops().isEmpty()) {
        break;
      }
      Column column = run.columns[slice.column()];
      long at = column.at[row];
      if (at < 0 || column.replaced(row) != State.OK) {
        break;
      }
      int start = State.from(at);
      if (source == null) {
        source = column.source[row];
        from = start;
      } else if (column.source[row] != source || !follows(source, to, start, field.prefix())) {
        break;
      }
      to = State.to(at);
    }
    if (source != null) {
      sink.write(source, from, to);
    }
    return i - first;
  }

  /** Whether only a comma and a field's name stand between two values. */
  private static boolean follows(byte[] source, int to, int start, byte[] prefix) {
    return start - to == prefix.length + 1
        && source[to] == ','
        && Arrays.equals(source, to + 1, start, prefix, 0, prefix.length);
  }

  private int rows(Out.Rows rows, int row) {
    int target = rows.hops().isEmpty() ? row : run.follow(rows.hops(), row);
    if (target < 0) {
      return unwritten(target);
    }
    long range = run.columns[rows.ranges()].at[target];
    report(run.columns[rows.ranges()], target, range);
    if (range < 0) {
      return unwritten((int) range);
    }
    boolean map = rows.keyColumn() >= 0;
    int start = sink.length();
    int known = losses.size();
    int from = Math.min(State.from(range) + rows.skip(), State.to(range));
    int to = rows.most() < State.to(range) - from ? from + rows.most() : State.to(range);
    sink.write(map ? '{' : '[');
    for (int i = from; i < to; i++) {
      if (i > from) {
        sink.write(',');
      }
      if (map) {
        slice(List.of(), rows.keyColumn(), i);
        sink.write(':');
      }
      push(i - from + rows.index());
      int state = write(rows.element(), i);
      if (state < 0) {
        state = climb(state, rows.elementNullable());
        if (state < 0) {
          depth--;
          takeBack(start, known);
          return state;
        }
        sink.writeNull();
      }
      depth--;
    }
    sink.write(map ? '}' : ']');
    return State.OK;
  }

  private int deferring(Out.Deferring deferring, int row) {
    int state = write(deferring.main(), row);
    if (state == State.OK) {
      List<Object> here = here();
      deferring.parts().forEach(part -> promise(part, row, here));
    }
    return state;
  }

  private int streaming(Out.Streaming streaming, int row) {
    int state = rows(streaming.head(), row);
    if (state == State.OK) {
      Out.Rows tail = streaming.tail();
      int target = run.follow(tail.hops(), row);
      long range = target < 0 ? target : run.columns[tail.ranges()].at[target];
      if (range >= 0 && State.to(range) - State.from(range) > tail.skip()) {
        promise(streaming.part(), row, here());
      }
    }
    return state;
  }

  private void promise(int part, int row, List<Object> at) {
    if (promised.isEmpty()) {
      promised = new ArrayList<>();
    }
    promised.add(new Promised(part, row, at, sink.length()));
  }

  private int cases(Out.Cases cases, int row) {
    int target = cases.hops().isEmpty() ? row : run.follow(cases.hops(), row);
    if (target < 0) {
      return unwritten(target);
    }
    long which = run.columns[cases.presence()].at[target];
    return which < 0 ? unwritten((int) which) : write(cases.cases().get(State.from(which)), target);
  }

  private int failureLabel(Out.FailureLabel label, int row) {
    int start = sink.length();
    int known = losses.size();
    int state = write(label.main(), row);
    truncate(start);
    losses.subList(known, losses.size()).clear();
    if (!State.isFailed(state)) {
      return State.ABSENT;
    }
    sink.writeString(run.failures.get(State.failure(state)).failureClass().label());
    return State.OK;
  }

  /** Forgets what was written of a lost value, and what else was lost inside it: the loss of the whole is reported once. */
  private void takeBack(int length, int known) {
    truncate(length);
    if (losses.size() > known) {
      losses.subList(known, losses.size()).removeIf(loss -> !loss.path().equals(failedAt));
    }
  }

  private void truncate(int length) {
    sink.truncate(length);
    for (int i = promised.size() - 1; i >= 0 && promised.get(i).end() > length; i--) {
      promised.remove(i);
    }
  }

  /** Decides what a value that is not there means for its place: null, or the loss of what it belongs to. */
  private int climb(int state, boolean nullable) {
    if (nullable) {
      if (State.isFailed(state)) {
        lose(state, false);
      }
      return State.OK;
    }
    if (state == State.ABSENT) {
      int failed = run.fail(new Failure(FailureClass.ABSENT, null, "required, but absent"));
      failedAt = here();
      return failed;
    }
    return state;
  }

  /** Reports the failure that a fallback in a column stands for. */
  private void report(Column column, int row, long state) {
    int replaced = column.replaced(row);
    if (replaced != State.OK) {
      failedAt = here();
      lose(replaced, state != State.ABSENT);
    }
  }

  private int unwritten(int state) {
    if (State.isFailed(state)) {
      failedAt = here();
    }
    return state;
  }

  /** The same of a value that a column notes as a whole. */
  private int unwritten(int state, int column) {
    unwritten(state);
    Failure.Inside inside =
        State.isFailed(state) ? run.failures.get(State.failure(state)).inside() : null;
    if (inside != null && inside.column() == column) {
      List<Object> place = new ArrayList<>(failedAt);
      place.addAll(inside.place());
      failedAt = List.copyOf(place);
    }
    return state;
  }

  private List<Object> here() {
    return List.of(Arrays.copyOf(path, depth));
  }

  /** Notes the loss of the failed value that was met last. */
  void lose(int state, boolean replaced) {
    if (losses.size() < MOST_LOSSES) {
      Failure failure = run.failures.get(State.failure(state));
      losses.add(new Answer.Loss(
          failedAt,
          failure.failureClass(),
          failure.operation() == null ? null : failure.operation().service(),
          failure.operation() == null ? null : failure.operation().name(),
          failure.detail(),
          replaced));
    }
  }

  private void push(Object step) {
    if (depth == path.length) {
      path = Arrays.copyOf(path, depth * 2);
    }
    path[depth++] = step;
  }
}
