package dev.gatehouse.graphql.internal.schema;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a subgraph says of a type or of one of its fields, as a directive of Apollo Federation. Immutable.
 *
 * @param field its name in GraphQL; null for the type itself
 * @param name without the at sign
 * @param argument null where it takes none
 * @param value of the argument
 */
public record GivenDirective(
    Type type,
    @Nullable String field,
    String name,
    @Nullable String argument,
    String value) {

  /** Whether the value names fields. */
  boolean hasFields() {
    return "fields".equals(argument);
  }
}
