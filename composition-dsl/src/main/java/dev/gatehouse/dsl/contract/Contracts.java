package dev.gatehouse.dsl.contract;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Derives contracts from Java types: what their JSON looks like, with names, nullness and descriptions.
 *
 * <p>Records become objects, sealed interfaces of records unions, lists arrays; Jackson's naming annotations are honoured. A record
 * with one scalar component called {@code value} is a scalar of the record's name. Thread-safe; each instance remembers what it
 * derived.
 */
public final class Contracts {
  private final Map<Type, DataType> known = new ConcurrentHashMap<>();

  /**
   * The contract of a Java type.
   *
   * @throws ContractException with everything that is wrong, where the type or something in it has no JSON form
   */
  public DataType of(Type type) {
    Type resolved = GenericTypes.resolve(type, Map.of());
    DataType already = known.get(resolved);
    if (already != null) {
      return already;
    }
    ContractReader reader = new ContractReader(known);
    DataType contract = reader.readAll(resolved);
    known.putAll(reader.read());
    return contract;
  }

  /** A generic type applied to arguments, such as {@code Page} and {@code Card}. */
  public static ParameterizedType parameterized(Class<?> raw, Type... arguments) {
    return GenericTypes.parameterized(raw, arguments);
  }
}
