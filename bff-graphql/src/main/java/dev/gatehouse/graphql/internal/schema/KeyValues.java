package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import graphql.GraphQLContext;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseValueException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a key is made of as arguments of the same types are read: an {@code ID} may be a number, and a number too large for
 * JavaScript text. Immutable.
 */
public final class KeyValues {
  private static final KeyValues AS_IT_IS = new KeyValues(null, null, Map.of());

  private final @Nullable Coercing<?, ?> scalar;
  private final @Nullable KeyValues element;
  private final Map<String, KeyValues> members;

  private KeyValues(
      @Nullable Coercing<?, ?> scalar,
      @Nullable KeyValues element,
      Map<String, KeyValues> members) {
    this.scalar = scalar;
    this.element = element;
    this.members = members;
  }

  /**
   * Of what a composite takes.
   *
   * @param field the key's field, where it takes no record
   */
  static KeyValues of(DataType type, String field, ScalarTypes scalars) {
    return of(type, field, scalars, new HashSet<>());
  }

  private static KeyValues of(DataType type, String field, ScalarTypes scalars, Set<Type> around) {
    if (type instanceof ScalarType scalar) {
      return new KeyValues(scalars.of(scalar, field).getCoercing(), null, Map.of());
    }
    if (type instanceof ListType list) {
      return new KeyValues(null, of(list.element(), field, scalars, around), Map.of());
    }
    // A record within itself can be in no key.
    if (type instanceof RecordType record && around.add(record.javaType())) {
      Map<String, KeyValues> members = new LinkedHashMap<>();
      for (Component component : record.components()) {
        members.put(component.name(), of(component.type(), component.name(), scalars, around));
      }
      around.remove(record.javaType());
      return new KeyValues(null, null, members);
    }
    return AS_IT_IS;
  }

  /** The value as its type has it; what does not fit is left as it is, for whoever writes it says where that is. */
  public @Nullable Object coerced(@Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      Map<Object, @Nullable Object> coerced = new LinkedHashMap<>(object);
      members.forEach(
          (name, member) -> coerced.computeIfPresent(name, (key, given) -> member.coerced(given)));
      return coerced;
    }
    if (value instanceof List<?> list && element != null) {
      List<@Nullable Object> coerced = new ArrayList<>(list.size());
      list.forEach(given -> coerced.add(element.coerced(given)));
      return coerced;
    }
    if (scalar == null || value == null) {
      return value;
    }
    try {
      return scalar.parseValue(value, GraphQLContext.getDefault(), Locale.ENGLISH);
    } catch (CoercingParseValueException e) {
      return value;
    }
  }
}
