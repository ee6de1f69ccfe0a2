package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.graph.Graph;
import dev.gatehouse.dsl.graph.Node.CallNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A graph pruned to one selection and compiled for execution. Immutable and safe to share. */
public final class Plan {
  private final Graph graph;
  private final @Nullable Selection selection;
  private final List<TableSpec> tables;
  private final List<ColumnSpec> columns;
  private final List<List<Integer>> appendedColumns;
  private final Map<Integer, byte[]> constants;
  private final List<Step> steps;
  private final List<Step.Answers> answers;
  private final List<List<Step>> followers;
  private final Part first;
  private final List<Part> parts;
  private final boolean command;
  private final boolean dependsOnCaller;

  /**
   * A column.
   *
   * @param table the table whose rows it has
   * @param appended whether it grows with the table's rows
   */
  record ColumnSpec(int table, boolean appended) {}

  /**
   * What is written as soon as the steps it needs have ended.
   *
   * @param number what the selection calls it; 0 for the first
   * @param after steps after which all is there; what those wait for is not repeated
   */
  public record Part(int number, Out out, List<Step> after) {}

  Plan(Graph graph, @Nullable Selection selection, PlanBuilder builder, Out out) {
    this.graph = graph;
    this.selection = selection;
    this.tables = List.copyOf(builder.tables());
    this.columns = List.copyOf(builder.columns());
    this.constants = Map.copyOf(builder.constants());
    this.steps = List.copyOf(builder.steps());
    this.answers = List.copyOf(builder.answers());
    this.parts = List.copyOf(builder.parts());
    this.appendedColumns = new ArrayList<>();
    tables.forEach(table -> appendedColumns.add(new ArrayList<>()));
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).appended()) {
        appendedColumns.get(columns.get(i).table()).add(i);
      }
    }
    this.followers = new ArrayList<>();
    steps.forEach(step -> followers.add(new ArrayList<>()));
    for (Step step : steps) {
      for (Step before : step.after()) {
        followers.get(before.index()).add(step);
      }
    }
    this.command = commandOf(graph);
    this.first = new Part(0, out, List.copyOf(firstAfter(builder, out)));
    this.dependsOnCaller = !((Step.Begin) steps.get(0)).callerFacts().isEmpty();
  }

  /** Nothing is written of a command before it is known whether all changes were made. */
  private Set<Step> firstAfter(PlanBuilder builder, Out out) {
    Set<Step> after = builder.stepsBehind(out);
    for (Step step : steps) {
      if (step instanceof Step.Call call && !call.operation().isSafe()) {
        after.add(step);
      }
    }
    return after;
  }

  /** Whether a composite reaches an operation that is not safe, so that only a method that may change things can open it. */
  public static boolean commandOf(Graph graph) {
    return graph.nodes().stream()
        .anyMatch(node -> node instanceof CallNode call && !call.operation().isSafe());
  }

  /** The composite's name. */
  public String name() {
    return graph.name();
  }

  /** Null where it takes none. */
  public @Nullable DataType inputType() {
    return graph.input();
  }

  public DataType outputType() {
    return graph.result().type();
  }

  /** What it was pruned to; null for all. */
  public @Nullable Selection selection() {
    return selection;
  }

  /** Of the whole; null where only the door's applies. */
  public @Nullable Duration deadline() {
    return graph.deadline();
  }

  /** Whether it reaches an operation that is not safe. */
  public boolean isCommand() {
    return command;
  }

  /** Whether its answer depends on who asks. */
  public boolean dependsOnCaller() {
    return dependsOnCaller;
  }

  /** The most calls that one run can make; {@link Long#MAX_VALUE} where nothing bounds it. */
  public long maxCalls() {
    long sum = 0;
    for (Step step : steps) {
      if (step instanceof Step.Call call) {
        long calls = Bounds.calls(call);
        sum = Long.MAX_VALUE - sum < calls ? Long.MAX_VALUE : sum + calls;
      }
    }
    return sum;
  }

  /** The most rows of the largest table; {@link Long#MAX_VALUE} where only the size of an answer limits it. */
  public long maxRows() {
    return tables.stream().mapToLong(TableSpec::maxRows).max().orElse(1);
  }

  /** The most rows of the largest of those tables that something else than the size of an answer limits. */
  public long maxBoundedRows() {
    return tables.stream()
        .mapToLong(TableSpec::maxRows)
        .filter(rows -> rows != Long.MAX_VALUE)
        .max()
        .orElse(1);
  }

  /** What it does, for people and tools. */
  public Explanation explain() {
    return new Explanation(this);
  }

  // For the engine.

  public List<TableSpec> tables() {
    return tables;
  }

  public int columnCount() {
    return columns.size();
  }

  /** The columns that grow with a table, by the table's index. */
  public List<List<Integer>> appendedColumns() {
    return appendedColumns;
  }

  /** The columns that are the same in each run. */
  public Map<Integer, byte[]> constants() {
    return constants;
  }

  /** In an order in which each stands after those it waits for; the first is a {@link Step.Begin}. */
  public List<Step> steps() {
    return steps;
  }

  public List<Step.Answers> answers() {
    return answers;
  }

  /** The steps that wait for a step, by its index. */
  public List<List<Step>> followers() {
    return followers;
  }

  /** How the answer is written; where parts are deferred, the first of them. */
  public Out out() {
    return first.out();
  }

  /** The part that is written first, which is all of it where nothing is deferred. */
  public Part first() {
    return first;
  }

  /** What is written later, for each row of an object that a written part has: by the index that {@link Out.Deferring} names. */
  public List<Part> parts() {
    return parts;
  }
}
