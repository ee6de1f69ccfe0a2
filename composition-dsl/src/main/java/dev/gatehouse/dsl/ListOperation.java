package dev.gatehouse.dsl;

import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.OperationSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation that answers a list. Immutable.
 *
 * @param <I> what it is called with
 * @param <E> the type of an element
 */
public final class ListOperation<I, E> extends Operation<I, List<E>> {

  ListOperation(OperationSpec spec, List<Finding> findings, @Nullable Undoing undoing) {
    super(spec, findings, undoing);
  }

  @Override
  public Items<E> call(Value<I> input) {
    Definition current = Definition.current(NodeText.of(spec()) + ".call");
    return Items.list(current, Calls.call(current, this, input));
  }

  @Override
  public <C> ListOperation<I, E> undoneBy(
      Operation<C, ?> undo, UndoInput<? super I, ? super List<E>, ? extends C> input) {
    return new ListOperation<>(spec(), undoFindings(undo), new Undoing(undo, input));
  }
}
