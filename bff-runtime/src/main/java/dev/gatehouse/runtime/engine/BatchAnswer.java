package dev.gatehouse.runtime.engine;

import dev.gatehouse.runtime.engine.Calling.Keyed;
import dev.gatehouse.runtime.json.JsonText;
import dev.gatehouse.runtime.plan.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows that one run read of the answer to a batch call, by key. Used once. */
final class BatchAnswer {
  private final Run run;
  private final Step.Call step;
  private final int firstRow;

  /**
   * @param firstRow of the answer, or the state that says why there is none
   */
  BatchAnswer(Run run, Step.Call step, int firstRow) {
    this.run = run;
    this.step = step;
    this.firstRow = firstRow;
  }

  /** Gives each key its row; a key that the answer does not have is absent. */
  void resolve(List<Keyed> inputs) {
    if (firstRow < 0) {
      inputs.forEach(input -> input.entry().resolve(firstRow));
      return;
    }
    Map<String, Integer> rows = rows();
    for (Keyed input : inputs) {
      input.entry().resolve(rows.getOrDefault(input.entry().key, State.ABSENT));
    }
  }

  private Map<String, Integer> rows() {
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
