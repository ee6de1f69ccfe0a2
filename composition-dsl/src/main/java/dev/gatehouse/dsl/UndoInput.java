package dev.gatehouse.dsl;

import org.jspecify.annotations.Nullable;

/**
 * What a compensation is called with; used with {@link Operation#undoneBy}.
 *
 * @param <I> the input of the operation that is undone
 * @param <O> its answer
 * @param <C> the input of the compensation
 */
public final class UndoInput<I, O, C> {
  private final boolean fromAnswer;
  private final @Nullable Accessor<?, ?> component;

  private UndoInput(boolean fromAnswer, @Nullable Accessor<?, ?> component) {
    this.fromAnswer = fromAnswer;
    this.component = component;
  }

  /** What the operation was called with. */
  public static <I, O> UndoInput<I, O, I> wholeInput() {
    return new UndoInput<>(false, null);
  }

  /** One component of what the operation was called with. */
  public static <I, O, C> UndoInput<I, O, C> input(Accessor<I, C> component) {
    return new UndoInput<>(false, component);
  }

  /** What the operation answered. */
  public static <I, O> UndoInput<I, O, O> wholeAnswer() {
    return new UndoInput<>(true, null);
  }

  /** One component of what the operation answered. */
  public static <I, O, C> UndoInput<I, O, C> answer(Accessor<O, C> component) {
    return new UndoInput<>(true, component);
  }

  boolean fromAnswer() {
    return fromAnswer;
  }

  @Nullable Accessor<?, ?> component() {
    return component;
  }
}
