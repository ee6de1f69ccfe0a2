package dev.gatehouse.runtime.engine.reference;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.runtime.plan.Selection;
import dev.gatehouse.runtime.upstream.FailureClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where in an answer the reference is writing, and every failure that it met. */
public final class Writing {
  private final List<Object> path = new ArrayList<>();
  private final Deque<DataType> inside = new ArrayDeque<>();
  private final List<Failure> failures = new ArrayList<>();
  private final boolean isAnswer;

  private Writing(boolean isAnswer) {
    this.isAnswer = isAnswer;
  }

  /** Of an answer, which shows no record inside itself unless asked to. */
  static Writing answer() {
    return new Writing(true);
  }

  /** Of what something else needs, which is all of it. */
  static Writing elsewhere() {
    return new Writing(false);
  }

  /** As here, but to no place: only what it needs counts. */
  Writing nowhere() {
    Writing nowhere = new Writing(isAnswer);
    nowhere.inside.addAll(inside);
    return nowhere;
  }

  /** A failure, whether or not something stood in its place. */
  public record Failure(List<Object> path, FailureClass why) {}

  /** Everything that failed, also below what was lost already. */
  public List<Failure> failures() {
    return failures;
  }

  Found note(Found found) {
    if (found instanceof Found.Failed failed) {
      note(failed.why());
    }
    return found;
  }

  void note(FailureClass why) {
    failures.add(new Failure(List.copyOf(path), why));
  }

  Found at(Object step, Supplier<Found> value) {
    path.add(step);
    Found found = value.get();
    path.remove(path.size() - 1);
    return found;
  }

  Found within(RecordType record, Supplier<Found> value) {
    inside.push(record);
    Found found = value.get();
    inside.pop();
    return found;
  }

  /** Decides what a value that is not there means for its place; null where null may stand there. */
  @Nullable Found climb(Found found, boolean nullable) {
    if (nullable) {
      return null;
    }
    if (found instanceof Found.Absent) {
      note(FailureClass.ABSENT);
      return new Found.Failed(FailureClass.ABSENT);
    }
    return found;
  }

  /** The selected fields; where nothing is said, all, but no record inside itself. */
  List<Selection.Field> selected(RecordType record, @Nullable Selection selection) {
    if (selection != null) {
      return selection.fields();
    }
    List<Selection.Field> all = new ArrayList<>();
    for (Component component : record.components()) {
      if (!isAnswer || !isInside(component.type())) {
        all.add(Selection.field(component.name()));
      }
    }
    return all;
  }

  /** Whether a record that was read passes as it stands: it lies inside another of its kind, and not in an answer. */
  boolean passes(DataType type) {
    return !isAnswer && isInside(type);
  }

  private boolean isInside(DataType type) {
    if (type instanceof ListType list) {
      return isInside(list.element());
    }
    if (type instanceof MapType map) {
      return isInside(map.value());
    }
    return type instanceof UnionType union
        ? union.cases().stream().anyMatch(one -> inside.contains(one.type()))
        : inside.contains(type);
  }
}
