package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.graph.Node.CallerFact;
import dev.gatehouse.dsl.graph.Node.Compensation;
import dev.gatehouse.dsl.graph.Node.DeadlineGroup;
import dev.gatehouse.dsl.graph.Node.JavaFunction;
import dev.gatehouse.dsl.graph.OperationSpec;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One thing the engine does when everything it needs is there. Immutable once planned; has identity. */
public abstract sealed class Step {
  private final int index;
  private final TableSpec table;
  private final Set<Step> after = new LinkedHashSet<>();

  private Step(int index, TableSpec table) {
    this.index = index;
    this.table = table;
  }

  public int index() {
    return index;
  }

  /** The table whose rows it works on. */
  public TableSpec table() {
    return table;
  }

  /** The steps that must have ended before. */
  public Set<Step> after() {
    return after;
  }

  void runAfter(Iterable<Step> steps) {
    for (Step step : steps) {
      if (step != this) {
        after.add(step);
      }
    }
  }

  /** Reads what the request brings: input, arguments, facts about the caller. */
  public static final class Begin extends Step {
    private final @Nullable Read input;
    private final List<ArgumentRead> arguments = new ArrayList<>();
    private final List<CallerRead> callerFacts = new ArrayList<>();

    Begin(int index, TableSpec root, @Nullable Read input) {
      super(index, root);
      this.input = input;
    }

    /** Null where the composite takes no input. */
    public @Nullable Read input() {
      return input;
    }

    public List<ArgumentRead> arguments() {
      return arguments;
    }

    public List<CallerRead> callerFacts() {
      return callerFacts;
    }
  }

  /**
   * An argument to read.
   *
   * @param slot where the request has it; -1 where it gives none
   * @param byDefault used where the request has none; null for absent
   */
  public record ArgumentRead(int slot, byte @Nullable [] byDefault, Read read) {}

  /** A fact about the caller to read. */
  public record CallerRead(CallerFact fact, @Nullable String claim, Read read) {}

  /** Calls an operation for each row, each distinct input once. */
  public static final class Call extends Step {
    private final OperationSpec operation;
    private final Answers answers;
    private final CallInput input;
    private final @Nullable Duration timeout;
    private final List<DeadlineGroup> groups;
    private final @Nullable Compensation compensation;
    private final boolean mustSucceed;
    private @Nullable Loc undoInput;
    private @Nullable Call precededBy;

    Call(
        int index,
        TableSpec table,
        OperationSpec operation,
        Answers answers,
        CallInput input,
        @Nullable Duration timeout,
        List<DeadlineGroup> groups,
        @Nullable Compensation compensation,
        boolean mustSucceed) {
      super(index, table);
      this.operation = operation;
      this.answers = answers;
      this.input = input;
      this.timeout = timeout;
      this.groups = groups;
      this.compensation = compensation;
      this.mustSucceed = mustSucceed;
    }

    public OperationSpec operation() {
      return operation;
    }

    /** Where its answers go, shared by all calls of the operation in this plan. */
    public Answers answers() {
      return answers;
    }

    public CallInput input() {
      return input;
    }

    /** This call's own limit; null where only the operation's applies. */
    public @Nullable Duration timeout() {
      return timeout;
    }

    public List<DeadlineGroup> groups() {
      return groups;
    }

    public @Nullable Compensation compensation() {
      return compensation;
    }

    /** Whether its failure is the failure of the whole: a change whose failure nothing handles. */
    public boolean mustSucceed() {
      return mustSucceed;
    }

    /** Where the compensation's input stands; null where there is no compensation, or it takes none. */
    public @Nullable Loc undoInput() {
      return undoInput;
    }

    void undoInput(Loc loc) {
      undoInput = loc;
    }

    /** The change written before this one; null for the first. */
    public @Nullable Call precededBy() {
      return precededBy;
    }

    void precededBy(Call call) {
      precededBy = call;
    }
  }

  /**
   * Where the answers of an operation's calls go.
   *
   * @param index unique in the plan
   * @param table one row per distinct input
   * @param read how one answer is read: of one input
   * @param whole how a body is read that holds one answer; the same as {@code read}, or around it
   * @param keyColumns for a batch: the columns that note an answer's key
   * @param solo whether exactly one call step, of the root's one row, fills it
   */
  public record Answers(
      int index, TableSpec table, Read read, Read whole, List<Integer> keyColumns, boolean solo) {}

  /**
   * What goes into a call.
   *
   * @param required values without which the call is not made: an absent one makes the answer absent
   * @param variables values of template variables, by name
   * @param body what the body is; for a batch, one key's element of the array; null for none
   * @param keys for a batch: the values that identify a row's input, in the order of the answer's key
   * @param whole the whole input, for an operation in Java; null otherwise
   */
  public record CallInput(
      List<Loc> required,
      List<Variable> variables,
      @Nullable Out body,
      List<Loc> keys,
      @Nullable Out whole) {
    public CallInput {
      required = List.copyOf(required);
      variables = List.copyOf(variables);
      keys = List.copyOf(keys);
    }
  }

