package dev.gatehouse.dsl;

import dev.gatehouse.dsl.NodeTable.Reach;
import dev.gatehouse.dsl.NodeTable.Recipe;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.EnumType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import dev.gatehouse.dsl.contract.JsonKind;
import dev.gatehouse.dsl.finding.ShapeFinding.BadArgument;
import dev.gatehouse.dsl.graph.Json;
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
  private final Owner owner;
  private final DataType type;
  private final @Nullable A byDefault;
  private final @Nullable Range range;
  private final @Nullable String description;

  /** What takes the argument. */
  private record Owner(DataType record, Component field, String name) {
    String text() {
      return record.name() + "." + field.javaName();
    }
  }

  /** The least and the greatest, both included. */
  private record Range(long min, long max) {
    boolean holds(double size) {
      return size >= min && size <= max;
    }
  }

  private Argument(
      Definition definition,
      Owner owner,
      DataType type,
      @Nullable A byDefault,
      @Nullable Range range,
      @Nullable String description) {
    this.definition = definition;
    this.owner = owner;
    this.type = type;
    this.byDefault = byDefault;
    this.range = range;
    this.description = description;
  }

  static <A> Argument<A> of(
      Definition definition, DataType record, Component field, String name, Class<A> type) {
    Owner owner = new Owner(record, field, name);
    String subject = definition.composite() + ": the argument " + name + " of " + owner.text();
    Names.ARGUMENT.check(subject, name, Places.here()).ifPresent(definition::report);
    DataType contract = definition.contract(type, subject);
    Argument<A> argument = new Argument<>(definition, owner, contract, null, null, null);
    if (!TypeFit.isBroken(contract)
        && !(contract instanceof ScalarType)
        && !(contract instanceof EnumType)) {
      argument.report("is of the type " + contract.name(), "a scalar or an enum");
    }
    return argument;
  }

  /** What it is where a request gives none. */
  public Argument<A> byDefault(A value) {
    return new Argument<>(definition, owner, type, value, range, description);
  }

  /**
   * The least and the greatest value of a number, or length of a text, both included.
   *
   * @param max at least {@code min}
   */
  public Argument<A> between(long min, long max) {
    return new Argument<>(definition, owner, type, byDefault, new Range(min, max), description);
  }

  /** What it is for, in schemas. */
  public Argument<A> describedAs(String text) {
    return new Argument<>(definition, owner, type, byDefault, range, text);
  }

  /** The value: what the request gives, else the default, which it must have. */
  public Value<A> value() {
    if (byDefault == null) {
      report("has no default", "a default with .byDefault(…), or .optional() in place of .value()");
    }
    return node();
  }

  /** The value: what the request gives, else absent. It has no default. */
  public Value<A> optional() {
    if (byDefault != null) {
      report(
          "is optional and has the default " + byDefault,
          "one of the two: .value() where there is a default");
    }
    return node();
  }

  void report(String found, String expected) {
    definition.report(new BadArgument(
        Places.here(), definition.composite(), owner.text(), owner.name(), found, expected));
  }

  private Value<A> node() {
    Definition current = Definition.current("argument");
    checkRange();
    if (TypeFit.isBroken(type) || !(owner.record() instanceof RecordType record)) {
      return Value.of(current, current.broken());
    }
    Json json = byDefault == null ? null : JsonConstants.write(byDefault, type.javaType());
    ArgumentSpec spec = new ArgumentSpec(
        record,
        owner.field(),
        owner.name(),
        type,
        json,
        range == null ? null : range.min(),
        range == null ? null : range.max(),
        description);
    Recipe recipe = new Recipe(type, List.of(), Reach.FIXED, List.of("argument", this));
    return Value.of(current, current.node(recipe, head -> new ArgumentNode(head, spec)));
  }

  private void checkRange() {
    if (range == null) {
      return;
    }
    if (!(type instanceof ScalarType scalar) || scalar.kind() == JsonKind.BOOLEAN) {
      report("has a range and is of the type " + type.name(), "a range for numbers and texts only");
    } else if (range.min() > range.max()) {
      report(
          "is between " + range.min() + " and " + range.max(),
          "a least value that is not above the greatest");
    } else if (byDefault != null && !range.holds(size(byDefault))) {
      report(
          "has the default " + byDefault,
          "a default between " + range.min() + " and " + range.max());
    }
  }

  private static double size(Object value) {
    return value instanceof Number number
        ? number.doubleValue()
        : value.toString().length();
  }
}
