package dev.gatehouse.dsl;

import dev.gatehouse.dsl.finding.CallFinding.OutOfRange;
import dev.gatehouse.dsl.graph.Node;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A symbolic handle on a list. Immutable.
 *
 * @param <E> the type of its elements
 */
public final class Items<E extends @Nullable Object> extends Value<List<E>> {
  private final int atMost;

  private Items(Definition definition, Node node, @Nullable Inlining origin, int atMost) {
    super(definition, node, origin);
    this.atMost = atMost;
  }

  static <E extends @Nullable Object> Items<E> list(Definition definition, Node node) {
    return new Items<>(definition, node, null, Bounds.of(node));
  }

  static <E extends @Nullable Object> Items<E> list(
      Definition definition, Node node, @Nullable Inlining origin) {
    return new Items<>(definition, node, origin, Bounds.of(node));
  }

  private <F extends @Nullable Object> Items<F> sameBound(Definition current, Node node) {
    return new Items<>(current, node, null, Math.min(atMost, Bounds.of(node)));
  }

  /** {@link Bounds#NONE} where there is none. */
  int bound() {
    return atMost;
  }

  /**
   * Bounds it. A longer list counts as failed; {@link #first} shortens one.
   *
   * @param elements at least 1
   */
  public Items<E> atMost(int elements) {
    Definition current = Definition.current("atMost");
    if (elements < 1) {
      current.report(new OutOfRange(
          Places.here(),
          current.composite() + ": atMost of " + text(),
          String.valueOf(elements),
          "at least 1"));
      return this;
    }
    return new Items<>(definition(), node(), origin(), Math.min(atMost, elements));
  }

  /**
   * The list of what {@code body} makes of each element, in their order. Needs a bound.
   *
   * @param body runs once, now, with a handle that stands for every element; what it calls is called for all elements at once
   */
  public <R extends @Nullable Object> Items<R> each(
      Function<? super Value<E>, ? extends Value<? extends R>> body) {
    Definition current = Definition.current("each");
    return list(current, Branches.each(current, this, body));
  }

  /** The first so many elements. A count that is absent means all. */
  public Items<E> first(Value<Integer> count) {
    Definition current = Definition.current("first");
    return sameBound(current, Fields.first(current, this, count));
  }

  /** It, or the empty list where it is absent or failed. */
  public Items<E> orEmpty() {
    Definition current = Definition.current("orEmpty");
    return sameBound(current, Alternatives.empty(current, this));
  }

  @Override
  public Items<E> orElse(List<E> alternative) {
    Definition current = Definition.current("orElse");
    return list(current, Alternatives.constant(current, this, alternative));
  }

  @Override
  public Items<E> orElseGet(Supplier<? extends Value<? extends List<E>>> alternative) {
    Definition current = Definition.current("orElseGet");
    return list(current, Alternatives.rescue(current, this, alternative));
  }

  @Override
  public Items<E> orNull() {
    Definition current = Definition.current("orNull");
    return sameBound(current, Alternatives.orNull(current, this));
  }

  @Override
  public Items<E> within(Duration limit) {
    Definition current = Definition.current("within");
    return sameBound(current, Calls.within(current, this, limit));
  }
}
