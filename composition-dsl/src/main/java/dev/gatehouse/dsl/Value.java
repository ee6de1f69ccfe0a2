package dev.gatehouse.dsl;

import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Place;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A symbolic handle on something that will exist when a composite runs. Composites are written in terms of values; no data is ever
 * seen while they are written. Immutable, and of use only inside the composite in which it was made.
 *
 * <p>All methods throw {@link dev.gatehouse.dsl.finding.DefinitionException} where no composite is being defined; other mistakes
 * are collected in {@link Composite#findings()}.
 *
 * @param <T> the type of what will exist, where it is present; whether it may be absent is not part of the type
 */
public sealed class Value<T extends @Nullable Object> permits Items, Shape {
  private final Definition definition;
  private final @Nullable Node node;
  private final @Nullable Inlining origin;

  Value(Definition definition, @Nullable Node node, @Nullable Inlining origin) {
    this.definition = definition;
    this.node = node;
    this.origin = origin;
  }

  static <T extends @Nullable Object> Value<T> of(Definition definition, Node node) {
    return new Value<>(definition, node, null);
  }

  final Definition definition() {
    return definition;
  }

  /** Made on first use where it is an object that is still put together. */
  Node node() {
    if (node == null) {
      throw new IllegalStateException("a value without its node");
    }
    return node;
  }

  /** The composite call that this is the result of; null where it is something else. */
  final @Nullable Inlining origin() {
    return origin;
  }

  /** What messages call it. */
  String text() {
    return NodeText.of(node());
  }

  /** Where it was written. */
  Place place() {
    return node().place();
  }

  /**
   * One component of a record.
   *
   * @param component a method reference to the component, such as {@code Product::name}
   */
  public <C extends @Nullable Object> Value<C> get(Accessor<T, C> component) {
    Definition current = Definition.current("get");
    return of(current, Fields.get(current, this, component));
  }

  /**
   * A component that is a list.
   *
   * @param component a method reference to the component, such as {@code Product::warehouses}
   */
  public final <E extends @Nullable Object> Items<E> items(Accessor<T, List<E>> component) {
    Definition current = Definition.current("items");
    return Items.list(current, Fields.get(current, this, component));
  }

  /**
   * What a Java function makes of it. Where it is absent, so is the result.
   *
   * @param type what the function answers
   * @param function pure and quick
   */
  public final <R> Value<R> map(Class<R> type, Mapping<? super T, ? extends @Nullable R> function) {
    return Functions.map(this, type, function);
  }

  /**
   * What a Java function makes of it, where that is of a generic type.
   *
   * @param type what the function answers
   * @param function pure and quick
   */
  public final <R> Value<R> mapTo(
      TypeRef<R> type, Mapping<? super T, ? extends @Nullable R> function) {
    return Functions.map(this, type.type(), function);
  }

  /** It, or {@code alternative} where it is absent or failed. */
  public Value<T> orElse(T alternative) {
    Definition current = Definition.current("orElse");
    return of(current, Alternatives.constant(current, this, alternative));
  }

  /**
   * It, or another value where it is absent or failed. What the other needs is called only then.
   *
   * @param alternative runs once, now; what it calls is inside a scope of its own
   */
  public Value<T> orElseGet(Supplier<? extends Value<? extends T>> alternative) {
    Definition current = Definition.current("orElseGet");
    return of(current, Alternatives.rescue(current, this, alternative));
  }

  /** It, or null where it failed: a loss that is allowed, and reported. */
  public Value<T> orNull() {
    Definition current = Definition.current("orNull");
    return of(current, Alternatives.orNull(current, this));
  }

  /** It, or the class of its failure; never fails. */
  public final Value<Outcome<T>> outcome() {
    Definition current = Definition.current("outcome");
    return of(current, Alternatives.outcome(current, this));
  }

  /**
   * A time limit; only for what {@code call} answers. On the result of a composite it starts with the first call of it.
   *
   * @param limit more than zero
   */
  public Value<T> within(Duration limit) {
    Definition current = Definition.current("within");
    return of(current, Calls.within(current, this, limit));
  }
}