  /** A template variable's value. */
  public record Variable(String name, Loc value, boolean list) {}

  /** Applies a Java function to each row. */
  public static final class Apply extends Step {
    private final List<Out> inputs;
    private final List<Type> inputTypes;
    private final JavaFunction function;
    private final String description;
    private final Read result;

    Apply(
        int index,
        TableSpec table,
        List<Out> inputs,
        List<Type> inputTypes,
        JavaFunction function,
        String description,
        Read result) {
      super(index, table);
      this.inputs = List.copyOf(inputs);
      this.inputTypes = List.copyOf(inputTypes);
      this.function = function;
      this.description = description;
      this.result = result;
    }

    public List<Out> inputs() {
      return inputs;
    }

    public List<Type> inputTypes() {
      return inputTypes;
    }

    public JavaFunction function() {
      return function;
    }

    public String description() {
      return description;
    }

    public Read result() {
      return result;
    }
  }

  /** Writes a value of each row as JSON, and reads it again so that its parts can be used. */
  public static final class Materialise extends Step {
    private final Out value;
    private final Read read;

    Materialise(int index, TableSpec table, Out value, Read read) {
      super(index, table);
      this.value = value;
      this.read = read;
    }

    public Out value() {
      return value;
    }

    public Read read() {
      return read;
    }
  }

  /** Takes for each row the first of two values that is there, or turns failure into absence. */
  public static final class Merge extends Step {
    private final Loc main;
    private final @Nullable Loc alternative;
    private final boolean onlyAbsent;
    private final int column;

    Merge(
        int index,
        TableSpec table,
        Loc main,
        @Nullable Loc alternative,
        boolean onlyAbsent,
        int column) {
      super(index, table);
      this.main = main;
      this.alternative = alternative;
      this.onlyAbsent = onlyAbsent;
      this.column = column;
    }

    public Loc main() {
      return main;
    }

    /** Null where a failure becomes absence. */
    public @Nullable Loc alternative() {
      return alternative;
    }

    /** Whether the alternative stands for absence only, and a failure stays one. */
    public boolean onlyAbsent() {
      return onlyAbsent;
    }

    public int column() {
      return column;
    }
  }

  /** Notes an empty list where a list is absent or failed; the rows stay the same. */
  public static final class OrEmpty extends Step {
    private final Loc main;
    private final int column;

    OrEmpty(int index, TableSpec table, Loc main, int column) {
      super(index, table);
      this.main = main;
      this.column = column;
    }

    public Loc main() {
      return main;
    }

    public int column() {
      return column;
    }
  }

  /** Makes a derived table with those rows of a table that a condition picks. */
  public static final class Filter extends Step {
    private final Loc condition;
    private final Test test;
    private final int wanted;
    private final TableSpec rows;

    Filter(int index, TableSpec table, Loc condition, Test test, int wanted, TableSpec rows) {
      super(index, table);
      this.condition = condition;
      this.test = test;
      this.wanted = wanted;
      this.rows = rows;
    }

    public Loc condition() {
      return condition;
    }

    public Test test() {
      return test;
    }

    /** The case's number, for {@link Test#CASE}. */
    public int wanted() {
      return wanted;
    }

    public TableSpec rows() {
      return rows;
    }
  }

  /** What a {@link Filter} picks. */
  public enum Test {
    /** Rows with {@code true}. */
    TRUE,
    /** Rows whose value is absent or failed. */
    MISSING,
    /** Rows whose union is of one case. */
    CASE
  }

  /** Notes the first so many rows of a list's range. */
  public static final class Limit extends Step {
    private final Loc ranges;
    private final Loc count;
    private final int column;

    Limit(int index, TableSpec table, Loc ranges, Loc count, int column) {
      super(index, table);
      this.ranges = ranges;
      this.count = count;
      this.column = column;
    }

    public Loc ranges() {
      return ranges;
    }

    /** How many; absent means all. */
    public Loc count() {
      return count;
    }

    public int column() {
      return column;
    }
  }

  /** Makes a derived table with one row per element that each row reaches, or per element of one half of its list. */
  public static final class Expand extends Step {
    private final Loc ranges;
    private final int atMost;
    private final @Nullable Half half;
    private final TableSpec rows;
    private final int column;

    Expand(
        int index,
        TableSpec table,
        Loc ranges,
        int atMost,
        @Nullable Half half,
        TableSpec rows,
        int column) {
      super(index, table);
      this.ranges = ranges;
      this.atMost = atMost;
      this.half = half;
      this.rows = rows;
      this.column = column;
    }

    /** The list's range of rows. */
    public Loc ranges() {
      return ranges;
    }

    /** The most elements a list may have. */
    public int atMost() {
      return atMost;
    }

    /** How many elements of each list are left out at its begin. */
    public int skip() {
      return half == null ? 0 : half.skip();
    }

    /** How many elements after those are taken, where there are so many. */
    public int most() {
      return half == null ? Integer.MAX_VALUE : half.most();
    }

    public TableSpec rows() {
      return rows;
    }

    /** Notes the range of new rows. */
    public int column() {
      return column;
    }
  }
}
