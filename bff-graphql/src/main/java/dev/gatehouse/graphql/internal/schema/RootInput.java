package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.contract.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the arguments of a root field become its composite's input. Immutable.
 *
 * @param type of the composite's input; null where it takes none
 * @param members whether the arguments are the members of an object, else the only one is the whole
 */
public record RootInput(@Nullable DataType type, boolean members, List<Argument> arguments) {

  /**
   * One argument.
   *
   * @param nullable whether it may be null
   * @param byDefault its JSON where a request does not give it; null for none
   */
  public record Argument(
      String name, DataType type, boolean nullable, byte @Nullable [] byDefault) {}

  public RootInput {
    arguments = List.copyOf(arguments);
  }
}
