package dev.gatehouse.dsl;

import dev.gatehouse.dsl.finding.CallFinding.BadCompensation;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One typed call on a service, or one written in Java. Immutable.
 *
 * <p>What is wrong with its declaration, or with what it is called with, is found when a composite calls it.
 *
 * @param <I> what it is called with: a scalar or a record; {@link dev.gatehouse.dsl.contract.Nothing} where it takes nothing
 * @param <O> what it answers
 */
public sealed class Operation<I, O> permits ListOperation, JavaOperation {
  private final OperationSpec spec;
  private final List<Finding> findings;
  private final @Nullable Undoing undoing;

  Operation(OperationSpec spec, List<Finding> findings, @Nullable Undoing undoing) {
    this.spec = spec;
    this.findings = List.copyOf(findings);
    this.undoing = undoing;
  }

  /**
   * An operation written in Java, without blocking.
   *
   * @param name what plans, metrics and errors call it
   * @param code runs on the event loop; a failed stage, or an exception, is a failed call, and null an absent answer
   */
  public static <I, O> JavaOperation<I, O> inJava(
      String name,
      Class<I> input,
      Class<O> output,
      JavaOperation.Asynchronous<? super I, ? extends O> code) {
    return JavaOperation.of(
        name, input, output, false, given -> code.call(JavaOperation.cast(given)));
  }

  /**
   * An operation written in Java that may block: it runs on a virtual thread where the JVM has them, else on a worker.
   *
   * @param name what plans, metrics and errors call it
   * @param code an exception is a failed call, and null an absent answer
   */
  public static <I, O> JavaOperation<I, O> blocking(
      String name,
      Class<I> input,
      Class<O> output,
      JavaOperation.Blocking<? super I, ? extends O> code) {
    return JavaOperation.of(name, input, output, true, JavaOperation.staged(code));
  }

  /** Calls it. Equal calls of a safe operation are one. */
  public Value<O> call(Value<I> input) {
    Definition current = Definition.current(NodeText.of(spec) + ".call");
    return Value.of(current, Calls.call(current, this, input));
  }

  /**
   * The same, with what undoes it where a later call of the same command fails.
   *
   * @param undo what is then called
   * @param input what with, such as {@code UndoInput.answer(Reservation::id)}
   */
  public <C> Operation<I, O> undoneBy(
      Operation<C, ?> undo, UndoInput<? super I, ? super O, ? extends C> input) {
    return new Operation<>(spec, undoFindings(undo), new Undoing(undo, input));
  }

  final List<Finding> undoFindings(Operation<?, ?> undo) {
    List<Finding> more = new ArrayList<>(findings);
    if (spec.safety() == Safety.SAFE) {
      more.add(new BadCompensation(
          Places.here(),
          NodeText.of(spec),
          NodeText.of(undo.spec()),
          "it is safe: there is nothing to undo",
          "compensations of operations that change something"));
    }
    if (undo.spec().safety() == Safety.SAFE) {
      more.add(new BadCompensation(
          Places.here(),
          NodeText.of(spec),
          NodeText.of(undo.spec()),
          "that is safe and undoes nothing",
          "an operation that changes something"));
    }
    return more;
  }

  /** What it is, without its Java type parameters. */
  public final OperationSpec spec() {
    return spec;
  }

  /** What is wrong with its declaration; each composite that calls it reports this. */
  public final List<Finding> findings() {
    return findings;
  }

  final @Nullable Undoing undoing() {
    return undoing;
  }

  @Override
  public final String toString() {
    return NodeText.of(spec);
  }
}
