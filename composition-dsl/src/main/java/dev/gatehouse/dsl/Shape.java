package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Place;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object that is put together from other values. Immutable: each verb answers a new one. A component that is still unbound when
 * the object is used is a mistake.
 *
 * @param <T> the record
 */
public final class Shape<T> extends Value<T> {
  private final DataType type;
  private final Place place;
  private final Bindings bindings;

  private Shape(Definition definition, DataType type, Place place, Bindings bindings) {
    super(definition, null, null);
    this.type = type;
    this.place = place;
    this.bindings = bindings;
  }

  static <T> Shape<T> of(Definition definition, DataType type, Place place) {
    return new Shape<>(definition, type, place, Bindings.NONE);
  }

  /**
   * Binds every component that nothing else binds to the component of the same name of {@code source}.
   *
   * @param source a record, or a union with such common components
   */
  public Shape<T> from(Value<?> source) {
    Definition current = Definition.current("from");
    return with(ObjectNodes.from(
        current, type, bindings, current.operand(source, "the value given to from")));
  }

  /**
   * Binds one component.
   *
   * @param component a method reference to the component, such as {@code Product::name}
   */
  public <C extends @Nullable Object> Shape<T> with(
      Accessor<T, C> component, Value<? extends C> value) {
    Definition current = Definition.current("with");
    return with(ObjectNodes.bind(
        current,
        type,
        bindings,
        component,
        field -> current.operand(value, "the value of " + type.name() + "." + field.javaName())));
  }

  /**
   * Binds one component to a value that depends on arguments, which each request that selects the component may give.
   *
   * @param component a method reference to the component, such as {@code ProductPage::reviews}
   * @param value runs once, now
   */
  public <C extends @Nullable Object> Shape<T> withArguments(
      Accessor<T, C> component, Function<Arguments, ? extends Value<? extends C>> value) {
    Definition current = Definition.current("withArguments");
    return with(ObjectNodes.bind(
        current,
        type,
        bindings,
        component,
        field -> current.operand(
            value.apply(new Arguments(current, type, field)),
            "the value of " + type.name() + "." + field.javaName())));
  }

  private Shape<T> with(Bindings more) {
    return new Shape<>(definition(), type, place, more);
  }

  @Override
  Node node() {
    return ObjectNodes.node(Definition.current("object"), type, place, bindings);
  }

  @Override
  String text() {
    return "object(" + type.name() + ")";
  }

  @Override
  Place place() {
    return place;
  }
}
