package dev.gatehouse.dsl.contract;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes Java types comparable: boxed, wildcards replaced by their bound, variables by what they stand for. */
final class GenericTypes {
  private static final Map<Class<?>, Class<?>> BOXED = Map.of(
      boolean.class, Boolean.class,
      byte.class, Byte.class,
      char.class, Character.class,
      double.class, Double.class,
      float.class, Float.class,
      int.class, Integer.class,
      long.class, Long.class,
      short.class, Short.class,
      void.class, Void.class);

  private GenericTypes() {}

  /** A generic type applied to arguments, with value equality. */
  private record Parameterized(Class<?> raw, List<Type> arguments) implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return arguments.toArray(Type[]::new);
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public Type getOwnerType() {
      return raw.getDeclaringClass();
    }

    @Override
    public String toString() {
      return raw.getName()
          + arguments.stream().map(Type::getTypeName).collect(Collectors.joining(", ", "<", ">"));
    }
  }

  static ParameterizedType parameterized(Class<?> raw, Type... arguments) {
    return new Parameterized(
        raw, Arrays.stream(arguments).map(type -> resolve(type, Map.of())).toList());
  }

  static Type resolve(Type type, Map<TypeVariable<?>, Type> bindings) {
    if (type instanceof Class<?> plain) {
      return BOXED.getOrDefault(plain, plain);
    }
    if (type instanceof ParameterizedType generic) {
      List<Type> arguments = new ArrayList<>();
      for (Type argument : generic.getActualTypeArguments()) {
        arguments.add(resolve(argument, bindings));
      }
      return new Parameterized((Class<?>) generic.getRawType(), List.copyOf(arguments));
    }
    if (type instanceof WildcardType wildcard) {
      return resolve(wildcard.getUpperBounds()[0], bindings);
    }
    if (type instanceof TypeVariable<?> variable) {
      return bindings.getOrDefault(variable, variable);
    }
    if (type instanceof GenericArrayType array
        && resolve(array.getGenericComponentType(), bindings) instanceof Class<?> element) {
      return element.arrayType();
    }
    return type;
  }

  /** What each type variable of a generic class stands for in {@code type}. */
  static Map<TypeVariable<?>, Type> bindings(Type type) {
    Map<TypeVariable<?>, Type> bindings = new HashMap<>();
    if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
      TypeVariable<?>[] variables = raw.getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        bindings.put(variables[i], generic.getActualTypeArguments()[i]);
      }
    }
    return bindings;
  }
}
