package dev.gatehouse.runtime.engine;

import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.HttpTarget;
import dev.gatehouse.runtime.engine.Calling.Keyed;
import dev.gatehouse.runtime.json.JsonText;
import dev.gatehouse.runtime.plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The batch calls of one run. Steps that ask the same operation at the same moment share calls; none waits for another that is not
 * ready. Confined to one event loop.
 */
final class Batches {
  private final Run run;
  private List<Ready> ready = new ArrayList<>(2);

  /** What is to be asked for, how much of it at a time, and the first step that does. */
  private record Ready(Calling by, int atMost, List<Keyed> keyed) {}

  Batches(Run run) {
    this.run = run;
  }

  /** Adds what a step asks for, to what another asks of the same operation under the same limits. */
  void add(Calling by, int atMost, List<Keyed> keyed) {
    for (Ready other : ready) {
      if (mayShare(other.by().step, by.step)
          && run.program.isForTheSame(other.by().step, by.step)) {
        other.keyed().addAll(keyed);
        return;
      }
    }
    ready.add(new Ready(by, atMost, keyed));
  }

  /** Sends what is ready, in chunks of each operation's maximum; false where nothing is. */
  boolean send() {
    if (ready.isEmpty()) {
      return false;
    }
    List<Ready> now = ready;
    ready = new ArrayList<>(2);
    for (Ready each : now) {
      for (int from = 0; from < each.keyed().size(); from += each.atMost()) {
        int to = Math.min(each.keyed().size(), from + each.atMost());
        send(each.by(), each.keyed().subList(from, to));
      }
    }
    return true;
  }

  /** A header may come from the row, and what changes something is never shared. */
  private static boolean mayShare(Step.Call one, Step.Call other) {
    OperationSpec operation = one.operation();
    return one.answers() == other.answers()
        && operation.isSafe()
        && ((HttpTarget) operation.target()).headers().isEmpty()
        && Objects.equals(one.timeout(), other.timeout())
        && one.groups().equals(other.groups());
  }

  private void send(Calling by, List<Keyed> chunk) {
    Request request = Request.ofBatch(run, chunk);
    if (request.state() < 0) {
      chunk.forEach(keyed -> keyed.entry().resolve(request.state()));
    } else {
      by.send(request, chunk.size(), state -> answered(by.step, chunk, state));
    }
  }

  /** Gives each key of a chunk its row of the answer; a key that the answer does not have is absent. */
  private void answered(Step.Call step, List<Keyed> chunk, int firstRow) {
    if (firstRow < 0) {
      chunk.forEach(keyed -> keyed.entry().resolve(firstRow));
      return;
    }
    Map<String, Integer> rows = keysFrom(step, firstRow);
    for (Keyed keyed : chunk) {
      keyed.entry().resolve(rows.getOrDefault(keyed.entry().key, State.ABSENT));
    }
  }

  private Map<String, Integer> keysFrom(Step.Call step, int firstRow) {
    int count = run.tables[step.answers().table().index()].count;
    Map<String, Integer> rows = new HashMap<>((count - firstRow) * 2);
    List<Integer> columns = step.answers().keyColumns();
    for (int row = firstRow; row < count; row++) {
      String key = answerKey(columns, row);
      if (key != null) {
        rows.putIfAbsent(key, row);
      }
    }
    return rows;
  }

  private @Nullable String answerKey(List<Integer> columns, int row) {
    if (columns.size() == 1) {
      return columnText(columns.get(0), row);
    }
    StringBuilder key = new StringBuilder();
    for (int column : columns) {
      String part = columnText(column, row);
      if (part == null) {
        return null;
      }
      append(key, part);
    }
    return key.toString();
  }

  /** Each part with its length before it, so that no two keys look the same. */
  static void append(StringBuilder key, String part) {
    key.append(part.length()).append(':').append(part);
  }

  private @Nullable String columnText(int column, int row) {
    Column values = run.columns[column];
    long range = values.at[row];
    return range < 0 ? null : JsonText.of(values.source[row], State.from(range), State.to(range));
  }
}
