package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.contract.Contracts;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * What a door calls a type of its schema. Immutable.
 *
 * @param type the Java type
 * @param input whether it is meant as an input object, else as everything else
 */
public record GivenName(Type type, boolean input, String name) {
  public GivenName {
    // Contracts make generic types comparable.
    type = type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw
        ? Contracts.parameterized(raw, generic.getActualTypeArguments())
        : type;
  }

  /** The type as messages show it: without packages. */
  public String shown() {
    return shown(type);
  }

  static String shown(Type type) {
    return type.getTypeName().replaceAll("(\\w+\\.)+", "").replace('$', '.');
  }

  boolean isOf(Type other, boolean asInput) {
    return input == asInput && type.equals(other);
  }
}
