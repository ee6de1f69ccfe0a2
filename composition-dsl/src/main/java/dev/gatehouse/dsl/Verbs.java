package dev.gatehouse.dsl;

import dev.gatehouse.dsl.NodeTable.Reach;
import dev.gatehouse.dsl.NodeTable.Recipe;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.Nothing;
import dev.gatehouse.dsl.finding.ScopeFinding.NullValue;
import dev.gatehouse.dsl.finding.ShapeFinding.TypeMismatch;
import dev.gatehouse.dsl.graph.Json;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.ConstantNode;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The verbs that do not belong to a value; made to be imported statically. All throw
 * {@link dev.gatehouse.dsl.finding.DefinitionException} where no composite is being defined.
 */
public final class Verbs {

  private Verbs() {}

  /** An object to be put together. */
  public static <T> Shape<T> object(Class<T> type) {
    return shape(Definition.current("object"), type);
  }

  /** An object of a generic record to be put together: {@code objectOf(new TypeRef<Page<Card>>() {})}. */
  public static <T> Shape<T> objectOf(TypeRef<T> type) {
    return shape(Definition.current("objectOf"), type.type());
  }

  private static <T> Shape<T> shape(Definition current, Type type) {
    DataType contract = current.contract(type, current.composite() + ": object");
    if (contract instanceof RecordType || TypeFit.isBroken(contract)) {
      return Shape.of(current, contract, Places.here());
    }
    current.report(new TypeMismatch(
        Places.here(),
        current.composite(),
        "object",
        "a class",
        contract.name(),
        "a record of components",
        "Use constant(…) for a fixed value, oneOf(…) for a union."));
    return Shape.of(current, TypeFit.BROKEN, Places.here());
  }

  /**
   * A value that is known now.
   *
   * @param value a record, a scalar or an enum constant
   */
  public static <T> Value<T> constant(T value) {
    Definition current = Definition.current("constant");
    return constant(current, value, value == null ? Object.class : type(value));
  }

  /** A value of a generic type that is known now: {@code constantOf(new TypeRef<List<String>>() {}, List.of("a"))}. */
  public static <T> Value<T> constantOf(TypeRef<T> type, T value) {
    return constant(Definition.current("constantOf"), value, type.type());
  }

  private static Class<?> type(Object value) {
    return value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
  }

  private static <T> Value<T> constant(Definition current, @Nullable T value, Type javaType) {
    if (value == null) {
      current.report(new NullValue(Places.here(), current.composite(), "the constant"));
      return Value.of(current, current.broken());
    }
    DataType type = current.contract(javaType, current.composite() + ": constant");
    return Value.of(
        current,
        TypeFit.isBroken(type)
            ? current.broken()
            : constant(current, type, JsonConstants.write(value, javaType)));
  }

  private static Node constant(Definition current, DataType type, Json json) {
    return current.node(
        new Recipe(type, List.of(), Reach.FREE, List.of("constant", type, json)),
        head -> new ConstantNode(head, json));
  }

  /** The input of operations and composites that take none. */
  public static Value<Nothing> nothing() {
    Definition current = Definition.current("nothing");
    return Value.of(current, constant(current, new AnyType(Nothing.class), JsonConstants.NULL));
  }

  /** Who is asking. */
  public static CallerValues caller() {
    Definition.current("caller");
    return new CallerValues();
  }

  /**
   * A value that exists only where a condition holds; absent elsewhere. What it needs is called only then.
   *
   * @param value runs once, now
   */
  public static <T> Value<T> when(
      Value<Boolean> condition, Supplier<? extends Value<? extends T>> value) {
    Definition current = Definition.current("when");
    return Value.of(current, Branches.when(current, condition, value));
  }

  /**
   * A union made from another one, case by case.
   *
   * @param result the sealed interface of what the cases become
   * @param cases one for each case of the union, made with {@link #is}
   */
  @SafeVarargs
  public static <U, S> Value<S> oneOf(
      Class<S> result, Value<U> union, Case<? extends U, ? extends S>... cases) {
    Definition current = Definition.current("oneOf");
    return Value.of(current, Unions.oneOf(current, result, union, List.of(cases)));
  }

  /**
   * What becomes of one case of a union.
   *
   * @param type the case
   * @param body runs once, now, with a handle that stands for a value of that case
   */
  public static <A, B> Case<A, B> is(
      Class<A> type, Function<? super Value<A>, ? extends Value<? extends B>> body) {
    return new Case<>(type, body);
  }

  /**
   * What a Java function makes of two values. Where one of them is absent, so is the result.
   *
   * @param type what the function answers
   * @param function pure and quick
   */
  public static <A extends @Nullable Object, B extends @Nullable Object, R> Value<R> combine(
      Class<R> type,
      Value<A> first,
      Value<B> second,
      BiMapping<? super A, ? super B, ? extends @Nullable R> function) {
    return Functions.combine(type, first, second, function);
  }

  /** A value that is a list, with the verbs of lists. */
  public static <E extends @Nullable Object> Items<E> list(Value<List<E>> value) {
    Definition current = Definition.current("list");
    return Items.list(current, current.operand(value, "the value given to list"), value.origin());
  }
}
