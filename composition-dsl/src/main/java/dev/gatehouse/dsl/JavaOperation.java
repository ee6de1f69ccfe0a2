package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.finding.CallFinding.OutOfRange;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.OperationSpec;
import dev.gatehouse.dsl.graph.OperationSpec.JavaCode;
import dev.gatehouse.dsl.graph.OperationSpec.JavaTarget;
import dev.gatehouse.dsl.graph.OperationSpec.Safety;
import dev.gatehouse.dsl.graph.Place;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An operation written in Java: the escape for what no service offers as a call. Plans draw it as opaque. Safe unless it says
 * otherwise. Immutable.
 *
 * @param <I> what it is called with
 * @param <O> what it answers
 */
public final class JavaOperation<I, O> extends Operation<I, O> {
  private static final String SERVICE = "java";

  /** Code that does not block. */
  @FunctionalInterface
  public interface Asynchronous<I, O> {
    CompletionStage<? extends @Nullable O> call(I input) throws Exception;
  }

  /** Code that may block. */
  @FunctionalInterface
  public interface Blocking<I, O> {
    @Nullable O call(I input) throws Exception;
  }

  private JavaOperation(OperationSpec spec, List<Finding> findings, @Nullable Undoing undoing) {
    super(spec, findings, undoing);
  }

  static <I, O> JavaOperation<I, O> of(
      String name, Type input, Type output, boolean blocking, JavaCode code) {
    Place place = Places.here();
    List<Finding> findings = new ArrayList<>();
    Names.OPERATION.check("an operation in Java", name, place).ifPresent(findings::add);
    DeclaredTypes types = new DeclaredTypes(SERVICE + " " + name, place);
    DataType answer = types.of(output);
    if (input != Nothing.class) {
      types.of(input);
    }
    findings.addAll(types.findings());
    JavaTarget target = new JavaTarget(input == Nothing.class ? null : input, blocking, code);
    return new JavaOperation<>(
        new OperationSpec(SERVICE, name, target, Safety.SAFE, answer, null, 0, 0, null, place),
        findings,
        null);
  }

  static <I, O> JavaCode staged(Blocking<? super I, ? extends O> code) {
    return given -> CompletableFuture.completedFuture(code.call(cast(given)));
  }

  @SuppressWarnings({"unchecked", "NullAway"
  }) // the engine hands over an object of the declared type
  static <I> I cast(@Nullable Object given) {
    return (I) given;
  }

  /** Says that calling it twice has the effect of calling it once. */
  public JavaOperation<I, O> idempotent() {
    return with(Safety.IDEMPOTENT, spec().perItemAtMost(), spec().timeout(), findings());
  }

  /** Says that it changes something. */
  public JavaOperation<I, O> unsafe() {
    return with(Safety.UNSAFE, spec().perItemAtMost(), spec().timeout(), findings());
  }

  /** Allows so many calls of it per request in a scope of many rows. */
  public JavaOperation<I, O> perItemUpTo(int calls) {
    List<Finding> more = new ArrayList<>(findings());
    if (calls < 1) {
      more.add(new OutOfRange(
          Places.here(),
          NodeText.of(spec()) + ": perItemUpTo",
          String.valueOf(calls),
          "at least 1"));
    }
    return with(spec().safety(), calls, spec().timeout(), more);
  }

  /** Limits the time of one call. */
  public JavaOperation<I, O> within(Duration timeout) {
    List<Finding> more = new ArrayList<>(findings());
    Durations.check(NodeText.of(spec()) + ": within", timeout, Places.here()).ifPresent(more::add);
    return with(spec().safety(), spec().perItemAtMost(), timeout, more);
  }

  private JavaOperation<I, O> with(
      Safety safety, int perItem, @Nullable Duration timeout, List<Finding> findings) {
    OperationSpec old = spec();
    OperationSpec changed = new OperationSpec(
        old.service(),
        old.name(),
        old.target(),
        safety,
        old.answer(),
        null,
        0,
        perItem,
        timeout,
        old.place());
    return new JavaOperation<>(changed, findings, undoing());
  }

  @Override
  public <C> JavaOperation<I, O> undoneBy(
      Operation<C, ?> undo, UndoInput<? super I, ? super O, ? extends C> input) {
    return new JavaOperation<>(spec(), undoFindings(undo), new Undoing(undo, input));
  }
}
