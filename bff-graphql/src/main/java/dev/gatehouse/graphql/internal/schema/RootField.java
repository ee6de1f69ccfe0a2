package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.Composite;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A root field to be made. Immutable.
 *
 * @param mutation whether it is one, else a query
 * @param composite sound
 * @param input the argument that takes the whole record; null where none was said
 * @param argument the only argument's name; null where none was said
 * @param defaults JSON by argument
 * @param description for the schema; null where none was said
 * @param deprecation null where it is not deprecated
 */
public record RootField(
    boolean mutation,
    String name,
    Composite<?, ?> composite,
    @Nullable String input,
    @Nullable String argument,
    Map<String, byte[]> defaults,
    @Nullable String description,
    @Nullable String deprecation) {
  public RootField {
    defaults = Map.copyOf(defaults);
  }
}
