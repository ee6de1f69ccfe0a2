package dev.gatehouse.dsl;

import dev.gatehouse.dsl.NodeTable.Reach;
import dev.gatehouse.dsl.NodeTable.Recipe;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.graph.Node.ArgumentNode;
import dev.gatehouse.dsl.graph.Node.ArgumentSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a component, on its way to becoming a value. Immutable.
 *
 * @param <A> its type
 */
public final class Argument<A> {
  private final Definition definition;
  private final DataType owner;
  private final Component field;
  private final String name;
  private final DataType type;
  private final @Nullable A byDefault;
  private final @Nullable Range range;
  private final @Nullable String description;

  /** The least and the greatest, both included. */
  private record Range(long min, long max) {}

  private Argument(
      Definition definition,
      DataType owner,
      Component field,
      String name,
      DataType type,
      @Nullable A byDefault,
      @Nullable Range range,
      @Nullable String description) {
    this.definition = definition;
    this.owner = owner;
    this.field = field;
    this.name = name;
    this.type = type;
    this.byDefault = byDefault;
    this.range = range;
    this.description = description;
  }

  static <A> Argument<A> of(
      Definition definition, DataType owner, Component field, String name, Class<A> type) {
    DataType contract = definition.contract(
        type,
        definition.composite() + ": the argument " + name + " of " + owner.name() + "."
            + field.javaName());
    return new Argument<>(definition, owner, field, name, contract, null, null, null);
  }

  /** What it is where a request gives none. */
  public Argument<A> byDefault(A value) {
    return new Argument<>(definition, owner, field, name, type, value, range, description);
  }

  /** The least and the greatest value of a number, or length of a text, both included. */
  public Argument<A> between(long min, long max) {
    return new Argument<>(
        definition, owner, field, name, type, byDefault, new Range(min, max), description);
  }

  /** What it is for, in schemas. */
  public Argument<A> describedAs(String text) {
    return new Argument<>(definition, owner, field, name, type, byDefault, range, text);
  }

  /** The value: what the request gives, else the default. */
  public Value<A> value() {
    return Value.of(definition, node(false));
  }

  /** The value: what the request gives, else absent. */
  public Value<@Nullable A> optional() {
    return Value.of(definition, node(true));
  }

  private dev.gatehouse.dsl.graph.Node node(boolean optional) {
    ArgumentSpec spec = new ArgumentSpec(
        (RecordType) owner,
        field,
        name,
        type,
        byDefault == null ? null : JsonConstants.write(byDefault, type.javaType()),
        range == null ? null : range.min(),
        range == null ? null : range.max(),
        description);
    return definition.node(
        new Recipe(type, List.of(), Reach.FIXED, null), head -> new ArgumentNode(head, spec));
  }
}
