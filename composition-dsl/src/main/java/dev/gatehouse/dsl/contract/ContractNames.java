package dev.gatehouse.dsl.contract;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Names generic records for schemas: {@code PageOfCard}. */
final class ContractNames {

  private ContractNames() {}

  static String record(Type type) {
    if (type instanceof ParameterizedType generic) {
      return Arrays.stream(generic.getActualTypeArguments())
          .map(ContractNames::argument)
          .collect(Collectors.joining("And", raw(generic) + "Of", ""));
    }
    return ((Class<?>) type).getSimpleName();
  }

  private static String argument(Type type) {
    if (type instanceof Class<?> plain) {
      return plain.isArray()
          ? plain.getComponentType().getSimpleName() + "Array"
          : plain.getSimpleName();
    }
    return type instanceof ParameterizedType ? record(type) : type.getTypeName();
  }

  private static String raw(ParameterizedType type) {
    return ((Class<?>) type.getRawType()).getSimpleName();
  }
}
