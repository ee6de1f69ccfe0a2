package dev.gatehouse.dsl;

import dev.gatehouse.dsl.NodeTable.Reach;
import dev.gatehouse.dsl.NodeTable.Recipe;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.JavaFunction;
import dev.gatehouse.dsl.graph.Node.MapNode;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Java functions of values. */
final class Functions {

  private Functions() {}

  @SuppressWarnings("unchecked") // the engine hands over objects of the inputs' types
  static <T extends @Nullable Object, R> Value<R> map(
      Value<T> of, Type type, Mapping<? super T, ? extends @Nullable R> function) {
    Definition current = Definition.current("map");
    List<Node> inputs = List.of(current.operand(of, "the value to map"));
    return node(current, type, inputs, function, objects -> function.apply((T) objects[0]));
  }

  @SuppressWarnings("unchecked") // as above
  static <A extends @Nullable Object, B extends @Nullable Object, R> Value<R> combine(
      Type type,
      Value<A> first,
      Value<B> second,
      BiMapping<? super A, ? super B, ? extends @Nullable R> function) {
    Definition current = Definition.current("combine");
    List<Node> inputs = List.of(
        current.operand(first, "the first value to combine"),
        current.operand(second, "the second value to combine"));
    return node(
        current, type, inputs, function, objects -> function.apply((A) objects[0], (B) objects[1]));
  }

  private static <R> Value<R> node(
      Definition current,
      Type type,
      List<Node> inputs,
      Serializable identity,
      JavaFunction function) {
    String name = Accessors.reference(identity).map(Object::toString).orElse("a lambda");
    DataType result =
        current.contract(type, current.composite() + ": the result of the Java function " + name);
    return Value.of(
        current,
        current.node(
            new Recipe(result, inputs, Reach.GUARDED, List.of("map", result, inputs, identity)),
            head -> new MapNode(head, inputs, function, name)));
  }
}
