package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.graph.EventSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A root field to be made. Immutable.
 *
 * @param composite sound
 * @param input the argument that takes the whole record; null where none was said
 * @param argument the only argument's name; null where none was said
 * @param source whose events the composite is run for, and whose input the arguments are; null for all but subscriptions
 * @param defaults JSON by argument
 * @param description for the schema; null where none was said
 * @param deprecation null where it is not deprecated
 */
public record RootField(
    RootKind kind,
    String name,
    Composite<?, ?> composite,
    @Nullable EventSpec source,
    @Nullable String input,
    @Nullable String argument,
    Map<String, byte[]> defaults,
    @Nullable String description,
    @Nullable String deprecation) {
  public RootField {
    defaults = Map.copyOf(defaults);
  }

  /** The type of what its arguments make; null where it takes nothing. */
  @Nullable DataType inputType() {
    return source == null ? composite.graph().input() : source.input();
  }
}
